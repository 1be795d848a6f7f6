package io.vellamo.engine.io;

import io.vellamo.api.query.RetryPolicy;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The open source or sink of a query. After a failure that the query's policy retries it is closed,
 * and the next call opens it again.
 *
 * <p><b>Threading</b> Used by one thread at a time.
 *
 * @param <R> the reader or writer
 */
final class Connection<R extends AutoCloseable> {
  /** The opening of a source or sink. */
  @FunctionalInterface
  interface Opening<R> {
    R open() throws Exception;
  }

  /** A call of an open source or sink. */
  @FunctionalInterface
  interface Call<R, T> {
    T of(R open) throws Exception;
  }

  private final String description;
  private final RetryPolicy retry;
  // Null until it is opened, and after a failure that is retried.
  private @Nullable R open;

  Connection(String description, RetryPolicy retry) {
    this.description = description;
    this.retry = retry;
  }

  /** Opens it, unless it is open. */
  void open(Opening<R> opening) throws Exception {
    call(opening, ignored -> description);
  }

  /**
   * Makes a call, after opening it if it is not open.
   *
   * @throws RetryableFailure if the call fails, and is to be made again
   * @throws Exception as thrown by the source or sink otherwise
   */
  <T> T call(Opening<R> opening, Call<R, T> call) throws Exception {
    try {
      R current = open;
      if (current == null) {
        current = opening.open();
        open = current;
      }
      return call.of(current);
    } catch (Exception e) {
      throw failed(e, e);
    }
  }

  /**
   * Closes it if a failure is retried.
   *
   * @param failure the failure, for the user
   * @param thrown the exception that the source or sink has thrown
   * @return what to throw: a {@link RetryableFailure}, or the failure
   */
  Exception failed(Exception failure, Throwable thrown) {
    if (!retry.covers(thrown)) {
      return failure;
    }
    R failed = open;
    open = null;
    if (failed != null) {
      Closing.afterFailure(thrown, List.of(failed));
    }
    return new RetryableFailure(description, failure, thrown);
  }

  /** Returns what is open, to be closed; null if nothing is. */
  @Nullable R opened() {
    return open;
  }
}
