package io.vellamo.samples.run;

import io.vellamo.cli.terminal.Terminal;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option that shows a run on the dashboard; picocli sets it. */
public final class DashboardOption {
  private static final int MAX_PORT = 65_535;

  @Option(
      names = "--dashboard",
      paramLabel = "PORT",
      description =
          "Shows the run, with keys and states, on a page at http://127.0.0.1:PORT/. 0 chooses a"
              + " free port")
  private @Nullable Integer port;

  /** Creates the option; picocli sets it. */
  public DashboardOption() {}

  /** Returns whether the user wants a dashboard. */
  public boolean isGiven() {
    return port != null;
  }

  /**
   * Returns the port.
   *
   * @return the port, 0 for a free one; null if the user wants no dashboard
   * @throws BadInputException if it is no port
   */
  public @Nullable Integer port() {
    if (port != null && (port < 0 || port > MAX_PORT)) {
      throw new BadInputException(
          "--dashboard must be a port from 0 to %d, was [%d]; 0 chooses a free one"
              .formatted(MAX_PORT, port));
    }
    return port;
  }

  /**
   * Starts the dashboard of a system, if the user wants one, and prints its address.
   *
   * @param system the system, with which the dashboard ends
   * @param terminal prints the address
   * @throws BadInputException if the port can't be used
   */
  public void show(RunningSystem system, Terminal terminal) {
    Integer chosen = port();
    if (chosen != null) {
      terminal.print("Dashboard: " + system.startDashboard(chosen));
    }
  }
}
