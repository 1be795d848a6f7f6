package io.vellamo.engine.io;

import io.vellamo.api.VellamoException;
import io.vellamo.engine.failure.DescribedFailure;
import io.vellamo.engine.failure.Failures;
import io.vellamo.engine.protocol.query.Problem;
import io.vellamo.engine.protocol.query.Problem.Unavailable;

/**
 * The failure of a call of a source or sink that the query's policy retries. The source or sink is
 * closed; the next call opens it again.
 */
public final class RetryableFailure extends VellamoException implements DescribedFailure {
  private static final long serialVersionUID = 1L;

  private final String description;
  private final Exception failure;
  private final String error;

  /**
   * Creates a failure.
   *
   * @param description the description of the source or sink
   * @param failure the failure, for the user
   * @param thrown the exception that the source or sink has thrown
   */
  RetryableFailure(String description, Exception failure, Throwable thrown) {
    super("Calling [%s] failed".formatted(description), failure);
    this.description = description;
    this.failure = failure;
    this.error = thrown.getClass().getName();
  }

  /**
   * Returns the description of any failure for the query's machine.
   *
   * @param id identifies what {@link #shown} returns
   */
  public static Problem problem(long id, Throwable failure, Failures words) {
    return failure instanceof RetryableFailure retried
        ? new Problem(
            id, words.describe(failure), new Unavailable(retried.description, retried.error))
        : new Problem(id, words.describe(failure));
  }

  /** Returns any failure as it is shown to the user if the query fails with it. */
  public static Throwable shown(Throwable failure) {
    return failure instanceof RetryableFailure retried ? retried.failure : failure;
  }

  @Override
  public String describe(Failures words) {
    return words.describe(failure);
  }
}
