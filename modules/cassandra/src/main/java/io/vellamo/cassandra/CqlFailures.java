package io.vellamo.cassandra;

import com.datastax.oss.driver.api.core.AllNodesFailedException;
import com.datastax.oss.driver.api.core.DriverExecutionException;
import com.datastax.oss.driver.api.core.DriverTimeoutException;
import com.datastax.oss.driver.api.core.auth.AuthenticationException;
import com.datastax.oss.driver.api.core.connection.BusyConnectionException;
import com.datastax.oss.driver.api.core.connection.ClosedConnectionException;
import com.datastax.oss.driver.api.core.connection.ConnectionInitException;
import com.datastax.oss.driver.api.core.connection.HeartbeatException;
import com.datastax.oss.driver.api.core.servererrors.BootstrappingException;
import com.datastax.oss.driver.api.core.servererrors.OverloadedException;
import com.datastax.oss.driver.api.core.servererrors.QueryConsistencyException;
import com.datastax.oss.driver.api.core.servererrors.ServerError;
import com.datastax.oss.driver.api.core.servererrors.UnavailableException;
import io.vellamo.api.RetryableException;
import io.vellamo.api.VellamoException;
import io.vellamo.api.sink.SinkException;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletionException;

/**
 * The failures of a sink's cluster. Those that the driver has retried in vain, and that are likely
 * to pass, are {@link RetryableException}.
 */
record CqlFailures(String sink) {
  /** Exceptions of nodes that are down, overloaded or too slow. */
  private static final List<Class<? extends Exception>> RETRYABLE =
      List.of(
          DriverTimeoutException.class,
          QueryConsistencyException.class,
          UnavailableException.class,
          OverloadedException.class,
          BootstrappingException.class,
          ServerError.class,
          BusyConnectionException.class,
          ClosedConnectionException.class,
          HeartbeatException.class,
          ConnectionInitException.class,
          IOException.class);

  VellamoException of(String step, Throwable failure) {
    Throwable cause = cause(failure);
    String name = cause.getClass().getSimpleName();
    if (isRetryable(cause)) {
      return new RetryableException(
          "Cluster of sink [%s] must be available for %s, failed with [%s]; if this does not pass, check the nodes"
              .formatted(sink, step, name),
          cause);
    }
    return new SinkException(
        sink,
        "Cluster of sink [%s] must accept the statements of %s, failed with [%s]; correct the statement, mapping or table"
            .formatted(sink, step, name),
        cause);
  }

  private static Throwable cause(Throwable failure) {
    Throwable at = failure;
    while ((at instanceof CompletionException || at instanceof DriverExecutionException)
        && at.getCause() != null) {
      at = at.getCause();
    }
    return at;
  }

  private static boolean isRetryable(Throwable failure) {
    if (failure instanceof AllNodesFailedException nodes) {
      return nodes.getAllErrors().values().stream()
          .flatMap(List::stream)
          .noneMatch(AuthenticationException.class::isInstance);
    }
    return RETRYABLE.stream().anyMatch(type -> type.isInstance(failure));
  }
}
