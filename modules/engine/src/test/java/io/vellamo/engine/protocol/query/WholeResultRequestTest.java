package io.vellamo.engine.protocol.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.vellamo.api.query.Trigger;
import io.vellamo.engine.journal.QueryState;
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
