package io.vellamo.testkit.simulation;

import io.vellamo.api.RetryableException;
import org.jspecify.annotations.Nullable;

/**
 * The outage of a simulated source or sink: some calls fail, and the next succeed.
 *
 * <p><b>Threading</b> Used by one thread.
 */
final class SimulatedOutage {
  private int calls;

  /** Lets the next calls fail. */
  void begin(int nextCalls) {
    calls = nextCalls;
  }

  void end() {
    calls = 0;
  }

  /** Returns the failure of a call that is made now; null if it succeeds. */
  @Nullable RetryableException next() {
    if (calls == 0) {
      return null;
    }
    calls--;
    return new RetryableException("simulated outage", null);
  }

  /** Throws the failure of a call that is made now, if it fails. */
  void call() {
    RetryableException failure = next();
    if (failure != null) {
      throw failure;
    }
  }
}
