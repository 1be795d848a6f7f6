package io.vellamo.connectors.console;

import java.io.PrintStream;

/**
 * Sinks that print rows, for experiments.
 *
 * <pre>{@code
 * query.to(Console.sink()).start();
 * }</pre>
 *
 * @since 0.1
 */
public final class Console {
  private Console() {}

  /**
   * Returns a sink that prints to the standard output.
   *
   * @param <U> the rows
   * @return a sink that prints each row's {@code toString} on a line
   */
  public static <U> ConsoleSink<U> sink() {
    return sink(System.out);
  }

  /**
   * Returns a sink that prints to a stream.
   *
   * @param out the stream that rows are printed to; stays open
   * @param <U> the rows
   * @return a sink that prints each row's {@code toString} on a line
   */
  public static <U> ConsoleSink<U> sink(PrintStream out) {
    return new ConsoleSink<>(out, String::valueOf);
  }
}
