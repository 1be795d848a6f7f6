package io.vellamo.engine.shard;

import java.util.Arrays;

/** A stack of numbers. */
final class IntStack {
  private int[] numbers = new int[4];
  private int size;

  boolean isEmpty() {
    return size == 0;
  }

  void push(int number) {
    if (size == numbers.length) {
      numbers = Arrays.copyOf(numbers, size * 2);
    }
    numbers[size++] = number;
  }

  /** Removes and returns the number that was pushed last; there must be one. */
  int pop() {
    return numbers[--size];
  }
}
