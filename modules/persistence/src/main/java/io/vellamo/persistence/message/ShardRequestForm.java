package io.vellamo.persistence.message;

import io.vellamo.api.SerializationException;
import io.vellamo.engine.epoch.EpochPlan;
import io.vellamo.engine.group.GroupKey;
import io.vellamo.engine.protocol.Fence;
import io.vellamo.engine.protocol.ShardRequest;
import io.vellamo.engine.protocol.ShardRequest.Digest;
import io.vellamo.engine.protocol.ShardRequest.ListParked;
import io.vellamo.engine.protocol.ShardRequest.NextPage;
import io.vellamo.engine.protocol.ShardRequest.Open;
import io.vellamo.engine.protocol.ShardRequest.ReadGroups;
import io.vellamo.engine.protocol.ShardRequest.ReadGroups.Following;
import io.vellamo.engine.protocol.ShardRequest.ReadGroups.Read;
import io.vellamo.engine.protocol.ShardRequest.ReadGroups.Single;
import io.vellamo.engine.protocol.ShardRequest.RequestParks;
import io.vellamo.engine.protocol.ShardRequest.RequestParks.Requested;
import io.vellamo.engine.protocol.ShardRequest.RunEpoch;
import io.vellamo.engine.protocol.ShardRequest.SendRows;
import io.vellamo.persistence.journal.BinaryInput;
import io.vellamo.persistence.journal.BinaryOutput;
import io.vellamo.persistence.journal.PlanFormat;

/** The binary form of requests to shards. The events of an epoch have a form of their own. */
public final class ShardRequestForm {
  private static final String WHAT = "request to a shard";

  private static final int OPEN = 1;
  private static final int RUN_EPOCH = 2;
  private static final int NEXT_PAGE = 3;
  private static final int SEND_ROWS = 4;
  private static final int LIST_PARKED = 5;
  private static final int REQUEST_PARKS = 6;
  private static final int DIGEST = 7;
  private static final int READ_GROUPS = 8;

  private static final int SINGLE = 1;
  private static final int FOLLOWING = 2;

  private ShardRequestForm() {}

  /** Returns the bytes of a request. */
  public static byte[] write(ShardRequest request) {
    return FormBytes.write(request, ShardRequestForm::write);
  }

  /**
   * Returns the request of some bytes.
   *
   * @throws SerializationException if they are damaged, or the form is not known
   */
  public static ShardRequest read(byte[] bytes) {
    return FormBytes.read(WHAT, bytes, ShardRequestForm::read);
  }

  private static void write(ShardRequest request, BinaryOutput out) {
    if (request instanceof Open open) {
      out.writeByte(OPEN);
      out.writeUnsigned(open.incarnation());
      out.writeByte(open.readStates() ? 1 : 0);
      ListFormat.<String>write(open.layouts(), (layout, into) -> into.writeText(layout), out);
    } else if (request instanceof RunEpoch run) {
      out.writeByte(RUN_EPOCH);
      ShardValues.write(run.fence(), out);
      PlanFormat.write(run.times(), run.ranges(), out);
      out.writeByte(run.wholeResult() ? 1 : 0);
    } else if (request instanceof NextPage next) {
      out.writeByte(NEXT_PAGE);
      ShardValues.write(next.fence(), out);
      out.writeUnsigned(next.number());
    } else if (request instanceof SendRows rows) {
      out.writeByte(SEND_ROWS);
      ShardValues.write(rows.fence(), out);
    } else if (request instanceof ListParked list) {
      out.writeByte(LIST_PARKED);
      ShardValues.write(list.fence(), out);
    } else if (request instanceof RequestParks parks) {
      out.writeByte(REQUEST_PARKS);
      ShardValues.write(parks.fence(), out);
      ListFormat.write(parks.requests(), ShardRequestForm::write, out);
    } else if (request instanceof Digest digest) {
      out.writeByte(DIGEST);
      out.writeUnsigned(digest.id());
    } else if (request instanceof ReadGroups read) {
      out.writeByte(READ_GROUPS);
      ShardValues.write(read.fence(), out);
      ListFormat.write(read.reads(), ShardRequestForm::write, out);
    } else {
      throw new AssertionError("unhandled " + request.getClass());
    }
  }

  private static ShardRequest read(BinaryInput in) {
    int form = in.readByte();
    return switch (form) {
      case OPEN ->
          new Open(
              in.readUnsigned(), in.readByte() != 0, ListFormat.read(BinaryInput::readText, in));
      case RUN_EPOCH -> readRun(in);
      case NEXT_PAGE -> new NextPage(ShardValues.readFence(in), ShardValues.readInt(in));
      case SEND_ROWS -> new SendRows(ShardValues.readFence(in));
      case LIST_PARKED -> new ListParked(ShardValues.readFence(in));
      case REQUEST_PARKS ->
          new RequestParks(
              ShardValues.readFence(in), ListFormat.read(ShardRequestForm::readRequested, in));
      case DIGEST -> new Digest(in.readUnsigned());
      case READ_GROUPS ->
          new ReadGroups(
              ShardValues.readFence(in), ListFormat.read(ShardRequestForm::readRead, in));
      default -> throw FormBytes.unknown(WHAT, form);
    };
  }

  private static RunEpoch readRun(BinaryInput in) {
    Fence fence = ShardValues.readFence(in);
    EpochPlan plan = PlanFormat.read(in);
    return new RunEpoch(fence, plan.times(), plan.ranges(), in.readByte() != 0);
  }

  private static void write(Requested requested, BinaryOutput out) {
    out.writeBytes(requested.key().bytes());
    ShardValues.write(requested.request(), out);
  }

  private static Requested readRequested(BinaryInput in) {
    return new Requested(GroupKey.of(in.readBytes()), ShardValues.readParkRequest(in));
  }

  private static void write(Read read, BinaryOutput out) {
    if (read instanceof Single single) {
      out.writeByte(SINGLE);
      out.writeBytes(single.key().bytes());
    } else if (read instanceof Following following) {
      out.writeByte(FOLLOWING);
      ShardValues.writeKey(following.after(), out);
      out.writeUnsigned(following.limit());
    } else {
      throw new AssertionError("unhandled " + read.getClass());
    }
  }

  private static Read readRead(BinaryInput in) {
    int part = in.readByte();
    return switch (part) {
      case SINGLE -> new Single(GroupKey.of(in.readBytes()));
      case FOLLOWING -> new Following(ShardValues.readKey(in), ShardValues.readInt(in));
      default -> throw FormBytes.unknown("part of a " + WHAT, part);
    };
  }
}
