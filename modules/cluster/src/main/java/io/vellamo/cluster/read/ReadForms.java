package io.vellamo.cluster.read;

import io.vellamo.actors.io.ShareRequest;
import io.vellamo.cluster.chunk.Chunk;
import io.vellamo.cluster.message.ActorRefs;
import io.vellamo.cluster.message.MessageForm;
import io.vellamo.engine.epoch.EpochPlan;
import io.vellamo.engine.epoch.EpochShare;
import io.vellamo.persistence.journal.BinaryInput;
import io.vellamo.persistence.journal.BinaryOutput;
import io.vellamo.persistence.journal.PlanFormat;
import io.vellamo.persistence.message.OffsetsForm;
import io.vellamo.persistence.message.ProblemForm;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The forms of messages to and from readers. */
public final class ReadForms {
  private ReadForms() {}

  /** Returns all forms; of several forms of a class, the written one first. */
  public static List<MessageForm<?>> all() {
    return List.of(
        new MessageForm<>(
            "reader-read-1", ToReader.Read.class, ReadForms::writeRead, ReadForms::readRead),
        new MessageForm<>(
            "reader-committed-1",
            ToReader.Committed.class,
            (committed, out, refs) -> {
              out.writeUnsigned(committed.incarnation());
              out.writeBytes(OffsetsForm.write(committed.offsets()));
            },
            (in, refs) ->
                new ToReader.Committed(in.readUnsigned(), OffsetsForm.read(in.readBytes()))),
        new MessageForm<>(
            "reader-discard-1",
            ToReader.Discard.class,
            (discard, out, refs) -> {
              out.writeUnsigned(discard.incarnation());
              out.writeUnsigned(discard.epoch());
              out.writeUnsigned(discard.attempt());
            },
            (in, refs) ->
                new ToReader.Discard(in.readUnsigned(), in.readUnsigned(), in.readUnsigned())),
        new MessageForm<>(
            "share-read-1", FromReader.Read.class, ReadForms::writeAnswer, ReadForms::readAnswer),
        new MessageForm<>(
            "share-failed-1",
            FromReader.Failed.class,
            (failed, out, refs) -> {
              write(failed.share(), out);
              out.writeBytes(ProblemForm.write(failed.problem()));
            },
            (in, refs) -> new FromReader.Failed(readShare(in), ProblemForm.read(in.readBytes()))));
  }

  private static void writeRead(ToReader.Read read, BinaryOutput out, ActorRefs refs) {
    ShareRequest request = read.request();
    out.writeUnsigned(read.incarnation());
    PlanFormat.write(request.share().plan(), out);
    writeNumbers(request.share().ranges(), out);
    out.writeUnsigned(request.attempt());
    out.writeUnsigned(request.shards());
    out.writeByte(request.keepsEvents() ? 1 : 0);
    out.writeBytes(OffsetsForm.write(request.committed()));
    refs.write(read.link(), out);
  }

  private static ToReader.Read readRead(BinaryInput in, ActorRefs refs) {
    long incarnation = in.readUnsigned();
    EpochPlan plan = PlanFormat.read(in);
    EpochShare share = new EpochShare(plan, readNumbers(in));
    return new ToReader.Read(
        incarnation,
        new ShareRequest(
            share,
            in.readUnsigned(),
            number(in),
            in.readByte() == 1,
            OffsetsForm.read(in.readBytes())),
        refs.read(in));
  }

  private static void writeAnswer(FromReader.Read read, BinaryOutput out, ActorRefs refs) {
    write(read.share(), out);
    refs.write(read.holder(), out);
    out.writeUnsigned(read.held());
    Map<Integer, Integer> chunks = new TreeMap<>(read.chunks());
    out.writeUnsigned(chunks.size());
    chunks.forEach(
        (shard, count) -> {
          out.writeUnsigned(shard);
          out.writeUnsigned(count);
        });
    out.writeUnsigned(read.reportChunks());
    read.report().write(out);
  }

  private static FromReader.Read readAnswer(BinaryInput in, ActorRefs refs) {
    ShareId share = readShare(in);
    return new FromReader.Read(
        share, refs.read(in), in.readUnsigned(), readChunks(in), number(in), Chunk.read(in));
  }

  private static Map<Integer, Integer> readChunks(BinaryInput in) {
    Map<Integer, Integer> chunks = new TreeMap<>();
    int count = in.readCount();
    for (int i = 0; i < count; i++) {
      chunks.put(number(in), number(in));
    }
    return chunks;
  }

  private static void write(ShareId share, BinaryOutput out) {
    out.writeUnsigned(share.attempt().incarnation());
    out.writeUnsigned(share.attempt().epoch());
    out.writeUnsigned(share.attempt().number());
    writeNumbers(share.ranges(), out);
  }

  private static ShareId readShare(BinaryInput in) {
    return new ShareId(
        new AttemptId(in.readUnsigned(), in.readUnsigned(), in.readUnsigned()), readNumbers(in));
  }

  private static void writeNumbers(List<Integer> numbers, BinaryOutput out) {
    out.writeUnsigned(numbers.size());
    numbers.forEach(out::writeUnsigned);
  }

  private static List<Integer> readNumbers(BinaryInput in) {
    List<Integer> numbers = new ArrayList<>();
    int count = in.readCount();
    for (int i = 0; i < count; i++) {
      numbers.add(number(in));
    }
    return numbers;
  }

  private static int number(BinaryInput in) {
    return Math.toIntExact(in.readUnsigned());
  }
}
