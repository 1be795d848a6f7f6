package io.vellamo.actors.replay;

import static io.vellamo.actors.replay.OrderRuns.NAME;
import static io.vellamo.actors.replay.Orders.paid;
import static io.vellamo.actors.replay.Orders.placed;
import static io.vellamo.actors.replay.VisitRuns.KEEP_HISTORY;
import static io.vellamo.actors.replay.VisitRuns.SNAPSHOT_OFTEN;
import static org.assertj.core.api.Assertions.assertThat;

import io.vellamo.api.query.StreamingQuery;
import io.vellamo.replay.EntryChange;
import io.vellamo.replay.EntryView;
import io.vellamo.replay.GroupEpoch;
import io.vellamo.replay.GroupEpoch.Effect;
import io.vellamo.replay.GroupHistory;
import io.vellamo.replay.GroupView;
import io.vellamo.replay.JournalReplay;
import io.vellamo.replay.QueryOverview;
import io.vellamo.replay.ReplayKey;
import io.vellamo.replay.ReplayPoint;
import io.vellamo.replay.VariableView;
import io.vellamo.replay.VariableView.Kind;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Groups with variables in a journal, as they are shown at a point and over time. */
final class VariablesViewTest {
  private static final ReplayKey ANNA = ReplayKey.of("anna");
  private static final String SPLIT =
      "\nvellamo.journal { max-record-size = 300, max-write-size = 600 }";

  @TempDir private Path directory;

  @Test
  void group_hasVariablesAndTimersByName() throws Exception {
    OrderRuns runs = new OrderRuns(directory);
    runScript(runs, KEEP_HISTORY);

    try (VisitRuns.Run run = runs.start("")) {
      GroupView group = get(run.replay().group(NAME, ANNA, ReplayPoint.epoch(3))).group();

      assertThat(group.variables().stream().map(VariablesViewTest::words))
          .containsExactly(
              "count VALUE: null=4",
              "open MAP: \"o1\"={\"placed\":10}, \"o3\"={\"placed\":12}",
              "paid MAP in EVENT_TIME: \"o2\"=11 until 1970-01-01T00:00:31Z",
              "due TIMERS in EVENT_TIME: \"o1\" at 1970-01-01T00:00:20Z,"
                  + " \"o3\" at 1970-01-01T00:00:22Z",
              "silent TIMERS in PROCESSING_TIME: null at 1970-01-12T13:46:49Z");
      assertThat(group.exists()).isTrue();
      assertThat(group.bytes()).isPositive();
    }
  }

  @Test
  void entries_areLimited_andCounted() throws Exception {
    OrderRuns runs = new OrderRuns(directory);
    runScript(runs, KEEP_HISTORY);

    try (VisitRuns.Run run = runs.start("")) {
      JournalReplay replay = run.replay().withEntryLimit(1);
      VariableView open =
          get(replay.group(NAME, ANNA, ReplayPoint.epoch(3))).group().variables().get(1);

      assertThat(open.name()).isEqualTo("open");
      assertThat(open.entryCount()).isEqualTo(2);
      assertThat(open.entries()).hasSize(1);
    }
  }

  @Test
  void history_hasTheChangesOfEachEpoch() throws Exception {
    OrderRuns runs = new OrderRuns(directory);
    runScript(runs, KEEP_HISTORY);

    try (VisitRuns.Run run = runs.start("")) {
      GroupHistory history = get(run.replay().history(NAME, ANNA, 100));

      assertThat(history.epochs()).extracting(GroupEpoch::effect).containsOnly(Effect.VARIABLES);
      assertThat(changes(history, 1))
          .containsExactly(
              "PUT count null=2",
              "PUT open \"o1\"={\"placed\":10}",
              "PUT open \"o2\"={\"placed\":10}",
              "SET due \"o1\" 20",
              "SET due \"o2\" 20",
              "SET silent null 1000008");
      assertThat(changes(history, 3))
          .containsExactly(
              "PUT count null=4",
              "PUT open \"o3\"={\"placed\":12}",
              "REMOVED open \"o2\"",
              "PUT paid \"o2\"=11 31",
              "SET due \"o3\" 22",
              "CANCELLED due \"o2\" 20",
              "SET silent null 1000009");
      // The watermark has reached 25 s.
      assertThat(changes(history, 6))
          .containsExactly(
              "REMOVED open \"o1\"",
              "PUT recent null=\"o1\" 1000008",
              "FIRED due \"o1\" 20",
              "REMOVED open \"o3\"",
              "PUT recent null=\"o3\" 1000008",
              "FIRED due \"o3\" 22");
      assertThat(changes(history, 12))
          .containsExactly(
              "REMOVED count null",
              "FIRED silent null 1000009",
              "EXPIRED recent null 1000008",
              "EXPIRED recent null 1000008");
      assertThat(history.epochs()).extracting(GroupEpoch::epoch).containsExactly(1L, 3L, 6L, 12L);
    }
  }

