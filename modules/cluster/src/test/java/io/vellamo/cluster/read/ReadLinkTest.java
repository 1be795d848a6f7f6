package io.vellamo.cluster.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vellamo.actors.io.IoObserver;
import io.vellamo.api.source.Offsets;
import io.vellamo.cluster.chunk.InputPart;
import io.vellamo.engine.epoch.QueryLedger;
import io.vellamo.engine.pipeline.RoutedEpoch;
import io.vellamo.engine.protocol.query.Problem;
import io.vellamo.engine.protocol.query.QueryInput;
import io.vellamo.engine.shard.InitialGroups;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A link whose messages to and from a reader a test delivers by hand: late, twice, or not at all.
 */
final class ReadLinkTest {
  private static final long RUN = 3;

  private final ReadFixture node = new ReadFixture();
  private final TestProbe<ToReader> toReader = node.kit.createTestProbe(ToReader.class);
  private final TestProbe<FromReader> answers = node.kit.createTestProbe(FromReader.class);
  private final ActorRef<ReaderMessage> reader = node.kit.spawn(QueryReader.create(node.host));
  private final Told told = new Told();
  private final ActorRef<ReadLinkMessage> link =
      node.kit.spawn(ReadLink.create(node.host, told, told));

  /** The messages to the coordinator, as text. */
  private static final class Told implements IoObserver, HeldInputs {
    final List<String> all = new CopyOnWriteArrayList<>();

    @Override
    public void happened(QueryInput input) {
      all.add(input.toString());
    }

    @Override
    public void routed(RoutedEpoch routed, long attempt) {
      all.add(
          "epoch %d by %d with %d"
              .formatted(
                  routed.plan().epoch(),
                  attempt,
                  routed.elsewhere().values().stream().mapToInt(size -> size).sum()));
    }

    @Override
    public void readFailed(long epoch, long attempt, Throwable cause) {
      all.add("unreadable");
    }

    @Override
    public void initialStates(List<InitialGroups> states) {
      throw new AssertionError("not read here");
    }

    @Override
    public void failed(Function<Problem, QueryInput> input, Throwable cause) {
      throw new AssertionError("not called here", cause);
    }

    @Override
    public void held(long attempt, Map<Integer, List<InputPart>> parts) {
      all.add("held " + attempt);
    }

    @Override
    public void forgotten(long attempt) {
      all.add("forgotten " + attempt);
    }
  }

  @BeforeEach
  void begin() {
    link.tell(
        new ReadLinkMessage.Begin(
            QueryLedger.created(new UUID(0, 1), ReadFixture.SHARDS).resumed(RUN, "")));
  }

  @AfterEach
  void stop() {
    node.close();
  }

  private void readers(ActorRef<ToReader> known) {
    link.tell(new ReadLinkMessage.Readers(Set.of(known)));
  }

  private void readEpoch(long attempt) {
    link.tell(new ReadLinkMessage.ReadEpoch(ReadFixture.plan(5), attempt, true));
  }

  private ToReader.Read asked() {
    return toReader.expectMessageClass(ToReader.Read.class, ReadFixture.PATIENCE);
  }

  /** Lets the reader read what was asked for; returns its answer. */
  private FromReader.Read read(ToReader.Read asked) {
    reader.tell(new ToReader.Read(asked.incarnation(), asked.request(), answers.getRef()));
    return answers.expectMessageClass(FromReader.Read.class, ReadFixture.PATIENCE);
  }

  private void awaitTold(String... expected) {
    await()
        .atMost(ReadFixture.PATIENCE)
        .untilAsserted(() -> assertThat(told.all).containsExactly(expected));
  }

  @Test
  void epoch_isAskedForOnceAReaderIsKnown_andToldOnceItIsRead() {
    readEpoch(1);
    toReader.expectNoMessage(ReadFixture.SILENCE);

    readers(toReader.getRef());
    link.tell(read(asked()));

    awaitTold("held 1", "epoch 5 by 1 with 4");
  }

