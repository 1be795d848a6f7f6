package io.vellamo.cli.terminal;

/** The number of rows of the terminal. */
final class TerminalHeight {
  /** The height if the terminal reports none. */
  static final int DEFAULT = 24;

  private TerminalHeight() {}

  /** Returns the height of the program's terminal. */
  static int ofTerminal() {
    int asked = TerminalWidth.rows(TerminalWidth.askTerminal());
    return asked > 0 ? asked : DEFAULT;
  }
}
