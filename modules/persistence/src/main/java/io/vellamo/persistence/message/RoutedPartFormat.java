package io.vellamo.persistence.message;

import io.vellamo.api.query.EventCounts;
import io.vellamo.api.query.EventTimeStats;
import io.vellamo.api.sink.DeadLetter;
import io.vellamo.api.sink.LateEvent;
import io.vellamo.engine.epoch.EpochPlan;
import io.vellamo.engine.group.ValueCodec;
import io.vellamo.engine.pipeline.RoutedEpoch;
import io.vellamo.engine.time.SeenTimes;
import io.vellamo.persistence.journal.BinaryInput;
import io.vellamo.persistence.journal.BinaryOutput;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The layout of what a reader reports of an epoch; the epoch's plan is not written. */
final class RoutedPartFormat {
  private RoutedPartFormat() {}

  static void write(RoutedPart part, ValueCodec codec, BinaryOutput out) {
    out.writeUnsigned(part.sizes().size());
    part.sizes()
        .forEach(
            (shard, size) -> {
              out.writeUnsigned(shard);
              out.writeUnsigned(size);
            });
    RoutedEpoch routed = part.routed();
    RowsFormat.write(routed.rows(), codec, out);
    EventsFormat events = new EventsFormat(codec);
    events.writeDeadLetters(routed.deadLetters(), out);
    events.writeLateEvents(routed.lateEvents(), out);
    ProgressFormat.write(routed.events(), out);
    ProgressFormat.write(routed.eventTimes(), out);
    ListFormat.<Long>write(routed.late(), (late, into) -> into.writeUnsigned(late), out);
    ListFormat.write(routed.seen(), SeenTimesFormat::write, out);
  }

  static RoutedPart read(EpochPlan plan, ValueCodec codec, BinaryInput in) {
    Map<Integer, Integer> sizes = new TreeMap<>();
    for (int left = in.readCount(); left > 0; left--) {
      sizes.put(ShardValues.readInt(in), ShardValues.readInt(in));
    }
    List<Object> rows = RowsFormat.read(codec, in);
    EventsFormat events = new EventsFormat(codec);
    List<DeadLetter> deadLetters = events.readDeadLetters(in);
    List<LateEvent> lateEvents = events.readLateEvents(in);
    EventCounts counts = ProgressFormat.readCounts(in);
    EventTimeStats times = ProgressFormat.readTimes(in);
    List<Long> late = ListFormat.read(BinaryInput::readUnsigned, in);
    List<SeenTimes> seen = ListFormat.read(SeenTimesFormat::read, in);
    return new RoutedPart(
        new RoutedEpoch(plan, Map.of(), rows, deadLetters, lateEvents, counts, times, late, seen),
        sizes);
  }
}
