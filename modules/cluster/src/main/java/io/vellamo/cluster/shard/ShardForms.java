package io.vellamo.cluster.shard;

import io.vellamo.cluster.chunk.Chunk;
import io.vellamo.cluster.chunk.GiveInput;
import io.vellamo.cluster.chunk.InputChunk;
import io.vellamo.cluster.chunk.InputPart;
import io.vellamo.cluster.message.ActorRefs;
import io.vellamo.cluster.message.MessageForm;
import io.vellamo.engine.protocol.Fence;
import io.vellamo.engine.protocol.ShardRequest;
import io.vellamo.persistence.journal.BinaryInput;
import io.vellamo.persistence.journal.BinaryOutput;
import io.vellamo.persistence.message.QueryCreatedForm;
import io.vellamo.persistence.message.ShardRequestForm;
import java.util.ArrayList;
import java.util.List;

/** The forms of messages to and from shards. */
public final class ShardForms {
  private ShardForms() {}

  /** Returns all forms; of several forms of a class, the written one first. */
  public static List<MessageForm<?>> all() {
    return List.of(
        new MessageForm<>(
            "shard-open-1", ToShard.Open.class, ShardForms::writeOpen, ShardForms::readOpen),
        new MessageForm<>(
            "shard-ask-1", ToShard.Ask.class, ShardForms::writeAsk, ShardForms::readAsk),
        new MessageForm<>(
            "shard-run-1", ToShard.Run.class, ShardForms::writeRun, ShardForms::readRun),
        new MessageForm<>(
            "shard-give-answer-1",
            ToShard.GiveAnswer.class,
            ShardForms::writeGiveAnswer,
            ShardForms::readGiveAnswer),
        new MessageForm<>(
            "shard-range-1",
            ToShard.OrderRange.class,
            RangeForms::writeOrder,
            RangeForms::readOrder),
        new MessageForm<>(
            "give-input-1", GiveInput.class, ShardForms::writeGiveInput, ShardForms::readGiveInput),
        new MessageForm<>(
            "input-chunk-1",
            InputChunk.class,
            ShardForms::writeInputChunk,
            ShardForms::readInputChunk),
        new MessageForm<>(
            "shard-answered-1",
            FromShard.Answered.class,
            (answered, out, refs) -> {
              out.writeUnsigned(answered.shard());
              out.writeUnsigned(answered.answer());
              out.writeUnsigned(answered.chunks());
              answered.first().write(out);
            },
            (in, refs) ->
                new FromShard.Answered(number(in), in.readUnsigned(), number(in), Chunk.read(in))),
        new MessageForm<>(
            "shard-answer-chunk-1",
            FromShard.AnswerChunk.class,
            (chunk, out, refs) -> {
              out.writeUnsigned(chunk.shard());
              out.writeUnsigned(chunk.answer());
              out.writeUnsigned(chunk.number());
              chunk.chunk().write(out);
            },
            (in, refs) ->
                new FromShard.AnswerChunk(
                    number(in), in.readUnsigned(), number(in), Chunk.read(in))),
        new MessageForm<>(
            "shard-ended-1",
            FromShard.Ended.class,
            (ended, out, refs) -> {
              out.writeUnsigned(ended.shard());
              out.writeUnsigned(ended.owner());
              out.writeShownText(ended.text());
              out.writeByte(ended.mayPass() ? 1 : 0);
            },
            (in, refs) ->
                new FromShard.Ended(
                    number(in), in.readUnsigned(), in.readText(), in.readByte() == 1)),
        new MessageForm<>(
            "shard-range-answered-1",
            FromShard.RangeAnswered.class,
            RangeForms::writeAnswered,
            RangeForms::readAnswered));
  }

  /** Reads a number that is never large. */
  static int number(BinaryInput in) {
    return Math.toIntExact(in.readUnsigned());
  }

  private static void writeOpen(ToShard.Open open, BinaryOutput out, ActorRefs refs) {
    out.writeUnsigned(open.shard());
    out.writeBytes(QueryCreatedForm.write(open.created()));
    out.writeByte(open.keepsRows() ? 1 : 0);
    out.writeBytes(ShardRequestForm.write(open.request()));
    refs.write(open.link(), out);
  }

