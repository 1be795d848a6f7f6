package io.vellamo.testkit;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * The rows at a sink that no expectation has compared yet.
 *
 * @param <U> the rows
 */
final class HarnessRows<U> {
  private final Supplier<List<U>> sink;
  private final BooleanSupplier isWholeResult;
  private int seen;

  /**
   * Creates the rows at a sink.
   *
   * @param isWholeResult returns whether the sink replaces its rows, so that all of them are new
   */
  HarnessRows(Supplier<List<U>> sink, BooleanSupplier isWholeResult) {
    this.sink = requireNonNull(sink, "rows");
    this.isWholeResult = isWholeResult;
    this.seen = sink.get().size();
  }

  /**
   * Takes the new rows and compares them with the expected ones.
   *
   * @param hint the end of the message if they differ
   */
  void expect(List<U> expected, String hint) {
    List<U> all = sink.get();
    int from = isWholeResult.getAsBoolean() ? 0 : Math.min(seen, all.size());
    List<U> found = new ArrayList<>(all.subList(from, all.size()));
    seen = all.size();
    List<U> missing = without(expected, found);
    List<U> unexpected = without(found, expected);
    if (!missing.isEmpty() || !unexpected.isEmpty()) {
      throw new AssertionError(
          "rows must be %s in any order, were %s; missing %s, unexpected %s%s"
              .formatted(expected, found, missing, unexpected, hint));
    }
  }

  private static <R> List<R> without(List<R> some, List<R> others) {
    List<R> left = new ArrayList<>(some);
    others.forEach(left::remove);
    return left;
  }
}
