package io.vellamo.actors.replay;

import static io.vellamo.actors.replay.OrderRuns.NAME;
import static io.vellamo.actors.replay.Orders.paid;
import static io.vellamo.actors.replay.Orders.placed;
import static io.vellamo.actors.replay.VisitRuns.KEEP_HISTORY;
import static io.vellamo.actors.replay.VisitRuns.RECORD_INPUTS;
import static io.vellamo.actors.replay.VisitRuns.SNAPSHOT_OFTEN;
import static io.vellamo.api.process.TimeDomain.EVENT_TIME;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.TextNode;
import io.vellamo.actors.replay.Orders.OrderEvent;
import io.vellamo.actors.replay.Orders.Reminder;
import io.vellamo.api.group.GroupStateTimeout;
import io.vellamo.api.process.Declarations;
import io.vellamo.api.process.GroupContext;
import io.vellamo.api.process.GroupProcessor;
import io.vellamo.api.process.Variables;
import io.vellamo.api.query.StreamingQuery;
import io.vellamo.replay.EntryView;
import io.vellamo.replay.KeyDifference;
import io.vellamo.replay.Replacement;
import io.vellamo.replay.ReplayReport;
import io.vellamo.replay.VariableView;
import io.vellamo.replay.VariableView.Kind;
import io.vellamo.replay.VerifyReport;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Recorded inputs of a processor through the same processor and through changed ones. */
final class ProcessorReplayTest {
  private static final String RECORD_ALL = RECORD_INPUTS + KEEP_HISTORY;
  private static final String SPLIT =
      "\nvellamo.journal { max-record-size = 300, max-write-size = 600 }";
  private static final long PATIENCE = 10;