  @Test
  void request_thatIsLost_isSentAgainAfterASecond_andNotBefore() {
    readers(toReader.getRef());
    readEpoch(1);
    ToReader.Read first = asked();
    node.clock.advance(Duration.ofMillis(900));
    toReader.expectNoMessage(ReadFixture.SILENCE);

    node.clock.advance(Duration.ofMillis(200));

    assertThat(asked()).isEqualTo(first);
  }

  @Test
  void answer_thatArrivesTwice_isToldOnce_andEndsTheRequests() {
    readers(toReader.getRef());
    readEpoch(1);
    FromReader.Read read = read(asked());
    link.tell(read);
    link.tell(read);
    awaitTold("held 1", "epoch 5 by 1 with 4");

    node.clock.advance(Duration.ofSeconds(5));

    toReader.expectNoMessage(ReadFixture.SILENCE);
    assertThat(told.all).hasSize(2);
  }

  @Test
  void answers_ofAnotherAttempt_orRun_areIgnored() {
    readers(toReader.getRef());
    readEpoch(2);
    ToReader.Read asked = asked();
    link.tell(read(ReadFixture.read(RUN, 5, 1, answers.getRef())));
    link.tell(
        new FromReader.Failed(
            new ShareId(new AttemptId(RUN - 1, 5, 2), List.of(0, 1)), new Problem(0, "late")));
    link.tell(
        new FromReader.Failed(
            new ShareId(new AttemptId(RUN, 4, 2), List.of(0, 1)), new Problem(0, "late")));

    link.tell(read(asked));

    awaitTold("held 2", "epoch 5 by 2 with 4");
  }

  @Test
  void failure_isTold_andEverythingOfTheAttemptIsReleased() {
    readers(toReader.getRef());
    readEpoch(1);
    ToReader.Read asked = asked();
    FromReader.Failed failed = new FromReader.Failed(ShareId.of(asked), new Problem(0, "broken"));
    link.tell(failed);
    link.tell(failed);

    assertThat(toReader.receiveMessage(ReadFixture.PATIENCE))
        .isEqualTo(new ToReader.Discard(RUN, 5, 1));
    toReader.expectNoMessage(ReadFixture.SILENCE);
    assertThat(told.all)
        .containsExactly(
            "forgotten 1", new QueryInput.ReadFailed(5, 1, new Problem(0, "broken")).toString());
  }

  @Test
  void share_ofAReaderThatIsGone_isReadByAnother_evenAfterItWasTold() {
    TestProbe<ToReader> other = node.kit.createTestProbe(ToReader.class);
    readers(toReader.getRef());
    readEpoch(1);
    link.tell(read(asked()));
    awaitTold("held 1", "epoch 5 by 1 with 4");

    readers(other.getRef());
    link.tell(read(other.expectMessageClass(ToReader.Read.class, ReadFixture.PATIENCE)));

    awaitTold("held 1", "epoch 5 by 1 with 4", "held 1");
  }

  @Test
  void attempt_thatIsForgotten_isReleased_andItsAnswerIgnored() {
    readers(toReader.getRef());
    readEpoch(1);
    FromReader.Read late = read(asked());

    link.tell(new ReadLinkMessage.Forget(5, 1));
    link.tell(late);

    assertThat(toReader.receiveMessage(ReadFixture.PATIENCE))
        .isEqualTo(new ToReader.Discard(RUN, 5, 1));
    node.clock.advance(Duration.ofSeconds(5));
    toReader.expectNoMessage(ReadFixture.SILENCE);
    assertThat(told.all).containsExactly("forgotten 1");
  }

  @Test
  void commit_isToldToAllReaders() {
    readers(toReader.getRef());

    link.tell(new ReadLinkMessage.Commit(Offsets.none()));

    assertThat(toReader.receiveMessage(ReadFixture.PATIENCE))
        .isEqualTo(new ToReader.Committed(RUN, Offsets.none()));
  }
}
