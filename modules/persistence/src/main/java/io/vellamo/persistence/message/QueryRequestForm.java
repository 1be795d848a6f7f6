package io.vellamo.persistence.message;

import io.vellamo.api.SerializationException;
import io.vellamo.engine.group.GroupKey;
import io.vellamo.engine.protocol.query.QueryRequest;
import io.vellamo.engine.protocol.query.QueryRequest.AwaitIdle;
import io.vellamo.engine.protocol.query.QueryRequest.ListGroups;
import io.vellamo.engine.protocol.query.QueryRequest.ListParked;
import io.vellamo.engine.protocol.query.QueryRequest.Park;
import io.vellamo.engine.protocol.query.QueryRequest.ReadGroup;
import io.vellamo.engine.protocol.query.QueryRequest.Settle;
import io.vellamo.persistence.journal.BinaryInput;
import io.vellamo.persistence.journal.BinaryOutput;

/** The binary form of users' requests to a query. */
public final class QueryRequestForm {
  private static final String WHAT = "request to a query";

  private static final int SETTLE = 1;
  private static final int AWAIT_IDLE = 2;
  private static final int LIST_PARKED = 3;
  private static final int PARK = 4;
  private static final int READ_GROUP = 5;
  private static final int LIST_GROUPS = 6;

  private QueryRequestForm() {}

  /** Returns the bytes of a request. */
  public static byte[] write(QueryRequest request) {
    return FormBytes.write(request, QueryRequestForm::write);
  }

  /**
   * Returns the request of some bytes.
   *
   * @throws SerializationException if they are damaged, or the form is not known
   */
  public static QueryRequest read(byte[] bytes) {
    return FormBytes.read(WHAT, bytes, QueryRequestForm::read);
  }

  private static void write(QueryRequest request, BinaryOutput out) {
    if (request instanceof Settle settle) {
      out.writeByte(SETTLE);
      out.writeUnsigned(settle.id());
    } else if (request instanceof AwaitIdle await) {
      out.writeByte(AWAIT_IDLE);
      out.writeUnsigned(await.id());
    } else if (request instanceof ListParked list) {
      out.writeByte(LIST_PARKED);
      out.writeUnsigned(list.id());
    } else if (request instanceof Park park) {
      out.writeByte(PARK);
      out.writeUnsigned(park.id());
      out.writeUnsigned(park.operator());
      out.writeBytes(park.key().bytes());
      ShardValues.write(park.kind(), out);
    } else if (request instanceof ReadGroup read) {
      out.writeByte(READ_GROUP);
      out.writeUnsigned(read.id());
      out.writeUnsigned(read.operator());
      out.writeBytes(read.key().bytes());
    } else if (request instanceof ListGroups list) {
      out.writeByte(LIST_GROUPS);
      out.writeUnsigned(list.id());
      out.writeUnsigned(list.operator());
      ShardValues.write(list.from(), out);
      out.writeUnsigned(list.limit());
    } else {
      throw new AssertionError("unhandled " + request.getClass());
    }
  }

  private static QueryRequest read(BinaryInput in) {
    int form = in.readByte();
    return switch (form) {
      case SETTLE -> new Settle(in.readUnsigned());
      case AWAIT_IDLE -> new AwaitIdle(in.readUnsigned());
      case LIST_PARKED -> new ListParked(in.readUnsigned());
      case PARK ->
          new Park(
              in.readUnsigned(),
              ShardValues.readInt(in),
              GroupKey.of(in.readBytes()),
              ShardValues.readKind(in));
      case READ_GROUP ->
          new ReadGroup(in.readUnsigned(), ShardValues.readInt(in), GroupKey.of(in.readBytes()));
      case LIST_GROUPS ->
          new ListGroups(
              in.readUnsigned(),
              ShardValues.readInt(in),
              ShardValues.readPosition(in),
              ShardValues.readInt(in));
      default -> throw FormBytes.unknown(WHAT, form);
    };
  }
}
