package io.vellamo.cli.terminal;

import java.io.PrintStream;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import org.jspecify.annotations.Nullable;

/** A progress bar, or none. */
public final class Progress implements AutoCloseable {
  private static final int COLUMNS = 80;
  private static final int REDRAW_MILLIS = 100;

  private final @Nullable ProgressBar bar;

  private Progress(@Nullable ProgressBar bar) {
    this.bar = bar;
  }

  static Progress hidden() {
    return new Progress(null);
  }

  static Progress shownOn(PrintStream out, String task, long max) {
    return new Progress(
        new ProgressBarBuilder()
            .setTaskName(task)
            .setInitialMax(max)
            .setUpdateIntervalMillis(REDRAW_MILLIS)
            .setConsumer(new ConsoleProgressBarConsumer(out, COLUMNS))
            .build());
  }

  /**
   * Shows how many steps are done.
   *
   * @param steps how many
   */
  public void reached(long steps) {
    if (bar != null) {
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
