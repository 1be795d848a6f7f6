package io.vellamo.cli.terminal;

import java.io.PrintStream;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import org.jspecify.annotations.Nullable;

/** A progress bar, which may be hidden. */
public final class Progress implements AutoCloseable {
  private static final int MAX_COLUMNS = 80;
  private static final int MIN_COLUMNS = 20;
  private static final int REDRAW_MILLIS = 100;

  private final @Nullable ProgressBar bar;

  private Progress(@Nullable ProgressBar bar) {
    this.bar = bar;
  }

  static Progress hidden() {
    return new Progress(null);
  }

  /** Returns a bar that fits on one line, or a hidden one if the terminal is too narrow. */
  static Progress shownOn(PrintStream out, String task, long max, int columns) {
    if (columns < MIN_COLUMNS) {
      return hidden();
    }
    // A terminal may wrap a line that fills it.
    int width = Math.min(MAX_COLUMNS, columns - 1);
    return new Progress(
        new ProgressBarBuilder()
            .setTaskName(task)
            .setInitialMax(max)
            .setUpdateIntervalMillis(REDRAW_MILLIS)
            .setConsumer(new ConsoleProgressBarConsumer(out, width))
            .build());
  }

  /**
   * Shows the number of completed steps. If it exceeds the expected number, the expected number is
   * raised to it.
   *
   * @param steps the number of completed steps
   */
  public void reached(long steps) {
    if (bar != null) {
      if (bar.getMax() >= 0 && steps > bar.getMax()) {
        bar.maxHint(steps);
      }
      bar.stepTo(steps);
    }
  }

  /**
   * Shows the number of completed steps, and of all steps.
   *
   * @param steps the number of completed steps
   * @param max the number of all steps
   */
  public void reached(long steps, long max) {
    if (bar != null) {
      bar.maxHint(max);
      bar.stepTo(steps);
    }
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
    }
  }
}
