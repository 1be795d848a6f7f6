package io.vellamo.testkit;

/**
 * One verb of a script.
 *
 * @param number its place in the script, from 1
 * @param text the verb as the user wrote it, without the events, rows and states
 * @param action its effect in the run as written
 */
record ScriptStep(int number, String text, Action action) {
  /** The effect of a step. */
  @FunctionalInterface
  interface Action {
    void on(WrittenRun run);
  }

  @Override
  public String toString() {
    return number + " " + text;
  }
}
