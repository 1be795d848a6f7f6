package io.vellamo.engine.protocol.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.vellamo.api.query.Outage;
import io.vellamo.api.query.Trigger;
import io.vellamo.engine.journal.QueryState;
import io.vellamo.engine.protocol.query.QueryMachine.State;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Ranges of a sink that fail for a while. */
final class RangeOutageTest {
  private static final Problem PASSING =
      new Problem(1, "refused", new Problem.Unavailable("sink", "java.net.ConnectException"));

  private MachineRun run = new MachineRun(MachineRun.inRanges(), QueryState.EMPTY).begin();

  @Test
  void rangeThatCanNotWrite_writesAgain_whileTheOthersGoOn() {
    toSink();

    fail(0, 1);
    assertThat(run.effects()).containsExactly("publish CallFailed", "wake after 100");
    run.on(new QueryInput.RangeWritten(1, 1, 2));
    run.on(new QueryInput.SinkWritten(1, 0));
    assertThat(run.effects()).isEmpty();
    pass(100);
    assertThat(run.effects()).containsExactly("write range 0 of 1");
    run.on(new QueryInput.RangeWritten(0, 1, 3));

    assertThat(run.effects()).contains("publish OutageEnded", "ask");
  }

  @Test
  void rangeThatCanNotCommit_commitsAgain_beforeTheNextEpoch() {
    toCommit();

    fail(1, 1);
    run.on(new QueryInput.RangeCommitted(0, 1));
    assertThat(run.effects()).containsExactly("publish CallFailed", "wake after 100");
    pass(100);
    assertThat(run.effects()).containsExactly("commit range 1 of 1");
    run.on(new QueryInput.RangeCommitted(1, 1));

    assertThat(run.effects())
        .containsExactly("publish OutageEnded", "publish Progress", "tell source", "ask");
    assertThat(progress()).isEqualTo(1);
  }

  @Test
  void ranges_haveTheirOwnBackoff_andOneOutage() {
    toCommit();

    fail(0, 1);
    pass(50);
    fail(1, 1);
    assertThat(run.effects())
        .containsExactly(
            "publish CallFailed",
            "wake after 100",
            "wake after 50",
            "publish CallFailed",
            "wake after 50");
    assertThat(outage().failures()).isEqualTo(2);
    assertThat(outage().since()).isEqualTo(Instant.ofEpochMilli(1_000_000));
    pass(50);
    assertThat(run.effects()).containsExactly("commit range 0 of 1", "wake after 50");
    run.on(new QueryInput.RangeCommitted(0, 1));
    assertThat(run.effects()).isEmpty();
    pass(50);
    run.on(new QueryInput.RangeCommitted(1, 1));

    assertThat(run.effects()).startsWith("commit range 1 of 1", "publish OutageEnded");
  }

  @Test
  void rangeThatLacksItsRowsBetweenFailures_isGivenUpAtTheBound() {
    toCommit();
    fail(0, 1);
    run.elapsedMillis += MachineRun.RETRY.giveUpAfter().toMillis() - 1;
    pass(0);
    run.on(new QueryInput.RangeLacks(0, 1));
    run.done(0);
    run.on(new QueryInput.RangeWritten(0, 1, 1));
    pass(1);
    run.effects();

    fail(0, 1);

    assertThat(run.effects().get(0))
        .startsWith("fail Query [q] failed after epoch [1]: committing at sink failed [2] times in")
        .endsWith("the epoch is committed, a restart commits it at the sink");
  }

  @Test
  void epoch_afterAnOutage_hasItsOwnBound() {
    toCommit();
    fail(0, 1);
    pass(100);
    run.on(new QueryInput.RangeCommitted(0, 1));
    run.on(new QueryInput.RangeCommitted(1, 1));
    run.elapsedMillis += MachineRun.RETRY.giveUpAfter().toMillis();
    run.offer(5, 10);
    run.journaled();
    run.read(2, 0);
    run.done(0);
    run.effects();

    fail(0, 2);

    assertThat(run.effects()).containsExactly("publish CallFailed", "wake after 100");
  }

