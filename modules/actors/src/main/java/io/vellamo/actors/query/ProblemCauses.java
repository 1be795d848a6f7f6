package io.vellamo.actors.query;

import io.vellamo.engine.failure.Failures;
import io.vellamo.engine.io.RetryableFailure;
import io.vellamo.engine.protocol.query.Problem;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The exceptions behind the problems that a query's machine knows by number. The machine fails with
 * one of the first it takes; of many that come at once, only the latest are kept.
 *
 * <p><b>Threading</b> Safe to share.
 */
final class ProblemCauses {
  private static final int KEPT = 64;

  private final Failures failures;
  // Guarded by this.
  private final Map<Long, Throwable> causes =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Throwable> eldest) {
          return size() > KEPT;
        }
      };
  private long lastId;

  ProblemCauses(Failures failures) {
    this.failures = failures;
  }

  /** Returns a problem for an exception, {@link Problem#NONE} for null. */
  Problem problem(@Nullable Throwable cause) {
    return cause == null
        ? Problem.NONE
        : RetryableFailure.problem(keep(RetryableFailure.shown(cause)), cause, failures);
  }

  private synchronized long keep(Throwable cause) {
    lastId++;
    causes.put(lastId, cause);
    return lastId;
  }

  /** Returns the exception behind a problem, or null if there is none. */
  synchronized @Nullable Throwable of(long id) {
    return causes.get(id);
  }
}
