package io.vellamo.samples.run;

import io.vellamo.cli.terminal.Terminal;
import java.util.concurrent.Callable;

/** A sample in a module of its own, found as a service once that module is on the class path. */
public interface FurtherSample {
  /**
   * Returns the command of the sample, with its name and options.
   *
   * @param terminal prints its output
   */
  Callable<Integer> command(Terminal terminal);
}
