package io.vellamo.engine.protocol.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vellamo.api.query.Trigger;
import io.vellamo.engine.journal.QueryState;
import io.vellamo.engine.pipeline.CompiledQuery;
import io.vellamo.engine.pipeline.Route;
import io.vellamo.engine.protocol.Fence;
import io.vellamo.engine.protocol.ShardFailure;
import io.vellamo.engine.protocol.ShardReply;
import io.vellamo.engine.protocol.query.QueryMachine.State;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The states of a query, and what leads from one to the next. */
final class QueryMachineTest {

  private final MachineRun run = new MachineRun(1, Trigger.asap());

  @Test
  void newQuery_journalsItsBeginning_opensSourceAndSinks_thenShards_thenAsksTheSource() {
    run.on(new QueryInput.Recovered(run.durable));
    assertThat(run.effects()).containsExactly("persist [QueryCreated, QueryResumed]");
    assertThat(run.machine.state()).isEqualTo(State.RESUMING);

    run.journaled();
    assertThat(run.effects()).containsExactly("open");
    assertThat(run.machine.state()).isEqualTo(State.OPENING);

    run.on(new QueryInput.Opened());
    assertThat(run.effects()).containsExactly("start shards", "Open 0", "Open 1");

    run.opened(0, 1);
    assertThat(run.effects()).isEmpty();
    run.opened(1, 1);
    assertThat(run.effects()).containsExactly("ask");
    assertThat(run.machine.state()).isEqualTo(State.ASKING);
  }

  @Test
  void epoch_isJournaledBeforeItIsRead_andCommittedAfterTheSinkHasIt() {
    run.begin();
    run.effects();

    run.offer(0, 5);
    assertThat(run.effects()).containsExactly("persist [EpochPlanned]");
    run.journaled();
    assertThat(run.effects()).containsExactly("read 1");
    assertThat(run.machine.state()).isEqualTo(State.RUNNING);
    run.read(1, 0);
    assertThat(run.effects()).containsExactly("run 0 epoch 1");
    run.done(0);
    assertThat(run.effects()).containsExactly("write 1");
    run.on(new QueryInput.SinkWritten(1, 1));
    assertThat(run.effects()).containsExactly("discard 1", "ask");
    run.offer(5, 5);
    assertThat(run.effects()).containsExactly("cancel wake-up", "persist [EpochCommitted]");
    run.journaled();
    assertThat(run.effects()).containsExactly("publish Progress", "tell source", "ask");
    run.offer(5, 5);
    assertThat(run.effects()).containsExactly("cancel wake-up");
    assertThat(run.machine.state()).isEqualTo(State.IDLE);
  }

  @Test
  void nextEpoch_isPlannedInTheWriteOfTheCommit_ifThereIsInput() {
    run.begin();
    finishEpoch(1);
    run.effects();

    run.offer(5, 9);

    assertThat(run.effects()).containsExactly("persist [EpochCommitted, EpochPlanned]");
  }

  @Test
  void operators_runInOrder_withTheirRowsRoutedInBetween() {
    MachineRun chain = new MachineRun(2, Trigger.asap()).begin();
    chain.offer(0, 5);
    chain.journaled();
    chain.effects();

    chain.read(1, 0, 1);
    assertThat(chain.effects()).containsExactly("run 0 epoch 1", "run 1 epoch 1");
    chain.done(1);
    assertThat(chain.effects()).isEmpty();
    chain.done(0);
    assertThat(chain.effects()).containsExactly("route rows of 0");
    chain.on(new QueryInput.RowsRouted(1, chain.lastAttempt, MachineRun.summary(0, 1, 3)));
    assertThat(chain.effects()).containsExactly("run 3 epoch 1");
    chain.done(3);
    assertThat(chain.effects()).containsExactly("write 1");
  }

  @Test
  void plannedEpochOfAnEarlierRun_isRunAgain_inAllShards() {
    run.begin();
    run.offer(0, 5);
    run.journaled();
    MachineRun next = new MachineRun(1, Trigger.asap(), run.durable).begin();
    assertThat(next.effects()).contains("persist [QueryResumed]", "read 1").doesNotContain("ask");

    next.read(1, 0);

    assertThat(next.effects()).containsExactly("run 0 epoch 1", "run 1 epoch 1");
    assertThat(next.fence(0).incarnation()).isEqualTo(2);
  }

  @Test
  void otherInputs_areKeptWhileTheJournalWrites() {
    run.begin();
    run.offer(0, 5);
    run.effects();

    run.on(new QueryInput.Stop());
    run.on(new QueryInput.Woken());
    assertThat(run.effects()).isEmpty();
    run.journaled();

    assertThat(run.effects()).containsExactly("read 1", "finish");
    assertThat(run.machine.state()).isEqualTo(State.STOPPED);
  }

