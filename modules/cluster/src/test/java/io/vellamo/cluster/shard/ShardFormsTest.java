package io.vellamo.cluster.shard;

import static org.assertj.core.api.Assertions.assertThat;

import io.vellamo.api.query.WatermarkPolicy;
import io.vellamo.api.source.OffsetRange;
import io.vellamo.api.source.SourcePartition;
import io.vellamo.cluster.chunk.Chunks;
import io.vellamo.cluster.chunk.GiveInput;
import io.vellamo.cluster.chunk.InputChunk;
import io.vellamo.cluster.chunk.InputPart;
import io.vellamo.cluster.message.ClusterMessage;
import io.vellamo.cluster.message.MessageForm;
import io.vellamo.cluster.message.MessageFormsContract;
import io.vellamo.engine.journal.JournalRecord.QueryCreated;
import io.vellamo.engine.protocol.Fence;
import io.vellamo.engine.protocol.ShardRequest;
import io.vellamo.engine.protocol.query.Problem;
import io.vellamo.engine.time.EpochTimes;
import io.vellamo.engine.time.Watermark;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class ShardFormsTest extends MessageFormsContract {
  private static final Fence FENCE = new Fence(3, 17, 9, 4);
  private static final UUID QUERY = new UUID(1, 2);

  @Override
  protected List<MessageForm<?>> forms() {
    return ShardForms.all();
  }

  @Override
  protected List<ClusterMessage> messages() {
    ShardRequest.RunEpoch run =
        new ShardRequest.RunEpoch(
            FENCE,
            new EpochTimes(9, 1_000, Watermark.of(500), Watermark.of(400)),
            List.of(new OffsetRange(new SourcePartition("p-0"), 10, 20)),
            false);
    return List.of(
        new ToShard.Open(
            5,
            new QueryCreated(QUERY, 8, List.of(), 1, WatermarkPolicy.MIN),
            true,
            new ShardRequest.Open(3, true, List.of("layout")),
            ref("link")),
        new ToShard.Ask(5, new ShardRequest.SendRows(FENCE), ref("link")),
        new ToShard.Run(
            5, run, List.of(new InputPart(ref("holder"), 6, 2, new byte[] {1, 2})), ref("link")),
        new ToShard.GiveAnswer(5, 77, 4, ref("link")),
        new ToShard.OrderRange(
            5, new RangeOrder(12, RangeOrder.Kind.WRITE_NOTHING, 9, QUERY, 3, 8), ref("link")),
        new GiveInput(GiveInput.REPORT, FENCE, 1, 6, 4, 4, ref("entity")),
        new InputChunk(FENCE, 1, 4, new byte[] {3}),
        new FromShard.Answered(5, 77, 2, new byte[] {4}),
        new FromShard.AnswerChunk(5, 77, 1, new byte[] {5}),
        new FromShard.Ended(5, 3, "it failed", true),
        new FromShard.RangeAnswered(5, 12, new RangeOutcome.Written(100)));
  }

  @Test
  void orders_andOutcomes_areSentWhateverTheirKind() {
    for (RangeOrder.Kind kind : RangeOrder.Kind.values()) {
      ToShard.OrderRange order =
          new ToShard.OrderRange(1, new RangeOrder(2, kind, 3, QUERY, 4, 5), ref("link"));

      assertThat(sent(order)).isEqualTo(order);
    }
    for (RangeOutcome outcome :
        List.of(
            new RangeOutcome.Committed(),
            new RangeOutcome.Lacking(),
            new RangeOutcome.Failed(
                new Problem(0, "down", new Problem.Unavailable("sink [s]", "IOException"))))) {
      FromShard.RangeAnswered answered = new FromShard.RangeAnswered(1, 2, outcome);

      assertThat(sent(answered)).isEqualTo(answered);
    }
  }

  @Test
  void largestChunks_fitIntoAFrame() {
    int frame = 256 * 1024;
    byte[] chunk = new byte[Chunks.SIZE];

    assertThat(sent(new InputChunk(FENCE, 1, 4, chunk))).isInstanceOf(InputChunk.class);
    assertThat(sent(new FromShard.Answered(5, 77, 2, chunk))).isInstanceOf(FromShard.class);
    assertThat(2 * Chunks.SIZE).isLessThanOrEqualTo(frame);
  }
}