  private static ToShard.Open readOpen(BinaryInput in, ActorRefs refs) {
    return new ToShard.Open(
        number(in),
        QueryCreatedForm.read(in.readBytes()),
        in.readByte() == 1,
        (ShardRequest.Open) ShardRequestForm.read(in.readBytes()),
        refs.read(in));
  }

  private static void writeAsk(ToShard.Ask ask, BinaryOutput out, ActorRefs refs) {
    out.writeUnsigned(ask.shard());
    out.writeBytes(ShardRequestForm.write(ask.request()));
    refs.write(ask.link(), out);
  }

  private static ToShard.Ask readAsk(BinaryInput in, ActorRefs refs) {
    return new ToShard.Ask(number(in), ShardRequestForm.read(in.readBytes()), refs.read(in));
  }

  private static void writeRun(ToShard.Run run, BinaryOutput out, ActorRefs refs) {
    out.writeUnsigned(run.shard());
    out.writeBytes(ShardRequestForm.write(run.request()));
    out.writeUnsigned(run.parts().size());
    for (InputPart part : run.parts()) {
      refs.write(part.holder(), out);
      out.writeUnsigned(part.held());
      out.writeUnsigned(part.chunks());
      part.first().write(out);
    }
    refs.write(run.link(), out);
  }

  private static ToShard.Run readRun(BinaryInput in, ActorRefs refs) {
    int shard = number(in);
    ShardRequest.RunEpoch request = (ShardRequest.RunEpoch) ShardRequestForm.read(in.readBytes());
    List<InputPart> parts = new ArrayList<>();
    int count = in.readCount();
    for (int i = 0; i < count; i++) {
      parts.add(new InputPart(refs.read(in), in.readUnsigned(), number(in), Chunk.read(in)));
    }
    return new ToShard.Run(shard, request, parts, refs.read(in));
  }

  private static void writeGiveAnswer(ToShard.GiveAnswer give, BinaryOutput out, ActorRefs refs) {
    out.writeUnsigned(give.shard());
    out.writeUnsigned(give.answer());
    out.writeUnsigned(give.from());
    refs.write(give.link(), out);
  }

  private static ToShard.GiveAnswer readGiveAnswer(BinaryInput in, ActorRefs refs) {
    return new ToShard.GiveAnswer(number(in), in.readUnsigned(), number(in), refs.read(in));
  }

  private static void writeGiveInput(GiveInput give, BinaryOutput out, ActorRefs refs) {
    out.writeSigned(give.shard());
    write(give.fence(), out);
    out.writeUnsigned(give.part());
    out.writeUnsigned(give.held());
    out.writeUnsigned(give.from());
    out.writeUnsigned(give.count());
    refs.write(give.replyTo(), out);
  }

  private static GiveInput readGiveInput(BinaryInput in, ActorRefs refs) {
    return new GiveInput(
        (int) in.readSigned(),
        readFence(in),
        number(in),
        in.readUnsigned(),
        number(in),
        number(in),
        refs.read(in));
  }

  private static void writeInputChunk(InputChunk chunk, BinaryOutput out, ActorRefs refs) {
    write(chunk.fence(), out);
    out.writeUnsigned(chunk.part());
    out.writeUnsigned(chunk.number());
    chunk.chunk().write(out);
  }

  private static InputChunk readInputChunk(BinaryInput in, ActorRefs refs) {
    return new InputChunk(readFence(in), number(in), number(in), Chunk.read(in));
  }

  private static void write(Fence fence, BinaryOutput out) {
    out.writeUnsigned(fence.incarnation());
    out.writeUnsigned(fence.owner());
    out.writeUnsigned(fence.epoch());
    out.writeUnsigned(fence.attempt());
  }

  private static Fence readFence(BinaryInput in) {
    return new Fence(in.readUnsigned(), in.readUnsigned(), in.readUnsigned(), in.readUnsigned());
  }
}
