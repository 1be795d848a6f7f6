package io.vellamo.cluster.shard;

import static org.assertj.core.api.Assertions.assertThat;

import io.vellamo.cluster.chunk.Chunk;
import io.vellamo.cluster.chunk.GiveInput;
import io.vellamo.cluster.chunk.InputPart;
import io.vellamo.engine.protocol.Fence;
import java.util.List;
import java.util.Map;
import org.apache.pekko.actor.testkit.typed.javadsl.TestInbox;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.Test;

final class RunInputsTest {
  private static final ActorRef<GiveInput> COORDINATOR = TestInbox.<GiveInput>create().getRef();
  private static final ActorRef<GiveInput> READER = TestInbox.<GiveInput>create().getRef();
  private static final Chunk OWN = new Chunk(new byte[] {1});
  private static final InputPart HELD = new InputPart(READER, 6, 2, Chunk.EMPTY);

  private final RunInputs inputs = new RunInputs();

  private static Fence fence(long epoch, long attempt) {
    return new Fence(1, 1, epoch, attempt);
  }

  @Test
  void request_isSentWithAllParts_onceItsOwnChunksAreWritten() {
    inputs.held(7, Map.of(3, List.of(HELD)));
    inputs.begin(3, fence(5, 7));

    assertThat(inputs.parts(3, fence(5, 7), COORDINATOR)).isNull();
    assertThat(inputs.written(3, fence(5, 7), List.of(OWN))).isTrue();
    assertThat(inputs.parts(3, fence(5, 7), COORDINATOR))
        .containsExactly(HELD, new InputPart(COORDINATOR, 0, 1, OWN));
  }

  @Test
  void discardedAttempt_isNotSent_evenIfItsChunksAreWrittenAfterwards() {
    inputs.held(7, Map.of(3, List.of(HELD)));
    inputs.begin(3, fence(5, 7));
    inputs.discarded(5, 7);
    inputs.forgotten(7);

    assertThat(inputs.written(3, fence(5, 7), List.of())).isFalse();
    assertThat(inputs.parts(3, fence(5, 7), COORDINATOR)).isNull();
  }

  @Test
  void discardedAttempt_thatWasSent_isNotSentAgainWithoutWhatReadersHeld() {
    inputs.held(7, Map.of(3, List.of(HELD)));
    inputs.begin(3, fence(5, 7));
    inputs.written(3, fence(5, 7), List.of());

    inputs.discarded(5, 7);
    inputs.forgotten(7);

    assertThat(inputs.parts(3, fence(5, 7), COORDINATOR)).isNull();
  }

  @Test
  void replyOfAnEarlierAttempt_leavesTheInputOfTheLaterOne() {
    inputs.begin(3, fence(5, 8));
    inputs.written(3, fence(5, 8), List.of(OWN));

    inputs.done(3, fence(5, 7));

    assertThat(inputs.parts(3, fence(5, 8), COORDINATOR)).hasSize(1);
  }

  @Test
  void partsThatAnotherReaderHas_replaceTheFormerOnes() {
    InputPart other = new InputPart(READER, 9, 2, Chunk.EMPTY);
    inputs.held(7, Map.of(3, List.of(HELD)));
    inputs.begin(3, fence(5, 7));
    inputs.written(3, fence(5, 7), List.of());

    inputs.held(7, Map.of(3, List.of(other)));

    assertThat(inputs.parts(3, fence(5, 7), COORDINATOR)).containsExactly(other);
  }
}