  @Test
  void stop_duringAnOutage_endsAtOnce_andTheNextRunCommits() {
    toCommit();
    run.on(new QueryInput.Stop());
    assertThat(run.effects()).isEmpty();
    fail(0, 1);
    assertThat(run.machine.state()).isEqualTo(State.STOPPED);
    assertThat(run.durable.sinkCommitted()).isZero();

    run = new MachineRun(MachineRun.inRanges(), run.durable).begin();

    assertThat(run.effects()).contains("commit range 0 of 1", "commit range 1 of 1");
  }

  @Test
  void stop_beforeTheCommitIsJournaled_doesNotWaitForAnOutageEither() {
    toSink();
    writeAll();
    run.on(new QueryInput.Stop());
    run.journaled();
    assertThat(run.machine.state()).isNotEqualTo(State.STOPPED);

    fail(0, 1);

    assertThat(run.machine.state()).isEqualTo(State.STOPPED);
  }

  @Test
  void stop_duringAnOutageOfTheSource_waitsForTheCommit() {
    toSink();
    writeAll();
    run.on(new QueryInput.OfferFailed(PASSING));
    run.journaled();

    run.on(new QueryInput.Stop());
    run.on(new QueryInput.RangeCommitted(0, 1));
    assertThat(run.machine.state()).isNotEqualTo(State.STOPPED);
    run.on(new QueryInput.RangeCommitted(1, 1));
    run.journaled();

    assertThat(run.machine.state()).isEqualTo(State.STOPPED);
    assertThat(run.durable.sinkCommitted()).isEqualTo(1);
  }

  @Test
  void end_byTheTrigger_waitsUntilTheSinkHasCommitted() {
    QuerySetup setup =
        MachineRun.setup(
            MachineRun.compiled(1, false),
            Trigger.availableNow(),
            List.of("source"),
            null,
            MachineRun.SHARDS);
    run = new MachineRun(setup, QueryState.EMPTY).begin();
    toSink();
    writeAll();
    run.offer(5, 5);
    run.journaled();

    fail(0, 1);
    assertThat(run.machine.state()).isNotEqualTo(State.STOPPED);
    pass(100);
    run.on(new QueryInput.RangeCommitted(0, 1));
    run.on(new QueryInput.RangeCommitted(1, 1));
    run.journaled();

    assertThat(run.machine.state()).isEqualTo(State.STOPPED);
    assertThat(run.durable.sinkCommitted()).isEqualTo(1);
  }

  private void toSink() {
    run.offer(0, 5);
    run.journaled();
    run.read(1, 0);
    run.done(0);
    run.effects();
  }

  private void writeAll() {
    run.on(new QueryInput.SinkWritten(1, 0));
    run.on(new QueryInput.RangeWritten(0, 1, 1));
    run.on(new QueryInput.RangeWritten(1, 1, 0));
  }

  private void toCommit() {
    toSink();
    writeAll();
    run.offer(5, 5);
    run.journaled();
    run.effects();
  }

  private void fail(int range, long epoch) {
    run.on(new QueryInput.RangeFailed(range, epoch, PASSING));
  }

  /** Lets time pass, and wakes the query. */
  private void pass(long millis) {
    run.elapsedMillis += millis;
    run.on(new QueryInput.Woken());
  }

  private Outage outage() {
    return ((QueryNews.CallFailed) run.news.get(run.news.size() - 1)).outage();
  }

  /** Returns the retries in the last report. */
  private long progress() {
    return run.news.stream()
        .filter(QueryNews.Progress.class::isInstance)
        .map(each -> ((QueryNews.Progress) each).progress().retries())
        .reduce((first, second) -> second)
        .orElseThrow();
  }
}
