package io.vellamo.samples.run;

import io.vellamo.api.window.TimeWindows;
import io.vellamo.api.window.Window;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of windows; picocli sets them. */
public final class WindowOptions {
  @Option(
      names = "--window",
      paramLabel = "DURATION",
      description = "The length of a window. Default: ${DEFAULT-VALUE}")
  private String window;

  @Option(
      names = "--slide",
      paramLabel = "DURATION",
      description =
          "The time from the start of a window to the start of the next. Default: the length of a"
              + " window")
  private @Nullable String slide;

  /**
   * Creates the options.
   *
   * @param window the default length of a window
   */
  public WindowOptions(String window) {
    this.window = window;
  }

  /**
   * Returns the windows.
   *
   * @return the windows
   * @throws BadInputException if an option is out of range
   */
  public TimeWindows windows() {
    Duration width = DurationOption.positive("--window", window);
    Duration interval = slide == null ? width : DurationOption.positive("--slide", slide);
    requireMillis("--window", width);
    requireMillis("--slide", interval);
    if (interval.compareTo(width) > 0) {
      throw new BadInputException(
          "--slide must not be longer than --window [%s], was [%s]; events between two windows would not be counted"
              .formatted(width, interval));
    }
    return Window.sliding(width, interval);
  }

  /**
   * Adds the options to those that a data directory is made with.
   *
   * @param options the other options of the sample that change its results
   * @return all of them
   * @throws BadInputException if an option is out of range
   */
  public Map<String, String> with(Map<String, String> options) {
    TimeWindows windows = windows();
    Map<String, String> all = new HashMap<>(options);
    all.put("--window", Duration.ofMillis(windows.widthMillis()).toString());
    all.put("--slide", Duration.ofMillis(windows.slideMillis()).toString());
    return all;
  }

  private static void requireMillis(String option, Duration duration) {
    if (!Duration.ofMillis(duration.toMillis()).equals(duration)) {
      throw new BadInputException(
          "%s must be in whole milliseconds, was [%s]; drop the fraction"
              .formatted(option, duration));
    }
  }
}
