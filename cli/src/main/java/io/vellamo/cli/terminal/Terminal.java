package io.vellamo.cli.terminal;

import java.io.InputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/**
 * The output and input of a program, and the only class that uses standard streams.
 *
 * <p><b>Threading</b> Safe to share.
 */
public final class Terminal {
  /** The sequence that erases a line: it may hold a progress bar, which redraws itself below. */
  private static final String ERASE_LINE = "\r\u001b[2K";

  private final PrintStream out;
  private final PrintStream err;
  private final InputStream input;
  private final boolean interactive;

  private Terminal(PrintStream out, PrintStream err, InputStream input, boolean interactive) {
    this.out = out;
    this.err = err;
    this.input = input;
    this.interactive = interactive;
  }

  /** Returns the standard streams, which may be redirected. */
  @SuppressWarnings(
      "SystemConsoleNull") // bin/sample and bin/vellamo set jdk.console for JDK 22 and later
  public static Terminal system() {
    boolean canErase = !"dumb".equals(System.getenv("TERM"));
    return new Terminal(System.out, System.err, System.in, System.console() != null && canErase);
  }

  /**
   * Returns an output to streams that are not a terminal.
   *
   * @param out the stream for results
   * @param err the stream for errors
   */
  public static Terminal of(PrintStream out, PrintStream err) {
    return of(out, err, InputStream.nullInputStream());
  }

  /**
   * Returns an output to streams that are not a terminal, with an input.
   *
   * @param out the stream for results
   * @param err the stream for errors
   * @param input what the user types
   */
  public static Terminal of(PrintStream out, PrintStream err, InputStream input) {
    return new Terminal(out, err, input, false);
  }

  /** Returns what the user types. */
  public InputStream input() {
    return input;
  }

  /** Prints a line. */
  public void print(String line) {
    out.println(interactive ? ERASE_LINE + line : line);
  }

  /** Prints a line to the stream for errors. */
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

  /** Returns whether the output is an interactive terminal. */
  public boolean isInteractive() {
    return interactive;
  }

  /**
   * Shows progress until it is closed, if the output is an interactive terminal.
   *
   * @param task the name of the task
   * @param max the number of steps; −1 if it is not known
   * @return the progress to update
   */
  public Progress progress(String task, long max) {
    return interactive
        ? Progress.shownOn(out, task, max, TerminalWidth.ofTerminal())
        : Progress.hidden();
  }

  /**
   * Returns lines that are redrawn in place.
   *
   * @return lines without content
   * @throws IllegalStateException if the output is not an interactive terminal
   */
  public LiveBlock liveBlock() {
    if (!interactive) {
      throw new IllegalStateException(
          "The output must be an interactive terminal, found [another stream]; print lines");
    }
    return new LiveBlock(out, TerminalWidth.ofTerminal(), TerminalHeight.ofTerminal());
  }
}