  @TempDir private Path directory;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void sameProcessor_overRestartsSnapshotsAndSplitRecords_makesTheSame(long seed) throws Exception {
    OrderRuns runs = new OrderRuns(directory);
    runs.random(seed, new Orders(PATIENCE), RECORD_ALL + SNAPSHOT_OFTEN + SPLIT);

    try (VisitRuns.Run run = runs.start("")) {
      ReplayReport report =
          get(run.replay().replay(NAME, Replacement.process(new Orders(PATIENCE))));

      assertThat(report.differences()).isEmpty();
      assertThat(report.isSame()).isTrue();
      assertThat(report.firstEpoch()).isEqualTo(1);
      assertThat(report.recordedRows()).isEqualTo(runs.reminders.rows().size()).isPositive();
      assertThat(report.replayedRows()).isEqualTo(report.recordedRows());
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {4, 5})
  void sameProcessor_onAJournalWithoutItsBeginning_makesTheSame(long seed) throws Exception {
    OrderRuns runs = new OrderRuns(directory);
    runs.random(seed, new Orders(PATIENCE), RECORD_INPUTS + SNAPSHOT_OFTEN + SPLIT);

    try (VisitRuns.Run run = runs.start("")) {
      ReplayReport report =
          get(run.replay().replay(NAME, Replacement.process(new Orders(PATIENCE))));

      assertThat(report.differences()).isEmpty();
      assertThat(report.firstEpoch()).isGreaterThan(1);
      assertThat(report.sameGroups()).isPositive();
    }
  }

  @Test
  void changedProcessor_emitsWhatItsOwnQueryWould() throws Exception {
    OrderRuns recorded = new OrderRuns(directory.resolve("recorded"));
    OrderRuns changed = new OrderRuns(directory.resolve("changed"));
    // Timers in processing time may be due before or with the next events of two runs.
    Orders other = new Orders(PATIENCE, 1, false);
    recorded.random(6, new Orders(PATIENCE, 3, false), RECORD_ALL);
    changed.random(6, other, "");

    try (VisitRuns.Run run = recorded.start("")) {
      ReplayReport report = get(run.replay().replay(NAME, Replacement.process(other)));

      assertThat(report.replayedRows()).isEqualTo(changed.reminders.rows().size());
      assertThat(report.recordedRows()).isEqualTo(recorded.reminders.rows().size());
      assertThat(report.otherRowGroups())
          .isEqualTo(groupsWithOtherRows(recorded, changed))
          .isPositive();
      assertThat(report.differences())
          .hasSize((int) report.differentGroups())
          .extracting(KeyDifference::epoch)
          .isSorted();
    }
  }

  private static long groupsWithOtherRows(OrderRuns some, OrderRuns others) {
    return IntStream.range(0, 6)
        .mapToObj(customer -> "c" + customer)
        .filter(customer -> !reminders(some, customer).equals(reminders(others, customer)))
        .count();
  }

  private static List<Reminder> reminders(OrderRuns runs, String customer) {
    return runs.reminders.rows().stream().filter(row -> row.customer().equals(customer)).toList();
  }

  @ParameterizedTest
  @ValueSource(longs = {10, 11})
  void sameProcessor_fromAnyEpochOn_makesTheSame(long seed) throws Exception {
    OrderRuns runs = new OrderRuns(directory);
    runs.random(seed, new Orders(PATIENCE), RECORD_ALL);

    try (VisitRuns.Run run = runs.start("")) {
      for (long first = 2; first < 70; first += 17) {
        ReplayReport report =
            get(run.replay().replay(NAME, Replacement.process(new Orders(PATIENCE)), first, 10));

        assertThat(report.differences()).isEmpty();
        assertThat(report.firstEpoch()).isEqualTo(first);
      }
    }
  }

  @Test
  void changedProcessor_isReportedWithTheEntriesThatDiffer() throws Exception {
    OrderRuns runs = new OrderRuns(directory);
    try (VisitRuns.Run run = runs.start(RECORD_ALL)) {
      StreamingQuery query = runs.query(run, new Orders(PATIENCE));
      runs.epoch(query, placed("anna", "o1", 10), paid("anna", "o2", 10));
      query.stop();

      ReplayReport report = get(run.replay().replay(NAME, Replacement.process(new Orders(4))));

      assertThat(report.otherRowGroups()).isZero();
      assertThat(report.differences()).hasSize(1);
      KeyDifference difference = report.differences().get(0);
      assertThat(difference.epoch()).isEqualTo(1);
      assertThat(difference.recorded().state()).isNull();
      assertThat(difference.recorded().variables()).containsExactly(timer("o1", 20_000));
      assertThat(difference.replayed().variables()).containsExactly(timer("o1", 14_000));
    }
  }

  private static VariableView timer(String tag, long dueMillis) {
    EntryView entry = new EntryView(TextNode.valueOf(tag), null, dueMillis);
    return new VariableView("due", Kind.TIMERS, EVENT_TIME, false, 1, List.of(entry));
  }

  /** Otherwise all groups would differ. */
  @Test
  void variablesThatOnlyOneSideDeclares_areNotCompared() throws Exception {
    OrderRuns runs = new OrderRuns(directory);
    try (VisitRuns.Run run = runs.start(RECORD_ALL)) {
      StreamingQuery query = runs.query(run, Tally.of("old", "both"));
      runs.epoch(query, placed("anna", "o1", 10));
      runs.epoch(query, placed("anna", "o2", 10));
      query.stop();

      assertThat(get(run.replay().replay(NAME, Replacement.process(Tally.of("new", "both")))))
          .satisfies(report -> assertThat(report.differences()).isEmpty())
          .extracting(ReplayReport::isSame, ReplayReport::sameGroups)
          .containsExactly(true, 1L);
    }
  }

  @Test
  void variablesInAnotherOrder_areThoseOfTheSameNames() throws Exception {
    OrderRuns runs = new OrderRuns(directory);
    try (VisitRuns.Run run = runs.start(RECORD_ALL)) {
      StreamingQuery query = runs.query(run, Tally.of("a", "b", "c"));
      runs.epoch(query, placed("anna", "o1", 10));
      runs.epoch(query, placed("anna", "o2", 10));
      query.stop();

      Replacement<?, ?, ?, ?> reordered = Replacement.process(Tally.of("c", "a", "b"));
      assertThat(get(run.replay().replay(NAME, reordered)).differences()).isEmpty();
      assertThat(get(run.replay().replay(NAME, reordered, 2, 10)).differences()).isEmpty();
    }
  }

  @Test
  void processorThatThrows_countsAsDifferent_andTheOthersGoOn() throws Exception {
    OrderRuns runs = new OrderRuns(directory);
    try (VisitRuns.Run run = runs.start(RECORD_ALL)) {
      StreamingQuery query = runs.query(run, Tally.of("a"));
      runs.epoch(query, placed("anna", "o1", 10), placed("bert", "o1", 10));
      query.stop();

      ReplayReport report =
          get(
              run.replay()
                  .replay(
                      NAME,
                      Replacement.process(
                          new GroupProcessor<String, OrderEvent, Reminder>() {
                            @Override
                            public void declare(Declarations declarations) {
                              Tally.of("a").declare(declarations);
                            }

                            @Override
                            public void onEvents(
                                String customer,
                                Iterator<OrderEvent> events,
                                GroupContext<Reminder> group) {
                              throw new IllegalStateException("on purpose");
                            }
                          })));

      assertThat(report.failedGroups()).isEqualTo(2);
      assertThat(report.differences())
          .extracting(difference -> difference.replayed().failure())
          .allSatisfy(
              failure ->
                  assertThat(failure).startsWith("[java.lang.IllegalStateException]: on purpose"));
    }
  }

  @Test
  void replacementOfAnotherKind_isRefused() throws Exception {
    OrderRuns runs = new OrderRuns(directory);
    try (VisitRuns.Run run = runs.start(RECORD_ALL)) {
      StreamingQuery query = runs.query(run, Tally.of("a"));
      runs.epoch(query, placed("anna", "o1", 10));
      query.stop();

      assertThatThrownBy(
              () ->
                  get(
                      run.replay()
                          .replay(
                              NAME,
                              Replacement.<String, OrderEvent, Long, String>mapGroupsWithState(
                                  GroupStateTimeout.NONE,
                                  Long.class,
                                  (key, events, state) -> key))))
          .hasMessageContaining(
              "replacement must be a processor, as operator [process] of the query, was [a function"
                  + " with a single state]; describe it with Replacement.process");
      assertThatThrownBy(
              () -> get(run.replay().replay(NAME, Replacement.process(new ListInstead()))))
          .hasMessageContaining(
              "variable or timer [a] of the replacement must be [VALUE], as in the journal, was"
                  + " [LIST]; give it another name");
    }
  }

  /** A processor with a list where {@link Tally} has a value. */
  private static final class ListInstead implements GroupProcessor<String, OrderEvent, Reminder> {
    @Override
    public void declare(Declarations declarations) {
      declarations.use(Variables.list("a", Integer.class));
    }

    @Override
    public void onEvents(
        String customer, Iterator<OrderEvent> events, GroupContext<Reminder> group) {}
  }

  @ParameterizedTest
  @ValueSource(longs = {7, 8, 9})
  void journal_ofRandomOrders_isRight(long seed) throws Exception {
    OrderRuns runs = new OrderRuns(directory);
    runs.random(seed, new Orders(PATIENCE), KEEP_HISTORY + SNAPSHOT_OFTEN + SPLIT);

    try (VisitRuns.Run run = runs.start("")) {
      VerifyReport report = get(run.replay().verify(NAME));

      assertThat(report.findings()).isEmpty();
      assertThat(report.snapshotGroups()).isPositive();
      assertThat(report.groups()).isPositive();
    }
  }

  private static <T> T get(CompletionStage<T> stage) {
    return stage.toCompletableFuture().join();
  }
}
