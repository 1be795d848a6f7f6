package io.vellamo.engine.protocol.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vellamo.engine.protocol.Fence;
import io.vellamo.engine.protocol.ShardFailure;
import io.vellamo.engine.protocol.ShardReply;
import io.vellamo.engine.protocol.ShardRequest;
import io.vellamo.engine.protocol.ShardRequest.NextPage;
import io.vellamo.engine.protocol.ShardRequest.Open;
import io.vellamo.engine.protocol.ShardRequest.RunEpoch;
import io.vellamo.engine.protocol.ShardRequest.SendRows;
import io.vellamo.engine.protocol.ShardSize;
import io.vellamo.engine.protocol.ShardWork;
import io.vellamo.engine.protocol.query.Deliveries.Due;
import io.vellamo.engine.shard.NextDue;
import io.vellamo.engine.shard.ShardDigest;
import io.vellamo.engine.time.EpochTimes;
import io.vellamo.engine.time.Watermark;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The requests that are sent again, when, and until when. */
final class DeliveriesTest {
  private static final long FIRST = 500;
  private static final long MOST = 5_000;
  private static final Fence FENCE = new Fence(7, 3, 12, 4);
  private static final Fence OTHER = new Fence(7, 3, 12, 5);

  private final Deliveries deliveries = new Deliveries(FIRST, MOST);

  @Test
  void requestWithoutAnswer_isSentAgainAtIntervalsThatDoubleUpToTheLongest() {
    deliveries.sent(2, open(7), 0);

    List<Long> times = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      long next = deliveries.nextMillis().orElseThrow();
      assertThat(deliveries.due(next - 1)).isEmpty();
      assertThat(deliveries.due(next)).containsExactly(new Due(2, open(7)));
      times.add(next);
    }

