package io.vellamo.cluster.shard;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.vellamo.actors.calls.FunctionCalls;
import io.vellamo.actors.calls.UserCalls;
import io.vellamo.actors.query.QuerySpec;
import io.vellamo.api.RetryableException;
import io.vellamo.api.group.GroupStateTimeout;
import io.vellamo.cluster.checks.PlannedQuery;
import io.vellamo.cluster.shard.RangeOrder.Kind;
import io.vellamo.cluster.shard.RangeOutcome.Committed;
import io.vellamo.cluster.shard.RangeOutcome.Failed;
import io.vellamo.cluster.shard.RangeOutcome.Lacking;
import io.vellamo.cluster.shard.RangeOutcome.Written;
import io.vellamo.connectors.memory.MemorySource;
import io.vellamo.testkit.ManualClock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

final class ShardSinkTest {
  private static final UUID QUERY = new UUID(0, 1);
  private static final int SHARD = 2;
  private static final int SHARDS = 4;

  private final LoggedRanges ranges = new LoggedRanges();
  private final QueuedCalls thread = new QueuedCalls();
  private final ShardSink sink = new ShardSink(host(), SHARD, SHARDS);

  private ShardHost host() {
    QuerySpec spec =
        PlannedQuery.spec(
            "words",
            ManualClock.at(Instant.EPOCH),
            query ->
                query
                    .from(MemorySource.<String>create())
                    .groupByKey(word -> word)
                    .mapGroupsWithState(
                        GroupStateTimeout.NONE, String.class, (word, events, state) -> word)
                    .to(ranges));
    UserCalls calls = new UserCalls(() -> {}, System::nanoTime);
    return new ShardHost(
        spec, new FunctionCalls("unused", Runnable::run, calls), shard -> thread.thread());
  }

  private static RangeOrder order(long run, long number, Kind kind, long epoch) {
    return new RangeOrder(number, kind, epoch, QUERY, run, SHARDS);
  }

  /** Carries out an order, as the entity does. */
  private RangeOutcome carriedOut(RangeOrder order) {
    CompletionStage<RangeOutcome> stage = requireNonNull(sink.carryOut(order), "outcome");
    thread.run();
    RangeOutcome outcome = stage.toCompletableFuture().join();
    sink.done(order, outcome);
    return outcome;
  }

  @Test
  void epoch_isWrittenAndCommitted_atTheRangeOfTheShard() {
    sink.keep(5, List.of("a", "b"));

    assertThat(carriedOut(order(3, 1, Kind.WRITE, 5))).isEqualTo(new Written(2));
    assertThat(carriedOut(order(3, 2, Kind.COMMIT, 5))).isEqualTo(new Committed());

    assertThat(ranges.calls).containsExactly("open 2-2 after 4 by 3", "write 5 [a, b]", "commit 5");
  }

  @Test
  void epochWithoutPartOfTheShard_isWrittenWithoutRows_evenIfThoseOfAnotherAreKept() {
    sink.keep(4, List.of("a"));

    assertThat(carriedOut(order(3, 1, Kind.WRITE_NOTHING, 5))).isEqualTo(new Written(0));

    assertThat(ranges.calls).contains("write 5 []");
  }

  @Test
  void rowsOfAnotherEpoch_areNotWritten() {
    sink.keep(4, List.of("a"));

    assertThat(carriedOut(order(3, 1, Kind.WRITE, 5))).isEqualTo(new Lacking());

    assertThat(ranges.calls).isEmpty();
  }

  @Test
  void orderThatArrivesTwice_isCarriedOutOnce_andAnsweredTwice() {
    sink.keep(5, List.of("a"));
    RangeOrder write = order(3, 1, Kind.WRITE, 5);
    CompletionStage<RangeOutcome> first = requireNonNull(sink.carryOut(write), "outcome");

    assertThat(sink.carryOut(write)).as("while it is carried out").isNull();
    thread.run();
    sink.done(write, first.toCompletableFuture().join());
    assertThat(carriedOut(write)).isEqualTo(new Written(1));

    assertThat(ranges.calls).containsExactly("open 2-2 after 4 by 3", "write 5 [a]");
  }

  @Test
  void orderBeforeTheLast_isIgnored() {
    sink.keep(5, List.of("a"));
    carriedOut(order(3, 1, Kind.WRITE, 5));
    carriedOut(order(3, 2, Kind.COMMIT, 5));

    assertThat(sink.carryOut(order(3, 1, Kind.WRITE, 5))).isNull();

    assertThat(ranges.calls).endsWith("commit 5");
  }

