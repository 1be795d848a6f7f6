package io.vellamo.engine.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.vellamo.api.group.GroupStateTimeout;
import io.vellamo.api.internal.QueryPlan;
import io.vellamo.api.internal.Stage;
import io.vellamo.api.query.Trigger;
import io.vellamo.api.sink.DeadLetter;
import io.vellamo.api.sink.LateEvent;
import io.vellamo.engine.epoch.QueryLedger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A query's sinks, and what goes to which of them. */
final class OpenSinksTest {
  private static final int SHARDS = 4;
  private static final long EPOCH = 7;

  private final ListSink rows = new ListSink("rows");
  private final ListSink letters = new ListSink("letters");
  private final ListSink late = new ListSink("late");
  private final List<String> warnings = new ArrayList<>();

  @Test
  void rows_areWrittenByShard_thenThoseWithoutShard() throws Exception {
    OpenSinks sinks = open(plan(rows, null, null));

    long written =
        sinks.write(results(Map.of(6, List.of("c"), 4, List.of("a", "b")), List.of("d")));

    assertThat(written).isEqualTo(4);
    assertThat(rows.rows)
        .containsExactly("query/7/4/0 a!", "query/7/4/1 b!", "query/7/6/0 c!", "query/7/-1/0 d");
  }

  @Test
  void metrics_areThoseOfTheSinkOfRows_afterTheLastWrite() throws Exception {
    OpenSinks sinks = open(plan(rows, letters, null));
    assertThat(sinks.metrics()).isEmpty();

    sinks.write(results(Map.of(4, List.of("a", "b")), List.of("c")));

    assertThat(sinks.metrics()).isEqualTo(Map.of("rowsWritten", 3L));
  }

  @Test
  void epochWithoutRows_isWrittenToo() throws Exception {
    assertThat(open(plan(rows, null, null)).write(results(Map.of(), List.of()))).isZero();
    assertThat(rows.calls).containsExactly("open after 0", "write 7");
  }

  @Test
  void deadLetters_ofStagesAndGroups_goToTheirSink() throws Exception {
    open(plan(rows, letters, null)).write(withLetters(letter("entry"), letter("group")));

    assertThat(letters.rows)
        .containsExactly(
            "query/7/-1/0 DeadLetter[part@3: entry]", "query/7/2/0 DeadLetter[part@3: group]");
    assertThat(warnings).isEmpty();
  }

  @Test
  void deadLetters_withoutASink_areLogged() throws Exception {
    open(plan(rows, null, null)).write(withLetters(letter("entry"), letter("group")));

    assertThat(warnings)
        .containsExactly(
            "Query [query] left out: DeadLetter[part@3: entry]",
            "Query [query] left out: DeadLetter[part@3: group]");
  }

  @Test
  void deadLetters_beyondTen_areCountedInTheLog() throws Exception {
    OpenSinks sinks = open(plan(rows, null, null));
    EpochResults ten = results(Collections.nCopies(10, letter("entry")));
    EpochResults twelve = results(Collections.nCopies(12, letter("entry")));

    sinks.write(ten);
    assertThat(warnings).hasSize(10);

    warnings.clear();
    sinks.write(twelve);
    assertThat(warnings)
        .hasSize(11)
        .endsWith("Query [query] left out [2] more in epoch [7]; keep them with deadLettersTo");
  }

  @Test
  void lateEvents_goToTheirSink() throws Exception {
    LateEvent event = new LateEvent("a", Instant.EPOCH, Instant.EPOCH.plusMillis(1));

    open(plan(rows, null, late))
        .write(
            new EpochResults(
                EPOCH,
                new TreeMap<>(),
                new TreeMap<>(),
                List.of(),
                new TreeMap<>(),
                List.of(),
                List.of(event)));

    assertThat(late.rows).containsExactly("query/7/-1/0 " + event);
    assertThat(rows.rows).isEmpty();
  }

  @Test
  void sinkThatCannotBeOpened_closesTheOthers() {
    assertThatIllegalStateException()
        .isThrownBy(() -> open(plan(rows, letters, new ListSink("closed"))))
        .withMessage("can't be opened");
    assertThat(rows.calls).containsExactly("open after 0", "close");
    assertThat(letters.calls).containsExactly("open after 0", "close");
  }

  @Test
  void close_closesAll_once() throws Exception {
    OpenSinks sinks = open(plan(rows, letters, late));

    sinks.close();
    sinks.close();

    assertThat(List.of(rows.calls, letters.calls, late.calls))
        .allMatch(calls -> calls.equals(List.of("open after 0", "close")));
    assertThatIllegalStateException()
        .isThrownBy(() -> sinks.write(results(Map.of(), List.of())))
        .withMessage("The sink was used after its query had ended");
  }

  private OpenSinks open(QueryPlan plan) throws Exception {
    return OpenSinks.open(
        TestQueries.prepare(plan),
        QueryLedger.created(new UUID(0, 0), SHARDS),
        0,
        true,
        10,
        warnings::add);
  }

  /** Returns a query with two operators, and a stage after the second one. */
  private static QueryPlan plan(
      ListSink rows, @Nullable ListSink letters, @Nullable ListSink late) {
    return TestQueries.plan(
        "query",
        TestQueries.then(
            TestQueries.upstream(ListSource.of("source")),
            TestQueries.groups("first", GroupStateTimeout.NONE),
            TestQueries.groups("second", GroupStateTimeout.NONE),
            new Stage.Map(row -> row + "!")),
        rows,
        letters,
        late,
        Trigger.asap());
  }

  private static EpochResults results(Map<Integer, List<Object>> rows, List<Object> without) {
    return new EpochResults(
        EPOCH,
        new TreeMap<>(rows),
        new TreeMap<>(),
        without,
        new TreeMap<>(),
        List.of(),
        List.of());
  }

  private static EpochResults results(List<DeadLetter> letters) {
    return new EpochResults(
        EPOCH, new TreeMap<>(), new TreeMap<>(), List.of(), new TreeMap<>(), letters, List.of());
  }

  private static EpochResults withLetters(DeadLetter ofEntry, DeadLetter ofGroup) {
    SortedMap<Integer, List<DeadLetter>> ofGroups = new TreeMap<>(Map.of(2, List.of(ofGroup)));
    return new EpochResults(
        EPOCH, new TreeMap<>(), new TreeMap<>(), List.of(), ofGroups, List.of(ofEntry), List.of());
  }

  private static DeadLetter letter(String reason) {
    return DeadLetter.ofEntry(
        new DeadLetter.Position("part", 3), EPOCH, reason, Optional.of("secret"));
  }
}
