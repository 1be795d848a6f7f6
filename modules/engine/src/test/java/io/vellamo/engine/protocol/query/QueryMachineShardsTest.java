package io.vellamo.engine.protocol.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.vellamo.api.query.Trigger;
import io.vellamo.engine.group.GroupKey;
import io.vellamo.engine.group.TestCodecs;
import io.vellamo.engine.protocol.Fence;
import io.vellamo.engine.protocol.ShardFailure;
import io.vellamo.engine.protocol.ShardReply;
import io.vellamo.engine.shard.NextDue;
import io.vellamo.engine.shard.ParkRequest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A query and its shards: those that stop, and users' requests for parked groups. */
final class QueryMachineShardsTest {

  private final MachineRun run = new MachineRun(1, Trigger.asap());

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
    finishEpoch();
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

  /**
   * Run again after a crash, the epoch would have carried out the request; and the shard could not
   * tell a request that arrives twice.
   */
  @Test
  void epoch_beginsOnceRequestsToParkedGroupsAreAnswered_andCarriesThemOut() {
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
    assertThat(run.effects()).isEmpty();

    run.reply(new ShardReply.ParksRequested(shard, run.request(shard), List.of(true), NextDue.NOW));

    assertThat(run.effects())
        .containsExactlyInAnyOrder("answer 7 true", "run 0 epoch 1", "run 1 epoch 1");
  }

  @Test
  void epoch_doesNotWaitForRequestsToParkedGroups_thatTheNextOneCarriesOut() {
    run.begin();
    run.offer(0, 5);
    run.journaled();
    run.request(new QueryRequest.Park(7, 0, TestCodecs.key("k"), ParkRequest.Kind.REDRIVE));
    run.effects();

    run.read(1, 0, 1);

    assertThat(run.effects()).contains("run 0 epoch 1", "run 1 epoch 1");
  }

  @Test
  void requestToParkedGroups_isSentToTheNextActivation_whenTheShardHasMoved() {
    run.begin();
    GroupKey key = TestCodecs.key("k");
    int shard = key.shard(MachineRun.SHARDS);
    run.request(new QueryRequest.Park(7, 0, key, ParkRequest.Kind.REDRIVE));
    Fence first = run.request(shard);
    run.effects();

    run.reply(new ShardReply.NotOpened(shard, first));
    assertThat(run.effects()).containsExactly("Open " + shard);
    run.opened(shard, 2);
    assertThat(run.effects()).contains("RequestParks " + shard);
    assertThat(run.request(shard))
        .isEqualTo(new Fence(first.incarnation(), 2, first.epoch(), first.attempt()));

    run.reply(new ShardReply.NotOpened(shard, first));
    run.reply(new ShardReply.ParksRequested(shard, first, List.of(true), NextDue.NEVER));
    assertThat(run.effects()).isEmpty();
    assertThat(run.machine.ignored()).isEqualTo(2);
  }

  @Test
  void reportOfAnEarlierActivation_isIgnored_alsoWhileTheShardHasToBeOpenedAgain() {
    run.begin();
    run.lost(0);
    run.opened(0, 3);
    run.lost(0);
    run.effects();

    run.opened(0, 2);
    run.offer(0, 5);
    run.journaled();
    run.read(1, 0);

    assertThat(run.effects()).noneMatch(effect -> effect.startsWith("run "));
    assertThat(run.machine.ignored()).isEqualTo(1);
  }

  /** The report that arrives late is from before the epoch whose reply told what is due. */
  @Test
  void reportOfTheSameActivation_doesNotHideWhatIsDue() {
    run.begin();
    run.offer(0, 5);
    run.journaled();
    run.read(1, 0);
    run.done(0, run.fence(0), 1, new NextDue(null, run.wallMillis + 1_000));
    run.on(new QueryInput.SinkWritten(1, 1));
    run.lost(0);
    run.opened(0, 1);
    run.effects();

    run.offer(5, 5);

    assertThat(run.effects()).contains("wake after 1001");
  }

