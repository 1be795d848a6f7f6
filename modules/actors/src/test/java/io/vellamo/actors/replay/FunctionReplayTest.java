package io.vellamo.actors.replay;

import static io.vellamo.actors.replay.VisitRuns.GAP;
import static io.vellamo.actors.replay.VisitRuns.KEEP_HISTORY;
import static io.vellamo.actors.replay.VisitRuns.NAME;
import static io.vellamo.actors.replay.VisitRuns.RECORD_INPUTS;
import static io.vellamo.actors.replay.VisitRuns.SNAPSHOT_OFTEN;
import static io.vellamo.actors.replay.VisitRuns.click;
import static io.vellamo.api.group.GroupStateTimeout.EVENT_TIME;
import static io.vellamo.api.group.GroupStateTimeout.PROCESSING_TIME;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.vellamo.actors.replay.Visits.Click;
import io.vellamo.actors.replay.Visits.Open;
import io.vellamo.actors.replay.Visits.Visit;
import io.vellamo.api.query.StreamingQuery;
import io.vellamo.replay.KeyDifference;
import io.vellamo.replay.Replacement;
import io.vellamo.replay.ReplayReport;
import io.vellamo.replay.RowDifference;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Recorded inputs through the same function and through changed ones. */
final class FunctionReplayTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String RECORD_ALL = RECORD_INPUTS + KEEP_HISTORY;

  @TempDir private Path directory;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void sameFunction_overRestartsSnapshotsAndSplitRecords_makesTheSame(long seed) throws Exception {
    VisitRuns runs = new VisitRuns(directory);
    String split = "\nvellamo.journal { max-record-size = 300, max-write-size = 600 }";
    run(runs, seed, GAP, RECORD_ALL + SNAPSHOT_OFTEN + split);

    try (VisitRuns.Run run = runs.start("")) {
      ReplayReport report = get(run.replay().replay(NAME, gap(GAP)));

      assertThat(report.differences()).isEmpty();
      assertThat(report.isSame()).isTrue();
      assertThat(report.firstEpoch()).isEqualTo(1);
      assertThat(report.events()).isPositive();
      assertThat(report.recordedRows()).isEqualTo(runs.visits.rows().size()).isPositive();
      assertThat(report.replayedRows()).isEqualTo(report.recordedRows());
      assertThat(report.sameGroups()).isEqualTo(USERS);
    }
  }

  @Test
  void sameFunction_onAJournalWithoutItsBeginning_makesTheSame() throws Exception {
    VisitRuns runs = new VisitRuns(directory);
    run(runs, 4, GAP, RECORD_INPUTS + SNAPSHOT_OFTEN);

    try (VisitRuns.Run run = runs.start("")) {
      ReplayReport report = get(run.replay().replay(NAME, gap(GAP)));

      assertThat(report.differences()).isEmpty();
      assertThat(report.firstEpoch()).isGreaterThan(1);
      assertThat(report.sameGroups()).isPositive();
      assertThatThrownBy(() -> get(run.replay().replay(NAME, gap(GAP), 1, 10)))
          .hasMessageContaining(
              "first epoch must be at least [%d], from which on the journal is complete, was [1]"
                  .formatted(report.firstEpoch()));
    }
  }

  @Test
  void changedFunction_emitsWhatItsOwnQueryWould() throws Exception {
    VisitRuns recorded = new VisitRuns(directory.resolve("recorded"));
    VisitRuns changed = new VisitRuns(directory.resolve("changed"));
    run(recorded, 5, GAP, RECORD_ALL);
    run(changed, 5, 3, "");

    try (VisitRuns.Run run = recorded.start("")) {
      ReplayReport report = get(run.replay().replay(NAME, gap(3)));

      assertThat(report.replayedRows()).isEqualTo(changed.visits.rows().size());
      assertThat(report.recordedRows()).isEqualTo(recorded.visits.rows().size());
      assertThat(report.differentGroups()).isPositive();
      assertThat(report.otherRowGroups()).isEqualTo(groupsWithOtherRows(recorded, changed));
      assertThat(report.rowDifferences())
          .hasSize((int) report.otherRowGroups())
          .extracting(RowDifference::epoch)
          .isSorted();
      assertThat(report.differences())
          .extracting(KeyDifference::epoch)
          .isSorted()
          .hasSize((int) report.differentGroups());
    }
  }

  @Test
  void changedFunction_isReportedWithItsFirstDifferenceFirst() throws Exception {
    VisitRuns runs = new VisitRuns(directory);
    try (VisitRuns.Run run = runs.start(RECORD_ALL)) {
      StreamingQuery query = run.query();
      runs.epoch(query, click("ann", 1));
      runs.epoch(query, click("bob", 2));
      query.stop();

      ReplayReport report = get(run.replay().replay(NAME, gap(4)));
      ReplayReport one = get(run.replay().replay(NAME, gap(4), 2, 1));

      assertThat(report.differences()).extracting(KeyDifference::epoch).containsExactly(1L, 3L);
      // The same visits, ended with another timeout; ann's and bob's are still open.
      assertThat(report.otherRowGroups()).isZero();
      KeyDifference first = report.differences().get(0);
      assertThat(first.key().textValue()).isEqualTo("ann");
      assertThat(first.processingTime()).isEqualTo(Instant.ofEpochSecond(1_000_001));
      assertThat(first.recorded().state())
          .isEqualTo(JSON.readTree("{\"first\":1,\"last\":1,\"clicks\":1}"));
      assertThat(first.replayed().state()).isEqualTo(first.recorded().state());
      assertThat(first.recorded().timeoutMillis()).isEqualTo(11_000);
      assertThat(first.replayed().timeoutMillis()).isEqualTo(5_000);
      // Epoch 2 has no data, it moves the watermark. It begins with ann as recorded, so that bob
      // alone differs.
      assertThat(one.differentGroups()).isEqualTo(1);
      assertThat(one.differences().get(0).key().textValue()).isEqualTo("bob");
    }
  }

  @Test
  void functionThatThrows_countsAsDifferent_andIsNotCalledAgainForThatGroup() throws Exception {
    VisitRuns runs = new VisitRuns(directory);
    AtomicInteger calls = new AtomicInteger();
    try (VisitRuns.Run run = runs.start(RECORD_ALL)) {
      StreamingQuery query = run.query();
      runs.epoch(query, click("ann", 1), click("bob", 1));
      runs.epoch(query, click("ann", 2));
      query.stop();

      ReplayReport report =
          get(
              run.replay()
                  .replay(
                      NAME,
                      Replacement.<String, Click, Open, Visit>flatMapGroupsWithState(
                          EVENT_TIME,
                          Open.class,
                          (user, clicks, state) -> {
                            if (user.equals("ann")) {
                              calls.incrementAndGet();
                              throw new IllegalStateException("on purpose");
                            }
                            return new Visits(GAP).call(user, clicks, state);
                          })));

      assertThat(calls).hasValue(1);
      assertThat(report.failedGroups()).isEqualTo(1);
      assertThat(report.differentGroups()).isEqualTo(1);
      assertThat(report.sameGroups()).isEqualTo(1);
      assertThat(report.differences().get(0).replayed().failure())
          .startsWith(
              "[java.lang.IllegalStateException]: on purpose, at io.vellamo.actors.replay.");
    }
  }

  @Test
  void inputsThatWereNotRecorded_areAnError() throws Exception {
    VisitRuns runs = new VisitRuns(directory);
    try (VisitRuns.Run run = runs.start("")) {
      StreamingQuery query = run.query();
      runs.epoch(query, click("ann", 1));
      query.stop();

      assertThatThrownBy(() -> get(run.replay().replay(NAME, gap(GAP))))
          .hasMessageContaining(
              "inputs of all epochs must be recorded to replay them, those of epoch [1] are not;"
                  + " set vellamo.journal.record-inputs to on");
    }
  }

  @Test
  void replacementWithAnotherClock_isRefused() throws Exception {
    VisitRuns runs = new VisitRuns(directory);
    try (VisitRuns.Run run = runs.start("")) {
      StreamingQuery query = run.query();
      runs.epoch(query, click("ann", 1));
      query.stop();

      assertThatThrownBy(
              () ->
                  get(
                      run.replay()
                          .replay(
                              NAME,
                              Replacement.<String, Click, Open, String>mapGroupsWithState(
                                  PROCESSING_TIME, Open.class, (user, clicks, state) -> user))))
          .hasMessageContaining(
              "timeout of the replacement must be [EVENT_TIME], as that of the query, was"
                  + " [PROCESSING_TIME]");
    }
  }

  private static final int USERS = 30;

  /** Runs forty epochs of random clicks, some out of order, with a restart after each ten. */
  private static void run(VisitRuns runs, long seed, long gap, String settings) throws Exception {
    Random random = new Random(seed);
    for (int user = 0; user < USERS; user++) {
      runs.clicks.add(click("u" + user, 1));
    }
    long second = 1;
    for (int time = 0; time < 4; time++) {
      try (VisitRuns.Run run = runs.start(settings)) {
        StreamingQuery query = run.query(gap);
        for (int epoch = 0; epoch < 10; epoch++) {
          second += random.nextInt(6);
          Click[] clicks = new Click[1 + random.nextInt(8)];
          for (int i = 0; i < clicks.length; i++) {
            clicks[i] = click("u" + random.nextInt(USERS), Math.max(0, second - random.nextInt(9)));
          }
          runs.epoch(query, clicks);
        }
        query.stop();
      }
    }
  }

  private static long groupsWithOtherRows(VisitRuns some, VisitRuns others) {
    return IntStream.range(0, USERS)
        .mapToObj(user -> "u" + user)
        .filter(user -> !visits(some, user).equals(visits(others, user)))
        .count();
  }

  private static List<Visit> visits(VisitRuns runs, String user) {
    return runs.visits.rows().stream().filter(visit -> visit.user().equals(user)).toList();
  }

  private static Replacement<String, Click, Open, Visit> gap(long seconds) {
    return Replacement.flatMapGroupsWithState(EVENT_TIME, Open.class, new Visits(seconds));
  }

  private static <T> T get(CompletionStage<T> stage) {
    return stage.toCompletableFuture().join();
  }
}
