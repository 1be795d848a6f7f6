package io.vellamo.benchmarks.jmh;

import java.util.List;

/**
 * Inputs that are gone through again and again, so that no call meets the one before it.
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