  @Test
  void history_withoutTheBeginning_startsWithTheEntriesOfASnapshot() throws Exception {
    OrderRuns runs = new OrderRuns(directory);
    runs.random(1, new Orders(10), SNAPSHOT_OFTEN + SPLIT);

    try (VisitRuns.Run run = runs.start("")) {
      GroupHistory history = get(run.replay().history(NAME, ReplayKey.of("c0"), 1_000));
      List<GroupEpoch> pieces =
          history.epochs().stream().filter(epoch -> epoch.effect() == Effect.SNAPSHOT).toList();

      assertThat(history.knownFromEpoch()).isPositive();
      assertThat(pieces).hasSizeGreaterThan(1);
      assertThat(pieces)
          .flatExtracting(GroupEpoch::changes)
          .extracting(EntryChange::effect)
          .containsOnly(EntryChange.Effect.PUT, EntryChange.Effect.SET);
    }
  }

  @Test
  void droppedVariable_isMarked_andForgottenByTheNextStart() throws Exception {
    OrderRuns runs = new OrderRuns(directory);
    count(runs, Tally.of("old", "both"), 1);
    count(runs, Tally.of("both", "new"), 2);

    try (VisitRuns.Run run = runs.start("")) {
      QueryOverview overview = get(run.replay().query(NAME)).query();
      GroupView now = get(run.replay().group(NAME, ANNA, ReplayPoint.now())).group();
      GroupView then = get(run.replay().group(NAME, ANNA, ReplayPoint.epoch(1))).group();
      GroupHistory history = get(run.replay().history(NAME, ANNA, 100));

      assertThat(overview.operators().get(0).variables())
          .containsExactly(
              new QueryOverview.Variable("old", Kind.VALUE, null, true),
              new QueryOverview.Variable("both", Kind.VALUE, null, false),
              new QueryOverview.Variable("new", Kind.VALUE, null, false));
      assertThat(now.variables().stream().map(VariablesViewTest::words))
          .containsExactly("both VALUE: null=3", "new VALUE: null=2");
      assertThat(then.variables().stream().map(VariablesViewTest::words))
          .containsExactly("old VALUE: null=1", "both VALUE: null=1");
      assertThat(then.variables()).extracting(VariableView::isDropped).containsExactly(true, false);
      assertThat(history.epochs())
          .filteredOn(epoch -> epoch.effect() == Effect.DROPPED)
          .flatExtracting(GroupEpoch::changes)
          .extracting(VariablesViewTest::words)
          .containsExactly("REMOVED old null");
    }
  }

  private static void count(OrderRuns runs, Tally tally, int epochs) throws Exception {
    try (VisitRuns.Run run = runs.start("")) {
      StreamingQuery query = runs.query(run, tally);
      for (int epoch = 0; epoch < epochs; epoch++) {
        runs.epoch(query, placed("anna", "o", 1));
      }
      query.stop();
    }
  }

  /** Runs orders of a customer, then those of another until the first one's timers have fired. */
  private static void runScript(OrderRuns runs, String settings) throws Exception {
    try (VisitRuns.Run run = runs.start(settings)) {
      StreamingQuery query = runs.query(run, new Orders(10));
      runs.epoch(query, placed("anna", "o1", 10), placed("anna", "o2", 10));
      runs.epoch(query, placed("anna", "o3", 12), paid("anna", "o2", 11));
      runs.epoch(query, placed("bert", "o4", 30));
      for (int second = 0; second < 8; second++) {
        runs.epoch(query, placed("bert", "o4", 30));
      }
      query.stop();
    }
  }

  private static List<String> changes(GroupHistory history, long epoch) {
    return history.epochs().stream()
        .filter(each -> each.epoch() == epoch)
        .flatMap(each -> each.changes().stream())
        .map(VariablesViewTest::words)
        .toList();
  }

  private static String words(EntryChange change) {
    return "%s %s %s%s%s"
        .formatted(
            change.effect(),
            change.variable(),
            change.key(),
            change.value() == null ? "" : "=" + change.value(),
            change.dueMillis() == null ? "" : " " + change.dueMillis() / 1000);
  }

  static String words(VariableView variable) {
    String type =
        variable.name()
            + " "
            + variable.kind()
            + (variable.clock() == null ? "" : " in " + variable.clock());
    return type
        + ": "
        + String.join(
            ", ", variable.entries().stream().map(entry -> words(variable.kind(), entry)).toList());
  }

  private static String words(Kind kind, EntryView entry) {
    Instant due = entry.due();
    return kind == Kind.TIMERS
        ? entry.key() + " at " + due
        : entry.key() + "=" + entry.value() + (due == null ? "" : " until " + due);
  }

  private static <T> T get(CompletionStage<T> stage) {
    return stage.toCompletableFuture().join();
  }
}
