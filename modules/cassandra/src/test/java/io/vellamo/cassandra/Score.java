package io.vellamo.cassandra;

/** A row of most tests. */
record Score(int number, String text) {
  static Score of(int number) {
    return new Score(number, "row " + number);
  }
}