  /** Both are sent after the epoch ended, and the one that was sent first arrives last. */
  @Test
  void replyToAnEpoch_thatParkRequestsHaveOvertaken_doesNotHideThatTheyAreDue() {
    run.begin();
    GroupKey key = TestCodecs.key("k");
    int shard = key.shard(MachineRun.SHARDS);
    run.offer(0, 5);
    run.journaled();
    run.read(1, shard);
    run.request(new QueryRequest.Park(7, 0, key, ParkRequest.Kind.REDRIVE));
    run.reply(new ShardReply.ParksRequested(shard, run.request(shard), List.of(true), NextDue.NOW));
    run.done(shard);
    run.on(new QueryInput.SinkWritten(1, 1));
    run.effects();

    run.offer(5, 5);
    run.journaled();
    run.read(2);

    assertThat(run.effects()).contains("run %d epoch 2".formatted(shard));
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

  /**
   * In a rolling restart of a cluster, each shard stops several times, whether or not it is busy.
   */
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
  void failureOfAGroup_namesOperatorAndPosition() {
    MachineRun chain = new MachineRun(2, Trigger.asap()).begin();
    chain.offer(0, 5);
    chain.journaled();
    chain.read(1, 0);
    chain.effects();

    ShardFailure failure =
        new ShardFailure("it threw", new ShardFailure.EventPosition(0, 3), ": broken");
    chain.reply(new ShardReply.Failed(0, chain.fence(0), failure));

    assertThat(chain.effects().get(0))
        .startsWith(
            "fail Query [q] failed in epoch [1]: it threw, operator [op0], source position [p@3]:"
                + " broken; ");
  }

  @Test
  void parkRequests_ofOneShard_areSentByTheThousand() {
    run.begin();
    run.effects();
    GroupKey key = TestCodecs.key("k");
    int shard = key.shard(MachineRun.SHARDS);
    List<QueryRequest> many = new ArrayList<>();
    for (int id = 1; id <= 1001; id++) {
      many.add(new QueryRequest.Park(id, 0, key, ParkRequest.Kind.RELEASE));
    }

    run.on(new QueryInput.Requested(many));
    assertThat(run.effects()).containsExactly("RequestParks " + shard);
    run.reply(
        new ShardReply.ParksRequested(
            shard, run.request(shard), Collections.nCopies(1000, true), NextDue.NEVER));

    assertThat(run.effects())
        .hasSize(1001)
        .startsWith("answer 1 true")
        .endsWith("answer 1000 true", "RequestParks " + shard);
  }

  @Test
  void listing_asksAReopenedShardAgain_onlyIfItHasNotAnswered() {
    run.begin();
    run.request(new QueryRequest.ListParked(1));
    run.reply(new ShardReply.Parked(0, run.request(0), List.of()));
    run.lost(0);
    run.lost(1);
    run.effects();

    run.opened(0, 2);
    assertThat(run.effects()).isEmpty();
    run.opened(1, 2);

    assertThat(run.effects()).containsExactly("ListParked 1");
  }

  /** Of a dead activation, it could hide a timer that the next activation has found. */
  @Test
  void lateAnswerToParkRequests_doesNotChangeWhatIsDue() {
    run.begin();
    run.offer(0, 5);
    run.journaled();
    run.read(1, 0);
    run.done(0, run.fence(0), 1, new NextDue(null, run.wallMillis + 1_000));
    run.on(new QueryInput.SinkWritten(1, 1));
    run.reply(
        new ShardReply.ParksRequested(0, new Fence(1, 1, 0, 77), List.of(true), NextDue.NEVER));
    run.effects();

    run.offer(5, 5);

    assertThat(run.effects()).contains("wake after 1001");
    assertThat(run.machine.ignored()).isEqualTo(1);
  }

  /** Runs the first epoch, up to the sink's answer. */
  private void finishEpoch() {
    run.offer(0, 5);
    run.journaled();
    run.read(1, 0);
    run.done(0);
    run.on(new QueryInput.SinkWritten(1, 1));
  }
}
