package io.vellamo.engine.protocol.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vellamo.api.query.Trigger;
import io.vellamo.engine.group.GroupKey;
import io.vellamo.engine.group.TestCodecs;
import io.vellamo.engine.protocol.Fence;
import io.vellamo.engine.protocol.ShardFailure;
import io.vellamo.engine.protocol.ShardReply;
import io.vellamo.engine.protocol.query.QueryMachine.State;
import io.vellamo.engine.shard.ParkRequest;
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
  void shardThatStopsBeforeItsAnswer_isStartedAgain_andTheEpochReadAndAskedAgainInAll() {
    run.begin();
    run.offer(0, 5);
    run.journaled();
    run.read(1, 0, 1);
    run.done(0);
    run.effects();
    final Fence old = run.fence(1);

    run.on(new QueryInput.ShardLost(1, new Problem(1, "unreachable"), true));
    assertThat(run.effects()).containsExactly("publish ShardRestarting", "restart 1 after 100");
    run.on(new QueryInput.ShardRestarted(1));
    assertThat(run.effects()).containsExactly("Open 1");
    run.opened(1, 2);
    assertThat(run.effects()).containsExactly("discard 1", "read 1");
    run.read(1, 0, 1);
    assertThat(run.effects()).containsExactly("run 0 epoch 1", "run 1 epoch 1");
    run.done(1, old, 1);
    run.done(0);
    assertThat(run.effects()).isEmpty();
    run.done(1);
    assertThat(run.effects()).containsExactly("write 1");
    assertThat(run.fence(1).owner()).isEqualTo(2);
  }

  @Test
  void shardThatStopsAfterItsAnswer_doesNotHoldUpTheCommit_butTheNextEpoch() {
    run.begin();
    finishEpoch(1);
    run.on(new QueryInput.ShardLost(0, new Problem(1, "unreachable"), true));
    run.offer(5, 9);
    run.journaled();
    run.effects();

    run.read(2, 0);
    assertThat(run.effects()).isEmpty();
    run.on(new QueryInput.ShardRestarted(0));
    run.opened(0, 2);

    assertThat(run.effects()).containsExactly("Open 0", "run 0 epoch 2");
  }

  @Test
  void shardTakenForLost_thatAnswersNevertheless_letsTheEpochGoOn() {
    run.begin();
    run.offer(0, 5);
    run.journaled();
    run.read(1, 0);
    run.on(new QueryInput.ShardLost(0, new Problem(1, "unreachable"), true));
    run.effects();

    run.done(0);
    assertThat(run.effects()).containsExactly("write 1");
    run.on(new QueryInput.ShardRestarted(0));
    run.opened(0, 2);

    assertThat(run.effects()).containsExactly("Open 0");
  }

  @Test
  void reportOfADeadActivation_doesNotHideTheOneThatFollows() {
    run.begin();
    run.offer(0, 5);
    run.journaled();
    run.read(1, 0);
    run.on(new QueryInput.ShardLost(0, new Problem(1, "unreachable"), true));
    run.on(new QueryInput.ShardRestarted(0));
    run.on(new QueryInput.ShardLost(0, new Problem(1, "unreachable"), true));
    run.opened(0, 2);
    run.read(1, 0);
    run.on(new QueryInput.ShardRestarted(0));
    run.effects();

    run.opened(0, 3);
    assertThat(run.effects()).containsExactly("discard 1", "read 1");
    run.read(1, 0);

    assertThat(run.fence(0).owner()).isEqualTo(3);
    run.done(0);
    run.done(1);
    assertThat(run.effects()).endsWith("write 1");
  }

  /** Run again after a crash, the epoch would have carried out the request. */
  @Test
  void shardWithAnUnansweredParkRequest_isAskedToRunTheEpoch() {
    run.begin();
    GroupKey key = TestCodecs.key("k");
    int shard = key.shard(MachineRun.SHARDS);
    run.on(
        new QueryInput.Requested(
            List.of(new QueryRequest.Park(7, 0, key, ParkRequest.Kind.REDRIVE))));
    run.offer(0, 5);
    run.journaled();
    assertThat(run.effects()).contains("RequestParks " + shard);

    run.read(1, 1 - shard);

    assertThat(run.effects()).containsExactlyInAnyOrder("run 0 epoch 1", "run 1 epoch 1");
  }

  @Test
  void shardThatDoesNotKnowThisRun_isOpenedAgain() {
    run.begin();
    run.offer(0, 5);
    run.journaled();
    run.read(1, 0);
    run.effects();

    run.reply(new ShardReply.NotOpened(0, run.fence(0)));
    assertThat(run.effects()).containsExactly("Open 0");
    run.opened(0, 2);

    assertThat(run.effects()).containsExactly("discard 1", "read 1");
  }

  @Test
  void shardThatCanNotBeOpenedForTooLong_failsTheQuery() {
    run.begin();
    run.effects();
    long backoff = 100;
    for (int i = 0; i < 4; i++) {
      run.on(new QueryInput.ShardLost(1, new Problem(7, "unreachable"), true));
      assertThat(run.effects()).contains("restart 1 after " + backoff);
      backoff *= 2;
    }

    run.elapsedMillis += MachineRun.RESTARTS.giveUpMillis();
    run.on(new QueryInput.ShardLost(1, new Problem(7, "unreachable"), true));

    assertThat(run.effects())
        .containsExactly("fail Query [q] failed: [shard-1] failed: unreachable", "finish");
  }

  /** In a rolling restart of a cluster, each shard stops several times, whether or not it is busy. */
  @Test
  void shardThatHasBeenOpenWithoutWork_isStartedAgain_howeverLongAgoItStoppedBefore() {
    run.begin();
    run.lost(1);
    run.opened(1, 2);
    run.effects();

    run.elapsedMillis += MachineRun.RESTARTS.giveUpMillis();
    run.lost(1);

    assertThat(run.effects()).containsExactly("publish ShardRestarting", "restart 1 after 100");
  }

  @Test
  void shardThatStopsInAnEpoch_isStartedAgain_howeverLongAgoItStoppedBefore() {
    run.begin();
    run.lost(0);
    run.opened(0, 2);
    run.elapsedMillis += MachineRun.RESTARTS.giveUpMillis();
    run.offer(0, 5);
    run.journaled();
    run.read(1, 0);
    run.effects();

    run.lost(0);

    assertThat(run.effects()).containsExactly("publish ShardRestarting", "restart 0 after 100");
  }

  @Test
  void shardThatStopsInEachAttempt_failsTheQuery_althoughItIsOpenInBetween() {
    run.begin();
    run.offer(0, 5);
    run.journaled();
    long attemptMillis = MachineRun.RESTARTS.giveUpMillis() / 2;
    for (int attempt = 0; attempt < 2; attempt++) {
      run.read(1, 0);
      run.lost(0);
      run.opened(0, 2 + attempt);
      run.elapsedMillis += attemptMillis;
    }
    run.read(1, 0);
    run.effects();

    run.lost(0);

    assertThat(run.effects()).last().isEqualTo("finish");
  }

  @Test
  void shardThatStopsSoonAfterItIsOpened_isStartedAgainLater() {
    run.begin();
    run.lost(1);
    run.opened(1, 2);
    run.elapsedMillis += MachineRun.RESTARTS.mostBackoffMillis();
    run.effects();

    run.lost(1);

    assertThat(run.effects()).containsExactly("publish ShardRestarting", "restart 1 after 200");
  }

  @Test
  void failureThatWillNotPass_failsTheQuery() {
    run.begin();
    run.effects();

    run.on(new QueryInput.ShardLost(1, new Problem(7, "damaged"), false));

    assertThat(run.effects())
        .containsExactly("fail Query [q] failed: [shard-1] failed: damaged", "finish");
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
