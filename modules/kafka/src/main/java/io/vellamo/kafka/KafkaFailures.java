package io.vellamo.kafka;

import io.vellamo.api.RetryableException;
import io.vellamo.api.VellamoException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;

/**
 * The exceptions for failures of Kafka's clients.
 *
 * @param description the source or sink
 * @param role {@code Source} or {@code Sink}
 * @param lasting creates the exception for a failure that doesn't pass by itself
 */
record KafkaFailures(String description, String role, Lasting lasting) {
  /** Creates a {@code SourceException} or a {@code SinkException}. */
  interface Lasting {
    VellamoException of(String description, String message, @Nullable Throwable cause);
  }

  /**
   * Returns the exception for a failure.
   *
   * @param action what failed, such as {@code read the offsets of [clicks-0]}
   */
  RuntimeException of(String action, Throwable failure) {
    Throwable cause = unwrapped(failure);
    if (cause instanceof VellamoException || cause instanceof InterruptException) {
      return (RuntimeException) cause;
    }
    String what = "%s [%s] must be able to %s, ".formatted(role, description, action);
    if (cause instanceof AuthenticationException) {
      return lasting(what + "but Kafka refused its identity; check the security properties", cause);
    }
    if (cause instanceof AuthorizationException) {
      return lasting(
          what
              + "but Kafka refused permission with [%s]; grant what the cause names"
                  .formatted(name(cause)),
          cause);
    }
    // A RetriableException for Kafka, whose clients have waited for the topic by now.
    if (cause instanceof UnknownTopicOrPartitionException
        || cause instanceof InvalidTopicException) {
      return lasting(
          what + "but there is no such topic or partition; create it or correct the name", cause);
    }
    if (cause instanceof RetriableException) {
      return new RetryableException(
          what
              + "failed with [%s]; if it doesn't pass, check the brokers and the network"
                  .formatted(name(cause)),
          cause);
    }
    return lasting(what + "failed with [%s]; see the cause".formatted(name(cause)), cause);
  }

  /** Returns whether a failure is one of connections, and not of data. */
  static boolean mayPass(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof RetryableException
          || cause instanceof RetriableException
          || cause instanceof SocketException
          || cause instanceof SocketTimeoutException
          || cause instanceof UnknownHostException) {
        return true;
      }
    }
    return false;
  }

  /** Returns the cause that has a class of its own. */
  private static Throwable unwrapped(Throwable failure) {
    Throwable unwrapped = failure;
    while (unwrapped.getCause() != null
        && (unwrapped instanceof ExecutionException
            || unwrapped.getClass() == KafkaException.class)) {
      unwrapped = unwrapped.getCause();
    }
    return unwrapped;
  }

  VellamoException lasting(String message, @Nullable Throwable cause) {
    return lasting.of(description, message, cause);
  }

  private static String name(Throwable cause) {
    return cause.getClass().getSimpleName();
  }
}
