package io.vellamo.jdbc;

/** A row of most tests. */
record NumberRow(int number, String text) {
  static NumberRow of(int number) {
    return new NumberRow(number, "row " + number);
  }
}
