package io.vellamo.engine.pipeline;

import io.vellamo.api.group.FlatMapGroupsWithStateFunction;
import io.vellamo.api.group.GroupStateTimeout;
import io.vellamo.api.group.StateType;
import io.vellamo.api.internal.GroupCode;
import io.vellamo.api.internal.Stage;
import io.vellamo.api.internal.Stage.Deduplicate.Memory;
import io.vellamo.api.internal.StatefulOperator;
import io.vellamo.api.internal.Upstream;
import io.vellamo.api.query.OutputMode;
import io.vellamo.api.query.WatermarkStrategy;
import io.vellamo.api.source.HandoffSource;
import io.vellamo.api.source.OffsetRange;
import io.vellamo.api.source.SourcePartition;
import io.vellamo.engine.epoch.EpochPlan;
import io.vellamo.engine.time.EpochTimes;
import io.vellamo.engine.time.Watermark;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Stages and epochs of queries over readings. */
final class Plans {
  /** An event; a missing time is a time that is not known. */
  record Reading(@Nullable String key, @Nullable Long millis) {
    @Nullable Instant time() {
      return millis == null ? null : Instant.ofEpochMilli(millis);
    }
  }

  private Plans() {}

  /** Returns an epoch that reads two partitions, with a late watermark. */
  static EpochPlan epoch(Watermark late) {
    return epoch(late, "p0", "p1");
  }

  /** Returns an epoch that reads some partitions, with a late watermark. */
  static EpochPlan epoch(Watermark late, String... partitions) {
    List<OffsetRange> ranges = new ArrayList<>();
    for (String partition : partitions) {
      ranges.add(new OffsetRange(new SourcePartition(partition), 0, 100));
    }
    return new EpochPlan(ranges, new EpochTimes(2, 0, Watermark.END, late));
  }

  static Stage watermark(long delayMillis) {
    return watermark(WatermarkStrategy.delay(Duration.ofMillis(delayMillis)));
  }

  static Stage watermark(WatermarkStrategy strategy) {
    return new Stage.EventTime(event -> ((Reading) event).time(), strategy);
  }

  static Stage deduplicateWithEventTime() {
    return new Stage.Deduplicate(
        "dropDuplicatesWithEventTime",
        Optional.empty(),
        event -> ((Reading) event).key(),
        Optional.empty(),
        Memory.UNTIL_LATE);
  }

  static Stage.Group groups(GroupStateTimeout timeout) {
    return groups(timeout, event -> ((Reading) event).key());
  }

  static Stage.Group groups(GroupStateTimeout timeout, Function<Object, ?> key) {
    FlatMapGroupsWithStateFunction<Object, Object, Integer, String> none =
        (k, events, state) -> Collections.emptyIterator();
    StatefulOperator operator =
        new StatefulOperator("test", OutputMode.APPEND, timeout, StateType.of(Integer.class));
    return new Stage.Group(key, Optional.empty(), operator, new GroupCode.Function(none));
  }

  static Stage.Deduplicate deduplicate() {
    return new Stage.Deduplicate(
        "dropDuplicates", Optional.empty(), event -> event, Optional.empty(), Memory.FOREVER);
  }

  static CompiledQuery query(Stage... stages) {
    return QueryCompiler.compile(upstream(stages), true);
  }

  static Upstream upstream(Stage... stages) {
    return behind(new Upstream.Input(HandoffSource.create(1)), stages);
  }

  static Upstream behind(Upstream before, Stage... stages) {
    Upstream upstream = before;
    for (Stage stage : stages) {
      upstream = new Upstream.Step(upstream, stage);
    }
    return upstream;
  }
}
