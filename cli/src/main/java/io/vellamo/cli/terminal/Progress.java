package io.vellamo.cli.terminal;

import java.io.PrintStream;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import org.jspecify.annotations.Nullable;

/** A progress bar, or none. */
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

  /** Returns a bar that stays on one line, or none if the terminal is too narrow for one. */
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
   * Shows how many steps are done. If they are more than expected, so many are expected from then
   * on.
   *
   * @param steps how many
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
   * Shows how many steps are done, and how many there are.
   *
   * @param steps how many are done
   * @param max how many there are
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
