package io.vellamo.persistence.message;

import io.vellamo.api.query.EpochPhases;
import io.vellamo.api.query.HotKeys;
import io.vellamo.api.query.HotKeys.HotKey;
import io.vellamo.api.query.ShardProgress;
import io.vellamo.api.query.ShardSkew;
import io.vellamo.engine.group.GroupKey;
import io.vellamo.engine.protocol.HotGroup;
import io.vellamo.engine.protocol.ShardWork;
import io.vellamo.persistence.journal.BinaryInput;
import io.vellamo.persistence.journal.BinaryOutput;

/**
 * The layout of reports on where the time of an epoch goes. Fields are only appended, see {@link
 * OpenBlock}.
 */
final class WorkFormat {
  private WorkFormat() {}

  static void write(EpochPhases phases, BinaryOutput out) {
    TimeFormat.write(phases.plan(), out);
    TimeFormat.write(phases.read(), out);
    TimeFormat.write(phases.process(), out);
    TimeFormat.write(phases.route(), out);
    TimeFormat.write(phases.sink(), out);
    TimeFormat.write(phases.commit(), out);
  }

  static EpochPhases readPhases(BinaryInput in) {
    return new EpochPhases(
        TimeFormat.readDuration(in),
        TimeFormat.readDuration(in),
        TimeFormat.readDuration(in),
        TimeFormat.readDuration(in),
        TimeFormat.readDuration(in),
        TimeFormat.readDuration(in));
  }

  static void write(ShardSkew skew, BinaryOutput out) {
    write(skew.input(), out);
    write(skew.groups(), out);
    write(skew.bytes(), out);
    write(skew.call(), out);
  }

  static ShardSkew readSkew(BinaryInput in) {
    return new ShardSkew(readDouble(in), readDouble(in), readDouble(in), readDouble(in));
  }

  private static void write(double value, BinaryOutput out) {
    out.writeUnsigned(Double.doubleToRawLongBits(value));
  }

  private static double readDouble(BinaryInput in) {
    return Double.longBitsToDouble(in.readUnsigned());
  }

  static void write(ShardProgress shard, BinaryOutput out) {
    out.writeUnsigned(shard.shard());
    out.writeUnsigned(shard.input());
    out.writeUnsigned(shard.rows());
    out.writeUnsigned(shard.calls());
    out.writeUnsigned(shard.groups());
    out.writeUnsigned(shard.bytes());
    out.writeUnsigned(shard.journalBytes());
    TimeFormat.write(shard.call(), out);
    TimeFormat.write(shard.persist(), out);
  }

  static ShardProgress readShard(BinaryInput in) {
    return new ShardProgress(
        ShardValues.readInt(in),
        in.readUnsigned(),
        in.readUnsigned(),
        in.readUnsigned(),
        in.readUnsigned(),
        in.readUnsigned(),
        in.readUnsigned(),
        TimeFormat.readDuration(in),
        TimeFormat.readDuration(in));
  }

  static void write(ShardWork work, BinaryOutput out) {
    out.writeUnsigned(work.calls());
    out.writeSigned(work.callNanos());
    out.writeSigned(work.functionNanos());
    out.writeSigned(work.persistNanos());
    out.writeUnsigned(work.journalBytes());
    ListFormat.<HotGroup>write(work.hot(), WorkFormat::write, out);
  }

  static ShardWork readWork(BinaryInput in) {
    return new ShardWork(
        in.readUnsigned(),
        in.readSigned(),
        in.readSigned(),
        in.readSigned(),
        in.readUnsigned(),
        ListFormat.read(WorkFormat::readHot, in));
  }

  static void write(HotKeys keys, BinaryOutput out) {
    out.writeShownText(keys.operator());
    TimeFormat.write(keys.since(), out);
    ListFormat.<HotKey>write(keys.byEvents(), WorkFormat::write, out);
    ListFormat.<HotKey>write(keys.byTime(), WorkFormat::write, out);
  }

  static HotKeys readHotKeys(BinaryInput in) {
    return new HotKeys(
        in.readText(),
        TimeFormat.readInstant(in),
        ListFormat.read(WorkFormat::readHotKey, in),
        ListFormat.read(WorkFormat::readHotKey, in));
  }

  private static void write(HotKey key, BinaryOutput out) {
    out.writeShownText(key.key());
    out.writeUnsigned(key.amount());
    out.writeUnsigned(key.error());
    write(key.share(), out);
  }

  private static HotKey readHotKey(BinaryInput in) {
    return new HotKey(in.readText(), in.readUnsigned(), in.readUnsigned(), readDouble(in));
  }

  private static void write(HotGroup group, BinaryOutput out) {
    out.writeBytes(group.key().bytes());
    out.writeUnsigned(group.events());
    out.writeSigned(group.nanos());
  }

  private static HotGroup readHot(BinaryInput in) {
    return new HotGroup(GroupKey.of(in.readBytes()), in.readUnsigned(), in.readSigned());
  }
}
