package io.vellamo.persistence.message;

import io.vellamo.api.query.EventCounts;
import io.vellamo.api.sink.DeadLetter;
import io.vellamo.api.sink.LateEvent;
import io.vellamo.engine.group.ValueCodec;
import io.vellamo.engine.pipeline.RangeOutput;
import io.vellamo.engine.pipeline.ShareReport;
import io.vellamo.engine.time.EventTimeSums;
import io.vellamo.engine.time.SeenTimes;
import io.vellamo.persistence.journal.BinaryInput;
import io.vellamo.persistence.journal.BinaryOutput;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The layout of what a reader reports of its ranges of an epoch. */
final class ShareReportFormat {
  private final ValueCodec codec;
  private final EventsFormat events;

  ShareReportFormat(ValueCodec codec) {
    this.codec = codec;
    this.events = new EventsFormat(codec);
  }

  void write(ShareReport report, BinaryOutput out) {
    ListFormat.<Integer>write(report.ranges(), (range, into) -> into.writeUnsigned(range), out);
    ListFormat.write(report.outputs(), this::write, out);
    ProgressFormat.write(report.events(), out);
    write(report.eventTimes(), out);
    ListFormat.<Long>write(report.late(), (late, into) -> into.writeUnsigned(late), out);
    ListFormat.write(report.seen(), SeenTimesFormat::write, out);
    Map<Integer, Integer> sizes = new TreeMap<>(report.eventsByShard());
    out.writeUnsigned(sizes.size());
    sizes.forEach(
        (shard, size) -> {
          out.writeUnsigned(shard);
          out.writeUnsigned(size);
        });
  }

  private void write(RangeOutput output, BinaryOutput out) {
    out.writeUnsigned(output.range());
    RowsFormat.write(output.rows(), codec, out);
    events.writeDeadLetters(output.deadLetters(), out);
    Map<Integer, List<LateEvent>> late = new TreeMap<>(output.lateEvents());
    out.writeUnsigned(late.size());
    late.forEach(
        (operator, some) -> {
          out.writeUnsigned(operator);
          events.writeLateEvents(some, out);
        });
  }

  private static void write(EventTimeSums times, BinaryOutput out) {
    out.writeUnsigned(times.count());
    out.writeUnsigned(times.future());
    out.writeSigned(times.minMillis());
    out.writeSigned(times.maxMillis());
    out.writeUnsigned(Double.doubleToRawLongBits(times.sumMillis()));
  }

  ShareReport read(BinaryInput in) {
    List<Integer> ranges = ListFormat.read(ShardValues::readInt, in);
    List<RangeOutput> outputs = ListFormat.read(this::readOutput, in);
    EventCounts counts = ProgressFormat.readCounts(in);
    EventTimeSums times =
        new EventTimeSums(
            in.readUnsigned(),
            in.readUnsigned(),
            in.readSigned(),
            in.readSigned(),
            Double.longBitsToDouble(in.readUnsigned()));
    List<Long> late = ListFormat.read(BinaryInput::readUnsigned, in);
    List<SeenTimes> seen = ListFormat.read(SeenTimesFormat::read, in);
    Map<Integer, Integer> sizes = new TreeMap<>();
    for (int left = in.readCount(); left > 0; left--) {
      sizes.put(ShardValues.readInt(in), ShardValues.readInt(in));
    }
    return new ShareReport(ranges, outputs, counts, times, late, seen, sizes);
  }

  private RangeOutput readOutput(BinaryInput in) {
    int range = ShardValues.readInt(in);
    List<Object> rows = RowsFormat.read(codec, in);
    List<DeadLetter> deadLetters = events.readDeadLetters(in);
    Map<Integer, List<LateEvent>> late = new TreeMap<>();
    for (int left = in.readCount(); left > 0; left--) {
      late.put(ShardValues.readInt(in), events.readLateEvents(in));
    }
    return new RangeOutput(range, rows, deadLetters, late);
  }
}
