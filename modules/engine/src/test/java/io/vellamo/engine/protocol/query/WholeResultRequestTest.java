package io.vellamo.engine.protocol.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.vellamo.api.query.Trigger;
import io.vellamo.engine.journal.QueryState;
import io.vellamo.engine.protocol.Fence;
import io.vellamo.engine.protocol.ShardReply;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The requests of a query in mode COMPLETE, whose sinks need the whole result. */
final class WholeResultRequestTest {
  private MachineRun run = machine(QueryState.EMPTY).begin();

  private static MachineRun machine(QueryState recovered) {
    QuerySetup setup =
        MachineRun.setup(MachineRun.emittingWholeResult(), Trigger.asap(), List.of("source"), null);
    return new MachineRun(setup, recovered);
  }

  @Test
  void firstEpochOfARun_asksAllShards_theNextOnesThoseWithEvents() {
    assertThat(runEpoch(1, 0))
        .containsExactly(
            "run 0 epoch 1 for the whole result", "run 1 epoch 1 for the whole result");
    assertThat(runEpoch(2, 1)).containsExactly("run 1 epoch 2");
    assertThat(runEpoch(3)).isEmpty();
  }

  @Test
  void restart_asksAllShardsAgain() {
    runEpoch(1, 0);
    run.offer(5, 5);
    run.journaled();

    run = machine(run.durable).begin();

    assertThat(runEpoch(2, 0))
        .containsExactly(
            "run 0 epoch 2 for the whole result", "run 1 epoch 2 for the whole result");
  }

  @Test
  void epochThatIsRunAgain_asksAllShardsAgain() {
    runEpoch(1, 0);
    run.offer(5, 10);
    run.journaled();
    run.read(2, 0);
    run.effects();

    run.lost(0);
    run.on(new QueryInput.ShardRestarted(0));
    run.opened(0, 2);
    run.effects();
    run.read(2, 0);

    assertThat(run.effects())
        .containsExactly(
            "run 0 epoch 2 for the whole result", "run 1 epoch 2 for the whole result");
  }

  @Test
  void firstEpochThatIsRunAgain_asksForTheWholeResultAgain() {
    run.offer(0, 5);
    run.journaled();
    run.read(1, 0);
    run.done(0);
    run.lost(1);
    run.on(new QueryInput.ShardRestarted(1));
    run.opened(1, 2);
    run.effects();
    run.read(1, 0);

    assertThat(run.effects())
        .containsExactly(
            "run 0 epoch 1 for the whole result", "run 1 epoch 1 for the whole result");
  }

  @Test
  void nextPage_isRequestedOnceThePresentOneIsTaken_byEachShardOnItsOwn() {
    beginEpoch(1);

    run.page(0, 0);
    run.page(1, 0);
    assertThat(run.effects()).containsExactly("take page 0 of 0", "take page 0 of 1");
    run.pageTaken(1, 0);
    assertThat(run.effects()).containsExactly("NextPage 1 of 1");
    run.page(1, 1);
    run.pageTaken(0, 0);
    run.pageTaken(1, 1);
    assertThat(run.effects())
        .containsExactly("take page 1 of 1", "NextPage 1 of 0", "NextPage 2 of 1");

    run.done(1);
    run.done(0);
    assertThat(run.effects()).containsExactly("write 1");
    assertThat(run.machine.ignored()).isZero();
  }

  @Test
  void shardLostBetweenPages_allShardsBeginWithTheirFirstPageAgain() {
    beginEpoch(1);
    run.page(0, 0);
    run.pageTaken(0, 0);
    run.page(0, 1);
    run.page(1, 0);
    Fence former = run.fence(0);

    run.lost(1);
    run.pageTaken(1, 0);
    run.on(new QueryInput.ShardRestarted(1));
    run.opened(1, 2);
    run.effects();
    run.on(new QueryInput.PageTaken(0, 1, former.attempt(), 1));
    run.reply(new ShardReply.Page(0, former, 2));
    assertThat(run.effects()).isEmpty();
    assertThat(run.machine.ignored()).isEqualTo(2);

    run.read(1, 0);
    run.effects();
    run.page(0, 0);
    run.page(1, 0);
    assertThat(run.effects()).containsExactly("take page 0 of 0", "take page 0 of 1");
  }

  private void beginEpoch(long epoch) {
    run.offer(5 * (epoch - 1), 5 * epoch);
    run.journaled();
    run.read(epoch, 0);
    run.effects();
  }

  /** Runs an epoch with events for some shards; returns the requests to shards. */
  private List<String> runEpoch(long epoch, int... shards) {
    run.offer(5 * (epoch - 1), 5 * epoch);
    run.journaled();
    run.effects();
    run.read(epoch, shards);
    List<String> asked =
        run.effects().stream().filter(effect -> effect.startsWith("run ")).toList();
    for (String request : asked) {
      run.done(Integer.parseInt(request.substring(4, 5)));
    }
    run.on(new QueryInput.SinkWritten(epoch, 1));
    return asked;
  }
}