  @Test
  void outcomeOfAnOrderBeforeTheLast_isNotTakenForThatOfTheLast() {
    sink.keep(5, List.of("a"));
    RangeOrder first = order(3, 1, Kind.WRITE, 5);
    CompletionStage<RangeOutcome> late = requireNonNull(sink.carryOut(first), "outcome");
    RangeOrder second = order(3, 2, Kind.WRITE, 5);
    CompletionStage<RangeOutcome> last = requireNonNull(sink.carryOut(second), "outcome");

    thread.run();
    sink.done(first, late.toCompletableFuture().join());

    assertThat(sink.carryOut(second)).as("no outcome is known").isNull();
    sink.done(second, last.toCompletableFuture().join());
    assertThat(carriedOut(second)).isEqualTo(new Written(1));
  }

  @Test
  void anotherAttemptOfAnEpoch_isNotWrittenAgain() {
    sink.keep(5, List.of("a"));
    carriedOut(order(3, 1, Kind.WRITE, 5));

    assertThat(carriedOut(order(3, 2, Kind.WRITE, 5))).isEqualTo(new Written(1));

    assertThat(ranges.calls).containsExactly("open 2-2 after 4 by 3", "write 5 [a]");
  }

  @Test
  void rowsThatTheStoreHasLost_areLacking_andWrittenAgain() {
    sink.keep(5, List.of("a"));
    carriedOut(order(3, 1, Kind.WRITE, 5));
    ranges.holds = false;

    assertThat(carriedOut(order(3, 2, Kind.COMMIT, 5))).isEqualTo(new Lacking());
    assertThat(carriedOut(order(3, 3, Kind.WRITE, 5))).isEqualTo(new Written(1));

    assertThat(ranges.calls).containsExactly("open 2-2 after 4 by 3", "write 5 [a]", "write 5 [a]");
  }

  @Test
  void laterRun_opensTheRangeAgain_andOrdersOfTheEarlierOneAreIgnored() {
    sink.keep(5, List.of("a"));
    carriedOut(order(3, 7, Kind.WRITE, 5));

    assertThat(carriedOut(order(4, 1, Kind.COMMIT, 5))).isEqualTo(new Committed());
    assertThat(sink.carryOut(order(3, 8, Kind.COMMIT, 5))).isNull();

    assertThat(ranges.calls)
        .containsExactly(
            "open 2-2 after 4 by 3",
            "write 5 [a]",
            "close of 3",
            "open 2-2 after 5 by 4",
            "commit 5");
  }

  @Test
  void laterRun_writesTheEpochAgain() {
    sink.keep(5, List.of("a"));
    carriedOut(order(3, 1, Kind.WRITE, 5));

    assertThat(carriedOut(order(4, 1, Kind.WRITE, 5))).isEqualTo(new Written(1));

    assertThat(ranges.calls).endsWith("open 2-2 after 4 by 4", "write 5 [a]");
  }

  @Test
  void outcomeOfAnEarlierRun_isNotTakenForThatOfTheLater() {
    sink.keep(5, List.of("a"));
    RangeOrder early = order(3, 1, Kind.WRITE, 5);
    CompletionStage<RangeOutcome> late = requireNonNull(sink.carryOut(early), "outcome");
    RangeOrder later = order(4, 1, Kind.WRITE, 5);
    requireNonNull(sink.carryOut(later), "outcome");

    thread.run();
    sink.done(early, late.toCompletableFuture().join());

    assertThat(sink.carryOut(later)).as("no outcome is known").isNull();
  }

  @Test
  void failure_isAnOutcome_andTheNextOrderWritesAgain() {
    sink.keep(5, List.of("a"));
    ranges.failure = new IllegalStateException("broken");

    assertThat(carriedOut(order(3, 1, Kind.WRITE, 5)))
        .isInstanceOfSatisfying(
            Failed.class, failed -> assertThat(failed.problem().text()).contains("broken"));
    assertThat(carriedOut(order(3, 2, Kind.WRITE, 5))).isEqualTo(new Written(1));

    assertThat(ranges.calls)
        .containsExactly("open 2-2 after 4 by 3", "open 2-2 after 4 by 3", "write 5 [a]");
  }

  @Test
  void failureThatIsRetried_closesTheWriter_andTheNextOrderOpensTheRangeAgain() {
    sink.keep(5, List.of("a"));
    carriedOut(order(3, 1, Kind.WRITE, 5));
    ranges.failure = new RetryableException("refused", null);

    assertThat(carriedOut(order(3, 2, Kind.COMMIT, 5))).isInstanceOf(Failed.class);
    assertThat(carriedOut(order(3, 3, Kind.COMMIT, 5))).isEqualTo(new Committed());

    assertThat(ranges.calls)
        .containsSubsequence("commit 5", "close of 3", "open 2-2 after 5 by 3", "commit 5");
  }

  @Test
  void close_comesAfterTheCallsUnderWay_andEndsTheThread() {
    sink.keep(5, List.of("a"));
    sink.carryOut(order(3, 1, Kind.WRITE, 5));

    sink.close();
    thread.run();

    assertThat(ranges.calls).containsExactly("open 2-2 after 4 by 3", "write 5 [a]", "close of 3");
    assertThat(thread.isTerminated()).isTrue();
  }
}
