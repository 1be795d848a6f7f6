package io.vellamo.actors.replay;

import static io.vellamo.actors.replay.VisitRuns.GAP;
import static io.vellamo.actors.replay.VisitRuns.KEEP_HISTORY;
import static io.vellamo.actors.replay.VisitRuns.NAME;
import static io.vellamo.actors.replay.VisitRuns.RECORD_INPUTS;
import static io.vellamo.actors.replay.VisitRuns.SNAPSHOT_OFTEN;
import static io.vellamo.actors.replay.VisitRuns.click;
import static org.assertj.core.api.Assertions.assertThat;

import io.vellamo.actors.Vellamo;
import io.vellamo.actors.replay.Visits.Click;
import io.vellamo.actors.replay.Visits.Open;
import io.vellamo.actors.replay.Visits.Visit;
import io.vellamo.api.group.FlatMapGroupsWithStateFunction;
import io.vellamo.api.group.GroupStateTimeout;
import io.vellamo.api.query.ErrorPolicy;
import io.vellamo.api.query.OutputMode;
import io.vellamo.api.query.StreamingQuery;
import io.vellamo.replay.GroupEpoch;
import io.vellamo.replay.Replacement;
import io.vellamo.replay.ReplayKey;
import io.vellamo.replay.ReplayReport;
import io.vellamo.replay.VerifyReport;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Journals that hold dead letters and parked groups, read. */
final class ErrorReplayTest {
  private static final long BAD = 7;

  @TempDir private Path directory;
  private volatile boolean broken = true;

  @Test
  void journal_withDeadLettersOverRestartsAndSnapshots_isRight() throws Exception {
    VisitRuns runs = new VisitRuns(directory);
    for (int restart = 0; restart < 3; restart++) {
      try (VisitRuns.Run run = runs.start(SNAPSHOT_OFTEN)) {
        StreamingQuery query = query(runs, run, ErrorPolicy.deadLetter());
        for (int epoch = 0; epoch < 5; epoch++) {
          runs.epoch(query, click("ann", epoch), click("ann", BAD), click("u" + epoch, BAD));
        }
        assertThat(query.lastProgress().orElseThrow().total().deadLettered())
            .isEqualTo(10L * (restart + 1));
        requireRight(get(run.verifyRunning()));
        query.stop();
        requireRight(get(run.replay().verify(NAME)));
      }
    }
  }

  @Test
  void journal_withParkedGroupsOverRestartsAndSnapshots_isRight() throws Exception {
    VisitRuns runs = new VisitRuns(directory);
    String small = "\nvellamo.journal { max-record-size = 300, max-write-size = 600 }";
    for (int restart = 0; restart < 4; restart++) {
      try (VisitRuns.Run run = runs.start(SNAPSHOT_OFTEN + small)) {
        StreamingQuery query = query(runs, run, ErrorPolicy.park());
        for (int epoch = 0; epoch < 6; epoch++) {
          runs.epoch(query, click("ann", BAD), click("bob", BAD), click("u" + epoch, epoch));
          requireRight(get(run.verifyRunning()));
        }
        assertThat(query.lastProgress().orElseThrow().state().parked()).isEqualTo(2);
        // Ann waits for ever, Bob fails anew each time.
        get(query.redrive("bob"));
        query.processAllAvailable();
        requireRight(get(run.verifyRunning()));
        assertThat(get(query.parkedGroups()))
            .extracting(group -> group.events())
            .containsOnly(6L * (restart + 1));
        query.stop();
        requireRight(get(run.replay().verify(NAME)));
      }
    }
    try (VisitRuns.Run run = runs.start(SNAPSHOT_OFTEN + small)) {
      broken = false;
      StreamingQuery query = query(runs, run, ErrorPolicy.park());
      get(query.redrive("bob"));
      get(query.release("ann"));
      query.processAllAvailable();
      assertThat(get(query.parkedGroups())).isEmpty();
      requireRight(get(run.verifyRunning()));
      query.stop();
    }
  }

  @Test
  void redrivenGroup_hasAHistory_andItsInputsCanBeReplayed() throws Exception {
    VisitRuns runs = new VisitRuns(directory);
    try (VisitRuns.Run run = runs.start(RECORD_INPUTS + KEEP_HISTORY)) {
      StreamingQuery query = query(runs, run, ErrorPolicy.park());
      runs.epoch(query, click("ann", BAD));
      runs.epoch(query, click("ann", 8), click("bob", 8));
      broken = false;
      get(query.redrive("ann"));
      query.processAllAvailable();
      query.stop();

      ReplayKey ann = Objects.requireNonNull(get(run.replay().findKey(NAME, "ann")).key());
      assertThat(get(run.replay().history(NAME, ann, 10)).epochs())
          .extracting(GroupEpoch::effect)
          .contains(GroupEpoch.Effect.NONE, GroupEpoch.Effect.STATE);
      ReplayReport report =
          get(
              run.replay()
                  .replay(
                      NAME,
                      Replacement.flatMapGroupsWithState(
                          GroupStateTimeout.EVENT_TIME, Open.class, function())));
      assertThat(report.events()).isEqualTo(3);
      assertThat(report.failedGroups()).isZero();
      // Ann's events count when they came, not when they were redriven.
      assertThat(report.differentGroups()).isEqualTo(1);
    }
  }

  private StreamingQuery query(VisitRuns runs, VisitRuns.Run run, ErrorPolicy policy) {
    return Vellamo.get(run.system())
        .query(NAME)
        .from(runs.clicks)
        .withWatermark(click -> Instant.ofEpochSecond(click.second()), Duration.ofSeconds(5))
        .groupByKey(Click::user)
        .flatMapGroupsWithState(
            OutputMode.APPEND, GroupStateTimeout.EVENT_TIME, Open.class, function())
        .to(runs.visits)
        .onError(policy)
        .clock(runs.clock)
        .start();
  }

  private FlatMapGroupsWithStateFunction<String, Click, Open, Visit> function() {
    Visits visits = new Visits(GAP);
    return (user, clicks, state) ->
        visits.call(
            user,
            new Iterator<>() {
              @Override
              public boolean hasNext() {
                return clicks.hasNext();
              }

              @Override
              public Click next() {
                Click click = clicks.next();
                if (broken && click.second() == BAD) {
                  throw new IllegalStateException("broken on purpose");
                }
                return click;
              }
            },
            state);
  }

  private static void requireRight(VerifyReport report) {
    assertThat(report.findings()).isEmpty();
    assertThat(report.isRight()).isTrue();
  }

  private static <T> T get(CompletionStage<T> stage) {
    return stage.toCompletableFuture().join();
  }
}
