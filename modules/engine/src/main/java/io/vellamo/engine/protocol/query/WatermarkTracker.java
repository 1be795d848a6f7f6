package io.vellamo.engine.protocol.query;

import io.vellamo.api.query.WatermarkReport;
import io.vellamo.api.query.WatermarkReport.Input;
import io.vellamo.api.query.WatermarkReport.NewestEvent;
import io.vellamo.api.query.WatermarkReport.Partition;
import io.vellamo.api.query.WatermarkStrategy;
import io.vellamo.engine.epoch.EpochPlan;
import io.vellamo.engine.epoch.InputWatermark;
import io.vellamo.engine.epoch.QueryLedger;
import io.vellamo.engine.epoch.WatermarkRule;
import io.vellamo.engine.group.GroupBatch;
import io.vellamo.engine.time.Millis;
import io.vellamo.engine.time.NewestEventTime;
import io.vellamo.engine.time.SeenTimes;
import io.vellamo.engine.time.Watermark;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A record of the event that last moved each watermark, and of what has come since.
 *
 * <p><b>Threading</b> Used by one thread at a time; what it reports is immutable.
 */
final class WatermarkTracker {
  /** The record of one watermark's stream. */
  private static final class Stream {
    private long newestMillis;
    private @Nullable NewestEvent heldBy;
    private long eventsSince;
    private long futureEvents;

    private Stream(long newestMillis) {
      this.newestMillis = newestMillis;
    }
  }

  private final List<String> names;
  private final List<WatermarkStrategy> strategies;
  private final WatermarkRule rule;
  private final List<Stream> streams = new ArrayList<>();

  /**
   * Creates a tracker.
   *
   * @param names what the watermarks follow, by their numbers
   * @param strategies how each watermark follows its stream
   * @param rule combines the watermarks
   * @param recovered the ledger with their positions
   */
  WatermarkTracker(
      List<String> names,
      List<WatermarkStrategy> strategies,
      WatermarkRule rule,
      QueryLedger recovered) {
    this.names = names;
    this.strategies = strategies;
    this.rule = rule;
    List<InputWatermark> known = rule.inputs(recovered, 0);
    for (int i = 0; i < strategies.size(); i++) {
      Watermark watermark = known.get(i).watermark();
      long newest =
          watermark.isKnown() && !watermark.equals(Watermark.END)
              ? Millis.plus(watermark.millis(), strategies.get(i).delay().toMillis())
              : watermark.millis();
      streams.add(new Stream(newest));
    }
  }

  void committed(EpochPlan plan, List<SeenTimes> seen) {
    for (int i = 0; i < seen.size(); i++) {
      Stream stream = streams.get(i);
      NewestEventTime newest = seen.get(i).newest();
      stream.futureEvents += seen.get(i).future();
      if (newest != null && newest.millis() > stream.newestMillis) {
        stream.newestMillis = newest.millis();
        stream.heldBy = event(plan, newest, names.get(i));
        stream.eventsSince = 0;
      } else {
        stream.eventsSince += seen.get(i).events();
      }
    }
  }

  private static NewestEvent event(EpochPlan plan, NewestEventTime newest, String name) {
    String partition =
        newest.range() == GroupBatch.NO_RANGE
            ? name
            : plan.ranges().get(newest.range()).partition().name();
    return new NewestEvent(
        Instant.ofEpochMilli(newest.millis()),
        partition,
        newest.offset(),
        plan.epoch(),
        Instant.ofEpochMilli(plan.times().processingTimeMillis()));
  }

  /** Returns the watermark and what holds it. */
  WatermarkReport report(QueryLedger ledger, long nowMillis) {
    List<InputWatermark> known = rule.inputs(ledger, nowMillis);
    List<Input> inputs = new ArrayList<>();
    for (int i = 0; i < streams.size(); i++) {
      Stream stream = streams.get(i);
      inputs.add(
          new Input(
              names.get(i),
              instant(known.get(i).watermark()),
              strategies.get(i).delay(),
              Optional.ofNullable(stream.heldBy),
              stream.eventsSince,
              stream.futureEvents,
              rule.isIdle(known.get(i), i, nowMillis),
              partitions(known.get(i), i, nowMillis)));
    }
    return new WatermarkReport(instant(ledger.nextWatermark()), inputs);
  }

  private List<Partition> partitions(InputWatermark input, int place, long nowMillis) {
    List<Partition> partitions = new ArrayList<>();
    if (strategies.get(place).isPerPartition()) {
      input
          .partitions()
          .forEach(
              (partition, its) ->
                  partitions.add(
                      new Partition(
                          partition.name(),
                          instant(its.watermark()),
                          rule.isIdle(its, place, nowMillis))));
    }
    return partitions;
  }

  private static Optional<Instant> instant(Watermark watermark) {
    return watermark.isKnown() ? Optional.of(watermark.toInstant()) : Optional.empty();
  }
}
