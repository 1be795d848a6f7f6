package io.vellamo.persistence.message;

import io.vellamo.engine.time.NewestEventTime;
import io.vellamo.engine.time.SeenTimes;
import io.vellamo.engine.time.SeenTimes.OfRange;
import io.vellamo.persistence.journal.BinaryInput;
import io.vellamo.persistence.journal.BinaryOutput;
import java.util.Optional;

/** The layout of the event times that a watermark saw. */
final class SeenTimesFormat {
  private SeenTimesFormat() {}

  static void write(SeenTimes seen, BinaryOutput out) {
    out.writeUnsigned(seen.events());
    out.writeUnsigned(seen.future());
    ListFormat.write(Optional.ofNullable(seen.newest()), SeenTimesFormat::write, out);
    ListFormat.<OfRange>write(seen.ranges(), SeenTimesFormat::write, out);
  }

  static SeenTimes read(BinaryInput in) {
    return new SeenTimes(
        in.readUnsigned(),
        in.readUnsigned(),
        ListFormat.readOptional(SeenTimesFormat::readNewest, in).orElse(null),
        ListFormat.read(SeenTimesFormat::readRange, in));
  }

  private static void write(NewestEventTime newest, BinaryOutput out) {
    out.writeSigned(newest.millis());
    out.writeSigned(newest.range());
    out.writeUnsigned(newest.offset());
  }

  private static NewestEventTime readNewest(BinaryInput in) {
    return new NewestEventTime(
        in.readSigned(), Math.toIntExact(in.readSigned()), in.readUnsigned());
  }

  private static void write(OfRange range, BinaryOutput out) {
    out.writeUnsigned(range.range());
    out.writeNullable(range.newestMillis());
  }

  private static OfRange readRange(BinaryInput in) {
    return new OfRange(ShardValues.readInt(in), in.readNullable());
  }
}
