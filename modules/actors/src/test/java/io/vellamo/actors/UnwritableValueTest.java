package io.vellamo.actors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vellamo.api.QueryBuilder;
import io.vellamo.api.SerializationException;
import io.vellamo.api.group.GroupState;
import io.vellamo.api.group.GroupStateTimeout;
import io.vellamo.api.query.ErrorPolicy;
import io.vellamo.api.query.OutputMode;
import io.vellamo.api.query.ParkedGroup;
import io.vellamo.api.sink.DeadLetter;
import io.vellamo.connectors.memory.MemorySource;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A value that can't be written is its event's failure; a class that can't be is the query's. */
final class UnwritableValueTest {
  private static final String HALF = "half \ud83d";
  private static final String ERROR = SerializationException.class.getName();

  /** An event; says where its text goes. */
  record Note(String key, String part, String text, Set<String> tags) {
    static Note of(String key, String part, String text) {
      return new Note(key, part, text, Set.of());
    }
  }

  record Kept(String text, int count) {}

  record Row(String key, String text, int count) {}

  record Pair<A, B>(A a, B b) {}

  private final MemorySource<Note> notes = MemorySource.create();
  private final FlakySink<Object> rows = new FlakySink<>();
  private final FlakySink<DeadLetter> letters = new FlakySink<>();
  private TestSystem system = TestSystem.start();

  private void host(String hosting) {
    system.close();
    system = TestSystem.start("vellamo.query.hosting = " + hosting);
  }

  @AfterEach
  void stop() {
    system.close();
  }

  private QuerySteps<Note, Object> start(ErrorPolicy policy) {
    return QuerySteps.start(
        events -> notes.addTo(0, events), rows::rows, clock -> query(policy).clock(clock));
  }

  private QueryBuilder query(ErrorPolicy policy) {
    return system
        .vellamo()
        .query("notes")
        .from(notes)
        .groupByKey(Note::key)
        .flatMapGroupsWithState(
            OutputMode.APPEND, GroupStateTimeout.NONE, Kept.class, UnwritableValueTest::count)
        .to(rows)
        .onError(policy)
        .deadLettersTo(letters);
  }

  private static Iterator<Object> count(String key, Iterator<Note> events, GroupState<Kept> state) {
    Object row = "none";
    while (events.hasNext()) {
      Note note = events.next();
      int count = state.optional().map(Kept::count).orElse(0) + 1;
      if (note.part().equals("throw")) {
        throw new IllegalStateException("thrown");
      }
      state.update(new Kept(note.part().equals("state") ? note.text() : "", count));
      row =
          note.part().equals("pair")
              ? new Pair<>(1L, "x")
              : new Row(key, note.part().equals("row") ? note.text() : "", count);
    }
    return List.of(row).iterator();
  }

