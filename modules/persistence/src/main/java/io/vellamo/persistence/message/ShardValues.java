package io.vellamo.persistence.message;

import io.vellamo.engine.group.GroupKey;
import io.vellamo.engine.protocol.Fence;
import io.vellamo.engine.protocol.ShardFailure;
import io.vellamo.engine.protocol.ShardFailure.EventPosition;
import io.vellamo.engine.protocol.ShardSize;
import io.vellamo.engine.protocol.query.GroupPosition;
import io.vellamo.engine.shard.NextDue;
import io.vellamo.engine.shard.ParkRequest;
import io.vellamo.engine.shard.ParkRequest.Kind;
import io.vellamo.engine.shard.ShardDigest;
import io.vellamo.persistence.journal.BinaryInput;
import io.vellamo.persistence.journal.BinaryOutput;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The layout of the values in requests and replies of shards. */
final class ShardValues {
  /** Indices in this list are sent: append new kinds, never move one. */
  private static final List<Kind> KINDS = List.of(Kind.REDRIVE, Kind.RELEASE);

  private ShardValues() {}

  static void write(Fence fence, BinaryOutput out) {
    out.writeUnsigned(fence.incarnation());
    out.writeUnsigned(fence.owner());
    out.writeUnsigned(fence.epoch());
    out.writeUnsigned(fence.attempt());
  }

  static Fence readFence(BinaryInput in) {
    return new Fence(in.readUnsigned(), in.readUnsigned(), in.readUnsigned(), in.readUnsigned());
  }

  static void write(NextDue due, BinaryOutput out) {
    out.writeNullable(due.eventTimeMillis());
    out.writeNullable(due.processingTimeMillis());
  }

  static NextDue readDue(BinaryInput in) {
    return new NextDue(in.readNullable(), in.readNullable());
  }

  static void write(ShardSize size, BinaryOutput out) {
    out.writeUnsigned(size.groups());
    out.writeUnsigned(size.parked());
    out.writeUnsigned(size.waiting());
    out.writeUnsigned(size.bytes());
  }

  static ShardSize readSize(BinaryInput in) {
    return new ShardSize(
        in.readUnsigned(), in.readUnsigned(), in.readUnsigned(), in.readUnsigned());
  }

  static void write(ShardDigest digest, BinaryOutput out) {
    out.writeUnsigned(digest.lastEpoch());
    out.writeUnsigned(digest.groups());
    out.writeUnsigned(digest.high());
    out.writeUnsigned(digest.low());
  }

  static ShardDigest readDigest(BinaryInput in) {
    return new ShardDigest(
        in.readUnsigned(), in.readUnsigned(), in.readUnsigned(), in.readUnsigned());
  }

  static void write(ShardFailure failure, BinaryOutput out) {
    out.writeShownText(failure.message());
    ListFormat.write(Optional.ofNullable(failure.position()), ShardValues::write, out);
    out.writeShownText(failure.details());
  }

  static ShardFailure readFailure(BinaryInput in) {
    return new ShardFailure(
        in.readText(),
        ListFormat.readOptional(ShardValues::readEventPosition, in).orElse(null),
        in.readText());
  }

  private static void write(EventPosition position, BinaryOutput out) {
    out.writeSigned(position.range());
    out.writeUnsigned(position.offset());
  }

  private static EventPosition readEventPosition(BinaryInput in) {
    return new EventPosition(Math.toIntExact(in.readSigned()), in.readUnsigned());
  }

  static void write(GroupPosition position, BinaryOutput out) {
    out.writeUnsigned(position.shard());
    writeKey(position.after(), out);
  }

  static GroupPosition readPosition(BinaryInput in) {
    return new GroupPosition(readInt(in), readKey(in));
  }

  /** Writes a key, or that there is none. */
  static void writeKey(@Nullable GroupKey key, BinaryOutput out) {
    out.writeByte(key == null ? 0 : 1);
    if (key != null) {
      out.writeBytes(key.bytes());
    }
  }

  /** Reads a key, or that there is none. */
  static @Nullable GroupKey readKey(BinaryInput in) {
    return in.readByte() == 0 ? null : GroupKey.of(in.readBytes());
  }

  static void write(Kind kind, BinaryOutput out) {
    out.writeByte(KINDS.indexOf(kind));
  }

  static Kind readKind(BinaryInput in) {
    return KINDS.get(in.readByte());
  }

  static void write(ParkRequest request, BinaryOutput out) {
    write(request.kind(), out);
    out.writeUnsigned(request.afterEpoch());
  }

  static ParkRequest readParkRequest(BinaryInput in) {
    return new ParkRequest(readKind(in), in.readUnsigned());
  }

  /** Reads a number that is written unsigned and is an {@code int}. */
  static int readInt(BinaryInput in) {
    return Math.toIntExact(in.readUnsigned());
  }
}
