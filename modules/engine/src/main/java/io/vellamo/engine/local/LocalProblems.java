package io.vellamo.engine.local;

import io.vellamo.engine.failure.Failures;
import io.vellamo.engine.io.RetryableFailure;
import io.vellamo.engine.protocol.query.Problem;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The exceptions of a run, of which its machine knows numbers and descriptions. */
final class LocalProblems {
  private final Failures failures;
  private final List<Throwable> problems = new ArrayList<>();

  LocalProblems(Failures failures) {
    this.failures = failures;
  }

  /** Keeps an exception; returns its description. */
  Problem add(Throwable cause) {
    problems.add(RetryableFailure.shown(cause));
    return RetryableFailure.problem(problems.size(), cause, failures);
  }

  /** Returns the exception with a number; null if the number is 0. */
  @Nullable Throwable of(long number) {
    return number == 0 ? null : problems.get(Math.toIntExact(number - 1));
  }
}
