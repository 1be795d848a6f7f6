package io.vellamo.persistence.message;

import io.vellamo.api.SerializationException;
import io.vellamo.engine.pipeline.PreparedQuery;
import io.vellamo.engine.protocol.ShardReply;
import io.vellamo.engine.protocol.ShardReply.Digested;
import io.vellamo.engine.protocol.ShardReply.Done;
import io.vellamo.engine.protocol.ShardReply.Failed;
import io.vellamo.engine.protocol.ShardReply.GroupsRead;
import io.vellamo.engine.protocol.ShardReply.GroupsRead.Found;
import io.vellamo.engine.protocol.ShardReply.NotOpened;
import io.vellamo.engine.protocol.ShardReply.Opened;
import io.vellamo.engine.protocol.ShardReply.Page;
import io.vellamo.engine.protocol.ShardReply.Parked;
import io.vellamo.engine.protocol.ShardReply.ParksRequested;
import io.vellamo.engine.protocol.ShardWork;
import io.vellamo.persistence.journal.BinaryInput;
import io.vellamo.persistence.journal.BinaryOutput;
import java.util.Optional;
import java.util.function.Function;

/**
 * The binary form of replies of a query's shards. The output of an epoch has a form of its own.
 *
 * <p><b>Threading</b> Safe to share.
 */
public final class ShardReplyForm {
  private static final String WHAT = "reply of a shard";

  private static final int OPENED = 1;
  private static final int PAGE = 2;

  /** A version without the shard's effort; only read. */
  private static final int DONE_1 = 3;

  private static final int NOT_OPENED = 4;
  private static final int PARKED = 5;
  private static final int PARKS_REQUESTED = 6;
  private static final int DIGESTED = 7;
  private static final int FAILED = 8;
  private static final int GROUPS_READ = 9;
  private static final int DONE = 10;

  private final ParkedGroupsForm parkedGroups;
  private final GroupContentFormat groups;

  private ShardReplyForm(ParkedGroupsForm parkedGroups, GroupContentFormat groups) {
    this.parkedGroups = parkedGroups;
    this.groups = groups;
  }

  /** Returns the form of the replies of a query's shards. */
  public static ShardReplyForm of(PreparedQuery query) {
    return new ShardReplyForm(ParkedGroupsForm.of(query), GroupContentFormat.of(query));
  }

  /**
   * Returns the bytes of a reply.
   *
   * @throws SerializationException if a key can't be written
   */
  public byte[] write(ShardReply reply) {
    return FormBytes.write(reply, this::write);
  }

  /**
   * Returns the reply of some bytes.
   *
   * @throws SerializationException if they are damaged, or the form is not known
   */
  public ShardReply read(byte[] bytes) {
    return FormBytes.read(WHAT, bytes, this::read);
  }

  private void write(ShardReply reply, BinaryOutput out) {
    if (reply instanceof Opened opened) {
      begin(OPENED, reply, out);
      out.writeUnsigned(opened.incarnation());
      out.writeUnsigned(opened.owner());
      ShardValues.write(opened.due(), out);
      ShardValues.write(opened.size(), out);
    } else if (reply instanceof Page page) {
      begin(PAGE, reply, out);
      ShardValues.write(page.fence(), out);
      out.writeUnsigned(page.number());
    } else if (reply instanceof Done done) {
      begin(DONE, reply, out);
      write(done, out);
    } else if (reply instanceof NotOpened notOpened) {
      begin(NOT_OPENED, reply, out);
      ShardValues.write(notOpened.fence(), out);
    } else if (reply instanceof Parked parked) {
      begin(PARKED, reply, out);
      ShardValues.write(parked.fence(), out);
      parkedGroups.write(parked.groups(), out);
    } else if (reply instanceof ParksRequested requested) {
      begin(PARKS_REQUESTED, reply, out);
      ShardValues.write(requested.fence(), out);
      ListFormat.<Boolean>write(
          requested.found(), (found, into) -> into.writeByte(found ? 1 : 0), out);
      ShardValues.write(requested.due(), out);
    } else if (reply instanceof Digested digested) {
      begin(DIGESTED, reply, out);
      out.writeUnsigned(digested.id());
      ShardValues.write(digested.digest(), out);
    } else if (reply instanceof Failed failed) {
      begin(FAILED, reply, out);
      ListFormat.write(Optional.ofNullable(failed.fence()), ShardValues::write, out);
      ShardValues.write(failed.failure(), out);
    } else if (reply instanceof GroupsRead read) {
      begin(GROUPS_READ, reply, out);
      ShardValues.write(read.fence(), out);
      out.writeUnsigned(read.epoch());
      ListFormat.write(read.found(), this::writeFound, out);
    } else {
      throw new AssertionError("unhandled " + reply.getClass());
    }
  }

  private static void begin(int form, ShardReply reply, BinaryOutput out) {
    out.writeByte(form);
    out.writeUnsigned(reply.shard());
  }

  private static void write(Done done, BinaryOutput out) {
    ShardValues.write(done.fence(), out);
    out.writeUnsigned(done.rows());
    out.writeUnsigned(done.deadLettered());
    ShardValues.write(done.due(), out);
    ShardValues.write(done.size(), out);
    out.writeUnsigned(done.updated());
    out.writeUnsigned(done.removed());
    OpenBlock.write(done.work(), WorkFormat::write, out);
  }

  private ShardReply read(BinaryInput in) {
    int form = in.readByte();
    int shard = ShardValues.readInt(in);
    return switch (form) {
      case OPENED ->
          new Opened(
              shard,
              in.readUnsigned(),
              in.readUnsigned(),
              ShardValues.readDue(in),
              ShardValues.readSize(in));
      case PAGE -> new Page(shard, ShardValues.readFence(in), ShardValues.readInt(in));
      case DONE_1 -> readDone(shard, in, from -> ShardWork.NONE);
      case DONE -> readDone(shard, in, from -> OpenBlock.read(WorkFormat::readWork, from));
      case NOT_OPENED -> new NotOpened(shard, ShardValues.readFence(in));
      case PARKED -> new Parked(shard, ShardValues.readFence(in), parkedGroups.read(in));
      case PARKS_REQUESTED ->
          new ParksRequested(
              shard,
              ShardValues.readFence(in),
              ListFormat.read(from -> from.readByte() != 0, in),
              ShardValues.readDue(in));
      case DIGESTED -> new Digested(shard, in.readUnsigned(), ShardValues.readDigest(in));
      case FAILED ->
          new Failed(
              shard,
              ListFormat.readOptional(ShardValues::readFence, in).orElse(null),
              ShardValues.readFailure(in));
      case GROUPS_READ ->
          new GroupsRead(
              shard,
              ShardValues.readFence(in),
              in.readUnsigned(),
              ListFormat.read(this::readFound, in));
      default -> throw FormBytes.unknown(WHAT, form);
    };
  }

  private void writeFound(Found found, BinaryOutput out) {
    ListFormat.write(found.groups(), groups::write, out);
    out.writeByte(found.isEnd() ? 1 : 0);
  }

  private Found readFound(BinaryInput in) {
    return new Found(ListFormat.read(groups::read, in), in.readByte() != 0);
  }

  private static Done readDone(
      int shard, BinaryInput in, Function<BinaryInput, ShardWork> readWork) {
    return new Done(
        shard,
        ShardValues.readFence(in),
        in.readUnsigned(),
        in.readUnsigned(),
        ShardValues.readDue(in),
        ShardValues.readSize(in),
        in.readUnsigned(),
        in.readUnsigned(),
        readWork.apply(in));
  }
}