  @Test
  void stop_afterTheSink_commitsFirst() {
    run.begin();
    finishEpoch(1);
    run.effects();

    run.on(new QueryInput.Stop());
    assertThat(run.effects()).containsExactly("persist [EpochCommitted]");
    run.journaled();

    assertThat(run.effects()).containsExactly("publish Progress", "tell source", "finish");
  }

  @Test
  void answersOfAnEarlierEpochOrAttempt_areIgnoredAndCounted() {
    run.begin();
    run.offer(0, 5);
    run.journaled();
    run.read(1, run.lastAttempt + 1, 0);
    assertThat(run.effects()).doesNotContain("run 0 epoch 1");
    run.read(1, 0);
    run.effects();
    Fence fence = run.fence(0);

    run.done(0, new Fence(fence.incarnation(), fence.owner(), 7, fence.attempt()), 1);
    run.done(0, new Fence(fence.incarnation() - 1, fence.owner(), 1, fence.attempt()), 1);
    run.done(0, new Fence(fence.incarnation(), fence.owner() - 1, 1, fence.attempt()), 1);
    run.done(0, new Fence(fence.incarnation(), fence.owner(), 1, fence.attempt() - 1), 1);
    run.done(1);

    assertThat(run.effects()).isEmpty();
    assertThat(run.machine.ignored()).isEqualTo(6);
    run.done(0);
    assertThat(run.effects()).containsExactly("write 1");
    run.done(0);
    assertThat(run.machine.ignored()).isEqualTo(7);
  }

  @Test
  void failureOfAnEpoch_endsTheQuery_andSaysWhatWasEmitted() {
    run.begin();
    run.offer(0, 5);
    run.journaled();
    run.read(1, 0);
    run.effects();

    run.reply(new ShardReply.Failed(0, run.fence(0), ShardFailure.of("it threw")));

    assertThat(run.effects())
        .containsExactly(
            "fail Query [q] failed in epoch [1]: it threw; nothing of the epoch was emitted, a"
                + " restart runs it again",
            "finish");
  }

  @Test
  void epochBehindAFullOne_isReadAhead_andItsOutcomeKeptUntilItsTurn() {
    run.begin();
    run.offer(0, 10);
    run.journaled();
    run.effects();

    run.read(1, 0, 1);
    assertThat(run.effects()).containsExactly("ask ahead", "run 0 epoch 1", "run 1 epoch 1");
    run.on(new QueryInput.OfferedAhead(MachineRun.ranges(10, 20)));
    assertThat(run.effects()).containsExactly("read 2");
    run.read(2, 0, 1);
    assertThat(run.effects()).isEmpty();
    run.done(0);
    run.done(1);
    run.on(new QueryInput.SinkWritten(1, 2));
    assertThat(run.effects())
        .containsExactly("write 1", "discard 1", "persist [EpochCommitted, EpochPlanned]");
    run.journaled();

    assertThat(run.effects())
        .containsExactly(
            "publish Progress", "tell source", "ask ahead", "run 0 epoch 2", "run 1 epoch 2");
  }

  @Test
  void epochReadAhead_isAbandonedWithTheOneInFront() {
    run.begin();
    run.offer(0, 10);
    run.journaled();
    run.read(1, 0, 1);
    run.on(new QueryInput.OfferedAhead(MachineRun.ranges(10, 20)));
    long attemptAhead = run.lastAttempt;
    run.on(new QueryInput.ShardLost(1, new Problem(1, "unreachable"), true));
    run.on(new QueryInput.ShardRestarted(1));
    run.effects();

    run.opened(1, 2);
    assertThat(run.effects()).containsExactly("discard 1", "discard 2", "read 1");
    run.read(2, attemptAhead, 0, 1);
    assertThat(run.effects()).isEmpty();
    run.read(1, 0, 1);

    assertThat(run.effects()).containsExactly("ask ahead", "run 0 epoch 1", "run 1 epoch 1");
  }

  @Test
  void timedTrigger_holdsBackTheNextEpoch() {
    MachineRun timed = new MachineRun(1, Trigger.processingTime(Duration.ofSeconds(10))).begin();
    finishEpoch(timed, 1);
    assertThat(timed.effects()).endsWith("discard 1", "persist [EpochCommitted]");
    timed.journaled();

    assertThat(timed.effects())
        .containsExactly("publish Progress", "tell source", "wake after 10000");
    timed.wallMillis += 10_000;
    timed.elapsedMillis += 10_000;
    timed.on(new QueryInput.Woken());
    assertThat(timed.effects()).containsExactly("ask");
  }

