package io.vellamo.benchmarks.jmh;

import java.util.List;

/**
 * Inputs that are used in turn, in a circle, so that consecutive calls have different inputs.
 *
 * @param <T> the inputs
 */
final class Ring<T> {
  private final List<T> inputs;
  private int next;

  Ring(List<T> inputs) {
    if (inputs.isEmpty()) {
      throw new IllegalArgumentException("inputs must not be empty, was []; draw more events");
    }
    this.inputs = inputs;
  }

  T next() {
    T input = inputs.get(next);
    next++;
    if (next == inputs.size()) {
      next = 0;
    }
    return input;
  }
}
