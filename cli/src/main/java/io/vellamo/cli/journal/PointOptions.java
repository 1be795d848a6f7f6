package io.vellamo.cli.journal;

import io.vellamo.replay.ReplayPoint;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that choose a point in a query's history; set by picocli. */
final class PointOptions {
  @Option(
      names = "--at-epoch",
      paramLabel = "N",
      description = "As it was after that epoch. Default: as it is now")
  private @Nullable Long epoch;

  @Option(
      names = "--at-time",
      paramLabel = "INSTANT",
      description = "As it was after the last epoch planned then or before: 2026-01-31T12:00:00Z")
  private @Nullable Instant time;

  ReplayPoint point() {
    if (epoch != null && time != null) {
      throw new BadUsageException("only one of --at-epoch and --at-time must be given, found both");
    }
    if (epoch != null) {
      return ReplayPoint.epoch(epoch);
    }
    return time == null ? ReplayPoint.now() : ReplayPoint.time(time);
  }
}