    assertThat(times).containsExactly(500L, 1_500L, 3_500L, 7_500L, 12_500L, 17_500L);
  }

  @Test
  void dueRequests_comeInTheOrderOfTheirShards() {
    deliveries.sent(9, open(7), 0);
    deliveries.sent(1, run(FENCE), 10);
    deliveries.sent(4, open(7), 20);

    assertThat(deliveries.due(1_000)).extracting(Due::shard).containsExactly(1, 4, 9);
    assertThat(deliveries.nextMillis()).hasValue(2_000);
  }

  @Test
  void nothingPending_isNeverDue() {
    assertThat(deliveries.nextMillis()).isEmpty();
    assertThat(deliveries.due(Long.MAX_VALUE)).isEmpty();
  }

  record Answer(ShardRequest request, ShardReply reply) {}

  static List<Answer> answers() {
    return List.of(
        new Answer(open(7), opened(7)),
        new Answer(open(7), failed(null)),
        new Answer(run(FENCE), done(FENCE)),
        new Answer(run(FENCE), failed(FENCE)),
        new Answer(run(FENCE), new ShardReply.NotOpened(2, FENCE)),
        new Answer(run(FENCE), new ShardReply.Page(2, FENCE, 0)),
        new Answer(new NextPage(FENCE, 3), new ShardReply.Page(2, FENCE, 3)),
        new Answer(new NextPage(FENCE, 3), done(FENCE)),
        new Answer(new NextPage(FENCE, 3), failed(FENCE)),
        new Answer(new NextPage(FENCE, 3), new ShardReply.NotOpened(2, FENCE)),
        new Answer(new SendRows(FENCE), done(FENCE)),
        new Answer(new SendRows(FENCE), failed(FENCE)),
        new Answer(new SendRows(FENCE), new ShardReply.NotOpened(2, FENCE)),
        new Answer(new ShardRequest.ListParked(FENCE), new ShardReply.Parked(2, FENCE, List.of())),
        new Answer(
            new ShardRequest.RequestParks(FENCE, List.of()),
            new ShardReply.ParksRequested(2, FENCE, List.of(), NextDue.NEVER)),
        new Answer(
            new ShardRequest.ReadGroups(FENCE, List.of()),
            new ShardReply.GroupsRead(2, FENCE, 12, List.of())),
        new Answer(
            new ShardRequest.ReadGroups(FENCE, List.of()), new ShardReply.NotOpened(2, FENCE)),
        new Answer(
            new ShardRequest.Digest(5),
            new ShardReply.Digested(2, 5, new ShardDigest(0, 0, 0, 0))));
  }

  @ParameterizedTest
  @MethodSource("answers")
  void answeredRequest_isForgotten(Answer answer) {
    deliveries.sent(2, answer.request(), 0);
    deliveries.sent(3, answer.request(), 0);

    deliveries.replied(answer.reply());

    assertThat(deliveries.due(FIRST)).containsExactly(new Due(3, answer.request()));
  }

  static List<Answer> otherAnswers() {
    return List.of(
        new Answer(open(7), opened(6)),
        new Answer(open(7), failed(FENCE)),
        new Answer(open(7), done(FENCE)),
        new Answer(run(FENCE), opened(7)),
        new Answer(run(FENCE), done(OTHER)),
        new Answer(run(FENCE), failed(OTHER)),
        new Answer(run(FENCE), failed(null)),
        new Answer(run(FENCE), new ShardReply.NotOpened(2, OTHER)),
        new Answer(new NextPage(FENCE, 3), new ShardReply.Page(2, FENCE, 2)),
        new Answer(new NextPage(FENCE, 3), new ShardReply.Page(2, OTHER, 3)),
        new Answer(new SendRows(FENCE), done(OTHER)),
        new Answer(new ShardRequest.ListParked(FENCE), new ShardReply.Parked(2, OTHER, List.of())),
        new Answer(
            new ShardRequest.RequestParks(FENCE, List.of()),
            new ShardReply.ParksRequested(2, OTHER, List.of(), NextDue.NEVER)),
        new Answer(
            new ShardRequest.ReadGroups(FENCE, List.of()),
            new ShardReply.GroupsRead(2, OTHER, 12, List.of())),
        new Answer(
            new ShardRequest.Digest(5),
            new ShardReply.Digested(2, 4, new ShardDigest(0, 0, 0, 0))));
  }

  @ParameterizedTest
  @MethodSource("otherAnswers")
  void answerToAnotherRequest_changesNothing(Answer answer) {
    deliveries.sent(2, answer.request(), 0);

    deliveries.replied(answer.reply());

    assertThat(deliveries.due(FIRST)).containsExactly(new Due(2, answer.request()));
  }

  @Test
  void laterRequestOfAKind_replacesTheEarlierOne_andIsDueLater() {
    deliveries.sent(2, run(FENCE), 0);
    deliveries.sent(2, new NextPage(FENCE, 1), 400);

    assertThat(deliveries.due(FIRST)).isEmpty();
    assertThat(deliveries.due(900)).containsExactly(new Due(2, new NextPage(FENCE, 1)));
  }

  @Test
  void nextAttempt_forgetsTheEarlierOneInAllShards() {
    deliveries.sent(1, run(FENCE), 0);
    deliveries.sent(2, new NextPage(FENCE, 1), 0);
    deliveries.sent(3, new SendRows(FENCE), 0);
    deliveries.sent(4, open(7), 0);

    deliveries.sent(5, run(OTHER), 0);

    assertThat(deliveries.due(FIRST))
        .containsExactly(
            new Due(3, new SendRows(FENCE)), new Due(4, open(7)), new Due(5, run(OTHER)));
  }

  @Test
  void otherShardsOfTheSameAttempt_areKept() {
    deliveries.sent(1, run(FENCE), 0);
    deliveries.sent(2, run(FENCE), 0);

    assertThat(deliveries.due(FIRST)).hasSize(2);
  }

  @Test
  void requestsWithNumbers_doNotReplaceEachOther() {
    deliveries.sent(2, new ShardRequest.ListParked(FENCE), 0);
    deliveries.sent(2, new ShardRequest.ListParked(OTHER), 0);

    assertThat(deliveries.due(FIRST)).hasSize(2);
  }

  @Test
  void discardedAttempt_isNotSentAgain() {
    deliveries.sent(1, run(FENCE), 0);
    deliveries.sent(2, open(7), 0);

    deliveries.discarded(12, 5);
    deliveries.discarded(12, 4);

    assertThat(deliveries.due(FIRST)).containsExactly(new Due(2, open(7)));
  }

  @Test
  void forgottenShard_isNotAskedAgain() {
    deliveries.sent(1, open(7), 0);
    deliveries.sent(2, open(7), 0);
    deliveries.sent(2, new ShardRequest.Digest(1), 0);

    deliveries.forget(2);

    assertThat(deliveries.due(FIRST)).containsExactly(new Due(1, open(7)));
  }

  @Test
  void intervals_thatCannotBe_areRefused() {
    assertThatThrownBy(() -> new Deliveries(0, 10))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("firstMillis must be positive, was [0]");
    assertThatThrownBy(() -> new Deliveries(20, 10))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("mostMillis must not be less than firstMillis [20], was [10]");
  }

  private static Open open(long incarnation) {
    return new Open(incarnation, false, List.of());
  }

  private static RunEpoch run(Fence fence) {
    EpochTimes times = new EpochTimes(fence.epoch(), 0, Watermark.NONE, Watermark.NONE);
    return new RunEpoch(fence, times, List.of(), false);
  }

  private static ShardReply.Opened opened(long incarnation) {
    return new ShardReply.Opened(2, incarnation, 3, NextDue.NEVER, ShardSize.EMPTY);
  }

  private static ShardReply.Done done(Fence fence) {
    return new ShardReply.Done(
        2, fence, 0, 0, NextDue.NEVER, ShardSize.EMPTY, 0, 0, ShardWork.NONE);
  }

  private static ShardReply.Failed failed(@Nullable Fence fence) {
    return new ShardReply.Failed(2, fence, ShardFailure.of("no"));
  }
}
