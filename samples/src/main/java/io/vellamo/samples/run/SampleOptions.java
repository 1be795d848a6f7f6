package io.vellamo.samples.run;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that all samples have; picocli sets them. */
public final class SampleOptions {
  @Option(
      names = "--out",
      paramLabel = "DIR",
      description =
          "Where results go. Default: vellamo-out/${COMMAND-NAME}; with --dashboard a temporary"
              + " directory")
  private @Nullable Path out;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description =
          "Where the journal is, so that a second run goes on from the first. Default:"
              + " vellamo-data/${COMMAND-NAME}; with --dashboard a temporary directory")
  private @Nullable Path data;

  @Option(
      names = "--delay",
      paramLabel = "DURATION",
      description =
          "How much older than the newest event before it an event may be. Default:"
              + " ${DEFAULT-VALUE}")
  private String delay;

  @Option(
      names = "--max-events-per-epoch",
      paramLabel = "N",
      description = "How many events are taken in at once. Default: ${DEFAULT-VALUE}")
  private long maxEventsPerEpoch = 1000;

  @Mixin private DashboardOption dashboard = new DashboardOption();

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Shows these options")
  @SuppressWarnings("unused") // read by picocli
  private boolean help;

  /**
   * Creates the options.
   *
   * @param delay the default watermark delay
   */
  public SampleOptions(String delay) {
    this.delay = delay;
  }

  /**
   * Returns the user's settings.
   *
   * @param sample the name of the sample
   * @param input the events to read
   * @return the settings, checked
   * @throws BadInputException if an option is out of range
   */
  public SampleSettings settings(String sample, SampleInput input) {
    if (maxEventsPerEpoch < 1) {
      throw new BadInputException(
          "--max-events-per-epoch must be positive, was [%d]; give 1 or more"
              .formatted(maxEventsPerEpoch));
    }
    dashboard.port(); // Refused before anything is written.
    return new SampleSettings(
        sample,
        data == null ? Path.of("vellamo-data", sample) : data,
        out == null ? Path.of("vellamo-out", sample) : out,
        input,
        DurationOption.notNegative("--delay", delay),
        maxEventsPerEpoch,
        dashboard,
        dashboard.isGiven() && data == null && out == null);
  }
}
