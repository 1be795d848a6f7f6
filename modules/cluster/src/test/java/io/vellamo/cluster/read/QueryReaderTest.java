package io.vellamo.cluster.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vellamo.api.source.Offsets;
import io.vellamo.cluster.chunk.GiveInput;
import io.vellamo.cluster.chunk.InputChunk;
import io.vellamo.engine.protocol.Fence;
import java.util.List;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class QueryReaderTest {
  private final ReadFixture node = new ReadFixture();
  private final TestProbe<FromReader> link = node.kit.createTestProbe(FromReader.class);
  private final TestProbe<InputChunk> chunks = node.kit.createTestProbe(InputChunk.class);
  private final ActorRef<ReaderMessage> reader = node.kit.spawn(QueryReader.create(node.host));

  @AfterEach
  void stop() {
    node.close();
  }

  private FromReader.Read answer() {
    return link.expectMessageClass(FromReader.Read.class, ReadFixture.PATIENCE);
  }

  private void ask(FromReader.Read read, int shard) {
    AttemptId attempt = read.share().attempt();
    Fence fence = new Fence(attempt.incarnation(), 0, attempt.epoch(), attempt.number());
    read.holder().tell(new GiveInput(shard, fence, 0, read.held(), 0, 4, chunks.getRef()));
  }

  private long reads() {
    return node.source.calls.stream().filter(call -> call.startsWith("read")).count();
  }

  @Test
  void share_isRead_andItsChunksAreGivenAsOftenAsAsked() {
    reader.tell(ReadFixture.read(1, 5, 1, link.getRef()));
    FromReader.Read read = answer();

    assertThat(read.share()).isEqualTo(new ShareId(new AttemptId(1, 5, 1), List.of(0, 1)));
    assertThat(read.chunks()).isNotEmpty();
    for (int shard : read.chunks().keySet()) {
      ask(read, shard);
      InputChunk first = chunks.expectMessageClass(InputChunk.class, ReadFixture.PATIENCE);
      ask(read, shard);
      assertThat(chunks.receiveMessage(ReadFixture.PATIENCE)).isEqualTo(first);
    }
  }

  @Test
  void request_thatArrivesAgain_isAnsweredAgain_andNotReadAgain() {
    reader.tell(ReadFixture.read(1, 5, 1, link.getRef()));
    FromReader.Read first = answer();

    reader.tell(ReadFixture.read(1, 5, 1, link.getRef()));

    assertThat(answer()).isEqualTo(first);
    assertThat(reads()).isEqualTo(2);
  }

  @Test
  void request_ofAnEarlierRun_isIgnored() {
    reader.tell(ReadFixture.read(2, 5, 1, link.getRef()));
    answer();

    reader.tell(ReadFixture.read(1, 6, 2, link.getRef()));

    link.expectNoMessage(ReadFixture.SILENCE);
    assertThat(reads()).isEqualTo(2);
  }

  @Test
  void laterRun_opensTheSourceAgain_andWhatTheEarlierHeldIsReleased() {
    reader.tell(ReadFixture.read(1, 5, 1, link.getRef()));
    FromReader.Read early = answer();

    reader.tell(ReadFixture.read(2, 5, 1, link.getRef()));
    FromReader.Read later = answer();
    ask(early, GiveInput.REPORT);

    chunks.expectNoMessage(ReadFixture.SILENCE);
    assertThat(later.held()).isNotEqualTo(early.held());
    await().untilAsserted(() -> assertThat(node.source.calls).contains("close"));
    assertThat(node.source.calls).filteredOn("open"::equals).hasSize(2);
  }

  @Test
  void discardedAttempt_isReleased_andNoOther() {
    reader.tell(ReadFixture.read(1, 5, 1, link.getRef()));
    FromReader.Read running = answer();
    reader.tell(ReadFixture.read(1, 6, 2, link.getRef()));
    FromReader.Read ahead = answer();

    reader.tell(new ToReader.Discard(1, 6, 1));
    reader.tell(new ToReader.Discard(1, 5, 1));
    ask(running, GiveInput.REPORT);
    ask(ahead, GiveInput.REPORT);

    assertThat(chunks.receiveMessage(ReadFixture.PATIENCE).fence().epoch()).isEqualTo(6);
    chunks.expectNoMessage(ReadFixture.SILENCE);
  }

  @Test
  void failure_isTold_andTheNextRequestReadsAgain() {
    node.source.failure.set(new IllegalStateException("broken"));
    reader.tell(ReadFixture.read(1, 5, 1, link.getRef()));

    FromReader.Failed failed =
        link.expectMessageClass(FromReader.Failed.class, ReadFixture.PATIENCE);
    assertThat(failed.share().attempt()).isEqualTo(new AttemptId(1, 5, 1));
    assertThat(failed.problem().text()).contains("broken");

    reader.tell(ReadFixture.read(1, 5, 2, link.getRef()));
    assertThat(answer().share().attempt().number()).isEqualTo(2);
  }

  /** The message of the failure may be lost. */
  @Test
  void requestThatFailed_andArrivesAgain_isReadAgain() {
    node.source.failure.set(new IllegalStateException("broken"));
    reader.tell(ReadFixture.read(1, 5, 1, link.getRef()));
    link.expectMessageClass(FromReader.Failed.class, ReadFixture.PATIENCE);

    reader.tell(ReadFixture.read(1, 5, 1, link.getRef()));

    assertThat(answer().share().attempt()).isEqualTo(new AttemptId(1, 5, 1));
  }

  @Test
  void commit_isToldToTheSource_unlessItIsOfAnotherRun() {
    reader.tell(ReadFixture.read(2, 5, 1, link.getRef()));
    answer();

    reader.tell(new ToReader.Committed(1, Offsets.none()));
    reader.tell(new ToReader.Committed(3, Offsets.none()));
    reader.tell(new ToReader.Committed(2, Offsets.none()));

    await().untilAsserted(() -> assertThat(node.source.calls).contains("committed"));
    reader.tell(ReadFixture.read(2, 6, 2, link.getRef()));
    answer();
    assertThat(node.source.calls).filteredOn("committed"::equals).hasSize(1);
  }

  @Test
  void end_closesTheSource() {
    reader.tell(ReadFixture.read(1, 5, 1, link.getRef()));
    answer();

    reader.tell(ReaderMessage.End.INSTANCE);

    await().untilAsserted(() -> assertThat(node.source.calls).endsWith("close"));
  }
}
