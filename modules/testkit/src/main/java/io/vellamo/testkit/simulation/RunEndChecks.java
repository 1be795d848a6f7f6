package io.vellamo.testkit.simulation;

import io.vellamo.engine.local.LocalRun;
import io.vellamo.engine.pipeline.EventFailure;
import io.vellamo.engine.protocol.query.QueryFailure;
import io.vellamo.testkit.simulation.Generated.Thrown;
import org.jspecify.annotations.Nullable;

/**
 * The check that runs have failed for a reason that the simulation knows: a simulated failure, a
 * function that throws, or a later run.
 */
final class RunEndChecks {
  private RunEndChecks() {}

  static void check(Simulation finished) {
    finished.runs().forEach(run -> check(run.run()));
  }

  private static void check(LocalRun run) {
    QueryFailure failure = run.failure();
    if (failure != null && !isExpected(failure.message(), run.exception())) {
      throw new AssertionError(
          "%s must fail only because of a simulated failure, a function, or a later run; failed because of: %s"
              .formatted(run, failure.message()));
    }
  }

  private static boolean isExpected(String message, @Nullable Throwable exception) {
    boolean isReplaced =
        message.contains("belongs to run [") || message.contains("another writer than [");
    return isReplaced
        || message.endsWith("can't use its journal: simulated failure")
        || exception instanceof SimulatedFailure
        || exception instanceof Thrown
        || (exception instanceof EventFailure && exception.getCause() instanceof Thrown);
  }
}