  @Test
  void availableNow_finishesWhenThereIsNothingMore() {
    MachineRun ending = new MachineRun(1, Trigger.availableNow()).begin();
    finishEpoch(ending, 1);
    ending.effects();

    ending.offer(5, 5);
    assertThat(ending.effects()).containsExactly("persist [EpochCommitted]");
    ending.journaled();

    assertThat(ending.effects()).containsExactly("publish Progress", "tell source", "finish");
    assertThat(ending.machine.state()).isEqualTo(State.STOPPED);
  }

  @Test
  void settle_isAnsweredOnceEverythingOfferedIsCommitted() {
    run.begin();
    run.offer(0, 0);
    run.effects();

    run.on(new QueryInput.Requested(List.of(new QueryRequest.Settle(3))));
    assertThat(run.effects()).containsExactly("ask");
    run.offer(0, 0);

    assertThat(run.effects()).containsExactly("answer 3 true", "cancel wake-up");
  }

  @Test
  void journalOfAnotherNumberOfSources_isRefused() {
    Route first = new Route(List.of(), 0, Route.SINK);
    CompiledQuery two = new CompiledQuery(List.of(first, first), List.of(), false);
    MachineRun before =
        new MachineRun(
            MachineRun.setup(two, Trigger.asap(), List.of("left", "right"), null),
            QueryState.EMPTY);
    before.begin();
    MachineRun next = new MachineRun(0, Trigger.asap(), before.durable);

    next.on(new QueryInput.Recovered(before.durable));

    assertThat(next.effects())
        .containsExactly(
            "fail Query [q] failed: the query must have [2] sources, as when it was first started,"
                + " has [1]; the offsets in the journal belong to them, start a query of another"
                + " name",
            "finish");
  }

  @Test
  void operatorThatIsAdded_isJournaledFirst() {
    run.begin();
    MachineRun next = new MachineRun(2, Trigger.asap(), run.durable);

    next.on(new QueryInput.Recovered(run.durable));

    assertThat(next.effects()).containsExactly("persist [OperatorsAdded, QueryResumed]");
  }

  @Test
  void journal_getsASnapshot_whereARecoveryThenBegins() {
    run.begin();
    long epochs = 0;
    List<String> effects;
    do {
      epochs++;
      finishEpoch(epochs);
      run.offer(5 * epochs, 5 * epochs);
      run.effects();
      run.journaled();
      effects = run.effects();
    } while (!effects.get(0).startsWith("mark"));

    // The run begins with two records, and each epoch has two.
    assertThat(epochs).isEqualTo(249);
    assertThat(effects).startsWith("mark 500 before 0", "publish Progress", "tell source");
    assertThat(run.machine.journal().records()).isZero();
  }

  @Test
  void sourceThatIsAskedAhead_isStillAwaited_ifTheEpochIsRunAgainTwice() {
    run.begin();
    run.offer(0, 10);
    run.journaled();
    run.read(1, 0, 1);
    for (int owner = 2; owner < 4; owner++) {
      run.lost(1);
      run.opened(1, owner);
      run.read(1, 0, 1);
    }
    run.effects();

    run.on(new QueryInput.OfferedAhead(MachineRun.ranges(10, 20)));

    assertThat(run.effects()).isEmpty();
    assertThat(run.machine.ignored()).isEqualTo(1);
  }

  @Test
  void inputThatCanNotOccur_isAnError() {
    run.begin();

    assertThatThrownBy(() -> run.on(new QueryInput.Opened()))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("state [ASKING] has no input [Opened[]]");
    assertThatThrownBy(() -> run.on(new QueryInput.Journaled(1)))
        .isInstanceOf(AssertionError.class);
    assertThatThrownBy(() -> run.on(new QueryInput.SinkWritten(1, 1)))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("state [ASKING] has no input [SinkWritten[");
  }

  @Test
  void stoppedQuery_ignoresEverything() {
    run.begin();
    run.on(new QueryInput.Stop());
    run.effects();

    run.offer(0, 5);
    run.on(new QueryInput.Woken());

    assertThat(run.effects()).isEmpty();
    assertThat(run.machine.ignored()).isEqualTo(2);
  }

  /** Runs the first epoch, up to the sink's answer. */
  private void finishEpoch(long epoch) {
    finishEpoch(run, epoch);
  }

  private static void finishEpoch(MachineRun run, long epoch) {
    run.offer(5 * (epoch - 1), 5 * epoch);
    run.journaled();
    run.read(epoch, 0);
    run.done(0);
    run.on(new QueryInput.SinkWritten(epoch, 1));
  }
}
