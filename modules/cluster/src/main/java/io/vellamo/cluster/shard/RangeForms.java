package io.vellamo.cluster.shard;

import io.vellamo.cluster.message.ActorRefs;
import io.vellamo.persistence.journal.BinaryInput;
import io.vellamo.persistence.journal.BinaryOutput;
import io.vellamo.persistence.message.ProblemForm;

/** The forms of orders to ranges of the sink, and of their outcomes. */
final class RangeForms {
  private static final RangeOrder.Kind[] KINDS = {
    RangeOrder.Kind.WRITE, RangeOrder.Kind.WRITE_NOTHING, RangeOrder.Kind.COMMIT
  };

  private static final int WRITTEN = 0;
  private static final int COMMITTED = 1;
  private static final int LACKING = 2;
  private static final int FAILED = 3;

  private RangeForms() {}

  static void writeOrder(ToShard.OrderRange message, BinaryOutput out, ActorRefs refs) {
    RangeOrder order = message.order();
    out.writeUnsigned(message.shard());
    out.writeUnsigned(order.number());
    out.writeByte(number(order.kind()));
    out.writeUnsigned(order.epoch());
    out.writeUuid(order.queryId());
    out.writeUnsigned(order.incarnation());
    out.writeUnsigned(order.ranges());
    refs.write(message.link(), out);
  }

  private static int number(RangeOrder.Kind kind) {
    return switch (kind) {
      case WRITE -> 0;
      case WRITE_NOTHING -> 1;
      case COMMIT -> 2;
    };
  }

  static ToShard.OrderRange readOrder(BinaryInput in, ActorRefs refs) {
    return new ToShard.OrderRange(
        ShardForms.number(in),
        new RangeOrder(
            in.readUnsigned(),
            KINDS[in.readByte()],
            in.readUnsigned(),
            in.readUuid(),
            in.readUnsigned(),
            ShardForms.number(in)),
        refs.read(in));
  }

  static void writeAnswered(FromShard.RangeAnswered answered, BinaryOutput out, ActorRefs refs) {
    out.writeUnsigned(answered.shard());
    out.writeUnsigned(answered.order());
    RangeOutcome outcome = answered.outcome();
    if (outcome instanceof RangeOutcome.Written written) {
      out.writeByte(WRITTEN);
      out.writeUnsigned(written.rows());
    } else if (outcome instanceof RangeOutcome.Committed) {
      out.writeByte(COMMITTED);
    } else if (outcome instanceof RangeOutcome.Lacking) {
      out.writeByte(LACKING);
    } else if (outcome instanceof RangeOutcome.Failed failed) {
      out.writeByte(FAILED);
      out.writeBytes(ProblemForm.write(failed.problem()));
    } else {
      throw new AssertionError("unhandled " + outcome.getClass());
    }
  }

  static FromShard.RangeAnswered readAnswered(BinaryInput in, ActorRefs refs) {
    return new FromShard.RangeAnswered(ShardForms.number(in), in.readUnsigned(), outcome(in));
  }

  private static RangeOutcome outcome(BinaryInput in) {
    int kind = in.readByte();
    return switch (kind) {
      case WRITTEN -> new RangeOutcome.Written(in.readUnsigned());
      case COMMITTED -> new RangeOutcome.Committed();
      case LACKING -> new RangeOutcome.Lacking();
      case FAILED -> new RangeOutcome.Failed(ProblemForm.read(in.readBytes()));
      default ->
          throw new IllegalArgumentException(
              "outcome must be of a kind that this node knows, was [%d]".formatted(kind));
    };
  }
}
