package io.vellamo.benchmarks.jmh;

import io.vellamo.api.source.OffsetRange;
import io.vellamo.api.source.SourcePartition;
import io.vellamo.benchmarks.workload.DataSet;
import io.vellamo.benchmarks.workload.DrawnEvents;
import io.vellamo.benchmarks.workload.Skew;
import io.vellamo.benchmarks.workload.Workload;
import io.vellamo.engine.epoch.EpochPlan;
import io.vellamo.engine.group.KeyCodec;
import io.vellamo.engine.pipeline.CompiledQuery;
import io.vellamo.engine.pipeline.EpochRouter;
import io.vellamo.engine.pipeline.RoutedEpoch;
import io.vellamo.engine.time.EpochTimes;
import io.vellamo.engine.time.NewestEventTime;
import io.vellamo.engine.time.SeenTimes;
import io.vellamo.engine.time.Watermark;
import java.util.List;

/**
 * An endless sequence of epochs of one shard, drawn from a seed. Each has the watermark that the
 * preceding ones gave, so that sessions open and close as in a query.
 */
final class EpochFeed {
  /** The number of groups of the shard. */
  static final int KEYS = 5_000;

  /** The number of events of an epoch. */
  static final int EVENTS = 2_500;

  private static final int SEED = 42;
  private static final int SHARDS = 1;
  private static final SourcePartition PARTITION = new SourcePartition("events");

  private final CompiledQuery query;
  private final List<KeyCodec> keyCodecs;
  private final DrawnEvents events;
  private long epoch;
  private Watermark watermark = Watermark.NONE;
  private Watermark lateWatermark = Watermark.NONE;

  /** Creates the epochs of an operator, beginning with the first. */
  EpochFeed(MeasuredOperator operator) {
    this.query = operator.query();
    this.keyCodecs = List.of(operator.operator().keyCodec());
    this.events = new DrawnEvents(data(KEYS));
  }

  /** Returns a data set of {@link Integer#MAX_VALUE} events, which no benchmark exhausts. */
  static DataSet data(int keys) {
    return new DataSet(keys, Integer.MAX_VALUE, Skew.UNIFORM, Workload.W1.interval(), SEED);
  }

  /** Returns the next epoch. */
  RoutedEpoch next() {
    long from = epoch * EVENTS;
    epoch++;
    EpochTimes times = new EpochTimes(epoch, 0, watermark, lateWatermark);
    OffsetRange range = new OffsetRange(PARTITION, from, from + EVENTS);
    EpochRouter router =
        new EpochRouter(query, keyCodecs, SHARDS, new EpochPlan(List.of(range), times));
    for (long offset = from; offset < range.until(); offset++) {
      router.event(events.next(), 0, offset);
    }
    RoutedEpoch routed = router.finish();
    lateWatermark = watermark;
    routed.seen().forEach(this::advance);
    return routed;
  }

  private void advance(SeenTimes seen) {
    NewestEventTime newest = seen.newest();
    if (newest != null) {
      watermark = watermark.advance(newest.millis(), Workload.WATERMARK_DELAY.toMillis());
    }
  }
}