  @ParameterizedTest
  @ValueSource(strings = {"inline", "actor"})
  void deadLetter_ofStateRowOrKey_leavesOutItsEventOnly(String hosting) {
    host(hosting);
    QuerySteps<Note, Object> query = start(ErrorPolicy.deadLetter());

    query
        .add(
            Note.of("a", "state", HALF),
            Note.of("b", "", ""),
            Note.of("c", "row", HALF),
            Note.of(HALF, "", ""))
        .expectRows(new Row("b", "", 1));
    query.add(Note.of("a", "", ""), Note.of("c", "", ""));
    query.expectRows(new Row("a", "", 1), new Row("c", "", 1));

    assertThat(letters.rows())
        .extracting(letter -> letter.message().orElse(""))
        .containsExactlyInAnyOrder(
            "key must be well-formed text, has an unpaired surrogate at index [5] of [6]; cut text only between code points",
            "state class [%s] can't be written at property [text]: a text has an unpaired surrogate; cut text only between code points"
                .formatted(Kept.class.getName()),
            "row class [%s] can't be written at property [text]: a text has an unpaired surrogate; cut text only between code points"
                .formatted(Row.class.getName()));
    assertThat(letters.rows())
        .extracting(DeadLetter::reason)
        .containsOnly(
            "groupByKey threw [" + ERROR + "]", "an event, state or row can't be written");
    query.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"inline", "actor"})
  void park_parksTheGroup_andAnEventThatCanNotWaitIsADeadLetter(String hosting) {
    host(hosting);
    QuerySteps<Note, Object> query = start(ErrorPolicy.park());

    query.add(Note.of("a", "throw", ""), Note.of("b", "", "")).expectRows(new Row("b", "", 1));
    query.add(Note.of("a", "", HALF), Note.of("a", "", "fine"), Note.of("b", "", HALF));
    query.expectRows(new Row("b", "", 2));

    List<ParkedGroup> parked = query.query().parkedGroups().toCompletableFuture().join();
    assertThat(parked).extracting(ParkedGroup::events).containsExactly(2L);
    assertThat(letters.rows())
        .extracting(letter -> letter.message().orElse(""))
        .containsExactly(
            "event class [%s] can't be written at property [text]: a text has an unpaired surrogate; cut text only between code points"
                .formatted(Note.class.getName()));
    query.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"inline", "actor"})
  void fail_tellsPropertyReasonAndRemedy(String hosting) throws Exception {
    host(hosting);
    var query = query(ErrorPolicy.fail()).start();
    notes.add(Note.of("a", "state", HALF));

    assertThatThrownBy(query::awaitTermination)
        .hasMessageContaining("group [a] can't go on: state class")
        .hasMessageContaining("at property [text]: a text has an unpaired surrogate; cut text");
  }

  @ParameterizedTest
  @ValueSource(strings = {"inline", "actor"})
  void rowClassThatLosesItsParts_failsTheQuery_underAnyPolicy(String hosting) throws Exception {
    host(hosting);
    var query = query(ErrorPolicy.deadLetter()).start();
    notes.add(Note.of("a", "pair", ""));

    assertThatThrownBy(query::awaitTermination)
        .hasMessageContaining(
            "row class [%s] can't be kept at property [a]: ", Pair.class.getName());
    assertThat(letters.rows()).isEmpty();
  }

  record Topic(Set<String> tags) {}

  @ParameterizedTest
  @ValueSource(strings = {"inline", "actor"})
  void keysWithEqualSets_areOneGroup_andEventsWithEqualSetsAreDuplicates(String hosting) {
    host(hosting);
    Note first = new Note("a", "", "", new LinkedHashSet<>(List.of("x", "y", "z")));
    Note same = new Note("a", "", "", new LinkedHashSet<>(List.of("z", "y", "x")));
    Note other = new Note("b", "", "", new LinkedHashSet<>(List.of("y", "z", "x")));
    QuerySteps<Note, Object> query =
        QuerySteps.start(
            events -> notes.addTo(0, events),
            rows::rows,
            clock ->
                system
                    .vellamo()
                    .query("topics")
                    .from(notes)
                    .dropDuplicates(note -> note, Note.class)
                    .named("notes")
                    .groupByKey(note -> new Topic(note.tags()), Topic.class)
                    .<Integer, Object>mapGroupsWithState(
                        GroupStateTimeout.NONE,
                        Integer.class,
                        (topic, events, state) -> {
                          int count = state.optional().orElse(0);
                          while (events.hasNext()) {
                            events.next();
                            count++;
                          }
                          state.update(count);
                          return count;
                        })
                    .named("topics")
                    .to(rows)
                    .clock(clock));

    query.add(first, same).expectRows(1);
    query.add(same, other).expectRows(2);
    query.close();
  }

  @ParameterizedTest
  @ValueSource(classes = {Pair.class, List.class, Number.class, Object.class})
  void lossyStateAndKeyClasses_areRefusedAtStart(Class<?> lossy) {
    assertThatThrownBy(() -> counting(lossy).start())
        .isInstanceOf(SerializationException.class)
        .hasMessageContaining("state class [%s] can't be", lossy.getName());
    assertThatThrownBy(() -> keyed(lossy).start())
        .isInstanceOf(SerializationException.class)
        .hasMessageContaining("key class [%s] can't be", lossy.getName());
  }

  private <S> QueryBuilder counting(Class<S> stateClass) {
    return system
        .vellamo()
        .query("lossy")
        .from(notes)
        .groupByKey(Note::key)
        .<S, Object>mapGroupsWithState(
            GroupStateTimeout.NONE, stateClass, (key, events, state) -> key)
        .to(rows);
  }

  private <K> QueryBuilder keyed(Class<K> keyClass) {
    return system
        .vellamo()
        .query("lossy")
        .from(notes)
        .groupByKey(note -> keyClass.cast(note), keyClass)
        .<Integer, Object>mapGroupsWithState(
            GroupStateTimeout.NONE, Integer.class, (key, events, state) -> 1)
        .to(rows);
  }
}
