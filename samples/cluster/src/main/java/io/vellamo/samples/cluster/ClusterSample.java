package io.vellamo.samples.cluster;

import io.vellamo.cli.terminal.Terminal;
import io.vellamo.samples.run.FurtherSample;
import java.util.concurrent.Callable;

/** The service by which the samples find this one. */
public final class ClusterSample implements FurtherSample {
  /** Called by the loader of services. */
  public ClusterSample() {}

  @Override
  public Callable<Integer> command(Terminal terminal) {
    return new ClusterCommand(terminal);
  }
}
