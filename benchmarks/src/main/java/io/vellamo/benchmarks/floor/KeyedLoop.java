package io.vellamo.benchmarks.floor;

import io.vellamo.benchmarks.workload.Event;
import io.vellamo.benchmarks.workload.OpenWindows;
import io.vellamo.benchmarks.workload.SessionState;
import io.vellamo.benchmarks.workload.Workload;
import java.io.IOException;

/**
 * A workload as a plain loop over events, with a map from keys to states.
 *
 * <p><b>Threading</b> Used by one thread at a time.
 */
interface KeyedLoop {
  /** Returns the loop of a workload. */
  static KeyedLoop of(Workload workload) {
    return switch (workload) {
      case W1 -> new TimedLoop<>(SessionState::with);
      case W2 -> new AlertLoop();
      case W3 -> new TimedLoop<>(OpenWindows::with);
      case W4, Q5, Q7, Q8, Q11, Q12, YSB ->
          throw new IllegalArgumentException(
              "--engine floor computes W1, W2 and W3, was given [%s]; use --engine vellamo"
                  .formatted(workload));
    };
  }

  /** Takes the next event. */
  void event(Event event, LoopOutput out) throws IOException;

  /** Closes all open sessions and windows. */
  void end(LoopOutput out) throws IOException;
}
