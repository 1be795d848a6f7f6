package io.vellamo.cli.terminal;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/**
 * Where a program prints: the only class that knows of standard streams.
 *
 * <p><b>Threading</b> Safe to share.
 */
public final class Terminal {
  /** A progress bar may be on the line; it draws itself again below. */
  private static final String ERASE_LINE = "\r\u001b[2K";

  private final PrintStream out;
  private final PrintStream err;
  private final boolean interactive;

  private Terminal(PrintStream out, PrintStream err, boolean interactive) {
    this.out = out;
    this.err = err;
    this.interactive = interactive;
  }

  /** Returns the terminal, or what the streams are redirected to. */
  @SuppressWarnings(
      "SystemConsoleNull") // bin/sample and bin/vellamo set jdk.console for JDK 22 and later
  public static Terminal system() {
    boolean canErase = !"dumb".equals(System.getenv("TERM"));
    return new Terminal(System.out, System.err, System.console() != null && canErase);
  }

  /**
   * Returns something to print to that is no terminal.
   *
   * @param out for results
   * @param err for errors
   */
  public static Terminal of(PrintStream out, PrintStream err) {
    return new Terminal(out, err, false);
  }

  /** Prints a line. */
  public void print(String line) {
    out.println(interactive ? ERASE_LINE + line : line);
  }

  /** Prints a line for what went wrong. */
  public void error(String line) {
    err.println(interactive ? ERASE_LINE + line : line);
  }

  /** Returns a writer for results. */
  public PrintWriter out() {
    return new PrintWriter(out, true, StandardCharsets.UTF_8);
  }

  /** Returns a writer for errors. */
  public PrintWriter err() {
    return new PrintWriter(err, true, StandardCharsets.UTF_8);
  }

  /** Returns whether somebody watches. */
  public boolean isInteractive() {
    return interactive;
  }

  /**
   * Shows progress until it is closed, if somebody watches.
   *
   * @param task what is going on
   * @param max how many steps there are; −1 if that is not known
   * @return what takes the steps
   */
  public Progress progress(String task, long max) {
    return interactive
        ? Progress.shownOn(out, task, max, TerminalWidth.ofTerminal())
        : Progress.hidden();
  }
}
