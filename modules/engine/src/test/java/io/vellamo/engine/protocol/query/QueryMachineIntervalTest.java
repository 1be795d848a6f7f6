package io.vellamo.engine.protocol.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.vellamo.api.query.Trigger;
import io.vellamo.engine.journal.QueryState;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The pause between epochs of a query that keeps up with its input, as its machine asks for it. */
final class QueryMachineIntervalTest {
  private static final Duration INTERVAL = Duration.ofMillis(5);

  private final MachineRun run =
      new MachineRun(MachineRun.withInterval(Trigger.asap(), INTERVAL), QueryState.EMPTY).begin();

  @Test
  void epoch_beginsAfterTheInterval_fromTheStartOfTheLast() {
    runEpoch(run, 0);
    assertThat(run.effects()).containsSubsequence("discard 1", "persist [EpochCommitted]");
    run.elapsedMillis += 2;
    run.journaled();
    assertThat(run.effects()).contains("pause 3").doesNotContain("ask");

    run.elapsedMillis += 3;
    run.on(new QueryInput.Woken());

    assertThat(run.effects()).containsExactly("ask");
  }

  @Test
  void signalsDuringThePause_beginNoEpoch() {
    runEpoch(run, 0);
    run.journaled();
    run.effects();

    run.elapsedMillis += 4;
    run.on(new QueryInput.Woken());

    assertThat(run.effects()).containsExactly("pause 1");
  }

  @Test
  void eventAfterALongerSilence_isNotHeldUp() {
    runEpoch(run, 0);
    run.journaled();
    run.elapsedMillis += 5;
    run.on(new QueryInput.Woken());
    run.offer(5, 5);
    run.elapsedMillis += 1;
    run.effects();

    run.on(new QueryInput.Woken());

    assertThat(run.effects()).containsExactly("ask");
  }

  @Test
  void fullEpoch_isFollowedAtOnce() {
    runEpoch(run, 0, 1);

    // Its successor, which the source is asked for, is journaled with the commit.
    assertThat(run.effects()).contains("ask ahead").doesNotContain("persist [EpochCommitted]");
  }

  @Test
  void userWhoWaits_endsThePause() {
    runEpoch(run, 0);
    run.journaled();
    run.effects();

    run.request(new QueryRequest.Settle(1));
    assertThat(run.effects()).containsExactly("ask");
    run.offer(5, 5);

    assertThat(run.effects()).contains("answer 1 true");
  }

  @Test
  void timedTrigger_needsNoInterval() {
    MachineRun timed =
        new MachineRun(
                MachineRun.withInterval(Trigger.processingTime(Duration.ofMillis(1)), INTERVAL),
                QueryState.EMPTY)
            .begin();
    runEpoch(timed, 0);
    timed.journaled();
    timed.wallMillis += 1;
    timed.elapsedMillis += 1;
    timed.effects();

    timed.on(new QueryInput.Woken());

    assertThat(timed.effects()).containsExactly("ask");
  }

  /** Runs an epoch of five events for each shard, up to the sink's answer. */
  private static void runEpoch(MachineRun run, int... shards) {
    run.offer(0, 5L * shards.length);
    run.journaled();
    run.read(1, shards);
    run.done(0);
    run.done(1);
    run.on(new QueryInput.SinkWritten(1, 1));
  }
}
