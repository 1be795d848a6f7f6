package io.vellamo.actors;

import static io.vellamo.actors.RunningCount.count;
import static org.assertj.core.api.Assertions.assertThat;

import io.vellamo.actors.RunningCount.Count;
import io.vellamo.api.EventStream;
import io.vellamo.api.GroupedStream;
import io.vellamo.api.group.FlatMapGroupsWithStateFunction;
import io.vellamo.api.group.GroupState;
import io.vellamo.api.group.GroupStateTimeout;
import io.vellamo.api.group.InitialState;
import io.vellamo.api.group.KeyValue;
import io.vellamo.api.query.OutputMode;
import io.vellamo.api.query.StreamingQuery;
import io.vellamo.api.query.Trigger;
import io.vellamo.connectors.memory.MemorySink;
import io.vellamo.connectors.memory.MemorySource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Acceptance cases I01 to I12 of initial states, on whole queries over restarts; the contract of
 * both hostings. With one group kept live a shard, groups without events are called in many rounds.
 */
abstract class InitialStateCases {
  /** What a call saw, and the count it made of it. */
  record Call(String key, List<String> events, int count) {}

  /** A key of a class. */
  record Place(String name, int number) {}

  private final String settings;
  private TestSystem system;

  InitialStateCases(String hosting) {
    settings = "vellamo.passivation.max-active-groups = 1\nvellamo.query.hosting = " + hosting;
    system = TestSystem.start(settings);
  }

  @AfterEach
  void stop() {
    system.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 6})
  void i01_eventsAndInitialStates_callEachGroupOnce(int shards) {
    system.close();
    system = TestSystem.start(settings + "\nvellamo.query.shards = " + shards);
    Map<String, Integer> states = Map.of("S1", 1, "S2", 2, "NoUpdate", 2, "OnlyS", 1);
    QuerySteps<String, Call> query =
        words(InitialState.of(Integer.class, states), InitialStateCases::countAndTell);

    query.add("D", "S2");
    query.expectRows(
        new Call("OnlyS", List.of(), 1),
        new Call("NoUpdate", List.of(), 2),
        new Call("S2", List.of("S2"), 3),
        new Call("S1", List.of(), 1),
        new Call("D", List.of("D"), 1));
    query.expectGroups(5).expectChanges(4, 0).restart().expectNoRows();
    query.add("S1").expectRows(new Call("S1", List.of("S1"), 2));
    query.expectGroups(5).expectChanges(1, 0).close();
  }

  @Test
  void i02_keysOfAClass_areCoGrouped() {
    Map<Place, Integer> states =
        Map.of(new Place("K1", 1), 1, new Place("OnlyS", 1), 1, new Place("NoUpdate", 2), 2);
    QuerySteps<Place, Call> query =
        start(
            MemorySource.create(),
            source ->
                source
                    .groupByKey(place -> place, Place.class)
                    .withInitialState(InitialState.of(Integer.class, states))
                    .flatMapGroupsWithState(
                        OutputMode.UPDATE,
                        GroupStateTimeout.NONE,
                        (place, events, state) -> countAndTell(place.name, names(events), state)));

    query.add(new Place("K1", 1), new Place("D", 1));
    query.expectRows(
        new Call("K1", List.of("K1"), 2),
        new Call("OnlyS", List.of(), 1),
        new Call("NoUpdate", List.of(), 2),
        new Call("D", List.of("D"), 1));
    query.expectGroups(4).expectChanges(3, 0).restart();
    query.add(new Place("D", 1)).expectRows(new Call("D", List.of("D"), 2));
    query.expectGroups(4).expectChanges(1, 0).close();
  }

  @Test
  void i03_twoStatesOfAKey_failTheQuery() {
    List<KeyValue<String, Integer>> twice = List.of(new KeyValue<>("a", 2), new KeyValue<>("a", 1));
    QuerySteps<String, Call> query =
        words(InitialState.of(Integer.class, twice), InitialStateCases::countAndTell);

    query.addFailing(
        "Query [case] failed in epoch [1]: reading the initial states failed: initial states must"
            + " have one state a key, found more for key [a]; merge them first",
        "a");

    assertThat(query.query().exception().orElseThrow())
        .hasCauseInstanceOf(IllegalArgumentException.class);
    query.expectNoRows();
  }

  @Test
  void nullState_failsTheQuery() {
    Map<String, Integer> states = new HashMap<>();
    states.put("a", null);
    QuerySteps<String, Call> query =
        words(InitialState.of(Integer.class, states), InitialStateCases::countAndTell);

    query.addFailing("the initial state of key [a] must not be null; leave the key out", "b");

    query.expectNoRows();
  }

  @Test
  void i07_statesOfAnotherFunction_areReadOnce() {
    AtomicInteger reads = new AtomicInteger();
    Iterable<KeyValue<String, Integer>> counted =
        () -> {
          reads.incrementAndGet();
          return List.of("K").stream().map(key -> new KeyValue<>(key, key.length())).iterator();
        };
    QuerySteps<String, Call> query =
        words(InitialState.of(Integer.class, counted), InitialStateCases::countAndTell);

    assertThat(reads).as("before the first event").hasValue(0);
    query.add("K").expectRows(new Call("K", List.of("K"), 2));
    query.restart().add("K").expectRows(new Call("K", List.of("K"), 3)).close();

    assertThat(reads).hasValue(1);
  }

  @Test
  void i08_nullKey_isAKeyLikeAnyOther() {
    Map<@Nullable String, Integer> states = new HashMap<>();
    states.put("key", 5);
    states.put(null, 2);
    QuerySteps<String, Count> query =
        start(
            MemorySource.create(),
            source ->
                source
                    .<@Nullable String>groupByKey(word -> word.equals("null") ? null : word)
                    .withInitialState(InitialState.of(Integer.class, states))
                    .mapGroupsWithState(
                        GroupStateTimeout.NONE,
                        (key, events, state) ->
                            count(String.valueOf(key), countAll(events, state))));

    query.add("key", "null").expectRows(count("key", 6), count("null", 3));
    query.expectGroups(2).expectChanges(2, 0).close();
  }

  @Test
  void i09_processingTimeTimeout_ofAGroupWithoutEvents_fires() {
    QuerySteps<String, Count> query =
        start(
            MemorySource.create(),
            source ->
                source
                    .withWatermark(word -> Instant.EPOCH, Duration.ofSeconds(10))
                    .groupByKey(word -> word)
                    .withInitialState(InitialState.of(Integer.class, Map.of("c", 2)))
                    .flatMapGroupsWithState(
                        OutputMode.UPDATE,
                        GroupStateTimeout.PROCESSING_TIME,
                        InitialStateCases::countUntilSilent));

    query.add("a").expectRows(count("a", 1), count("c", 2));
    query.advance(Duration.ofSeconds(11)).add("b");
    query.expectRows(count("a", -1), count("b", 1), count("c", -1)).expectGroups(1).close();
  }

  @Test
  void i10_calledOnlyWithEvents_groupsWithoutAreStoredAndNotCalled() {
    QuerySteps<String, Count> query = fruits(InitialState::calledOnlyWithEvents);

    query.add("apple").add("banana").expectRows(count("apple", 2), count("banana", 1));
    query.expectGroups(4).expectChanges(2, 0).restart();
    query.add("orange").expectRows(count("orange", 3)).close();
  }

  @Test
  void i11_calledWithoutEventsToo_groupsWithoutEmit() {
    QuerySteps<String, Count> query = fruits(Function.identity());

    query.add("apple").add("banana");
    query.expectRows(count("apple", 2), count("banana", 1), count("orange", 2), count("mango", 5));
    query.add("orange").expectRows(count("orange", 3)).close();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void i12_allKeysHaveEvents_flagMakesNoDifference(boolean onlyWithEvents) {
    InitialState<String, Integer> states =
        InitialState.of(Integer.class, Map.of("apple", 1, "orange", 2));
    QuerySteps<String, Count> query =
        start(
            MemorySource.create(),
            source -> counted(source, onlyWithEvents ? states.calledOnlyWithEvents() : states));

    query.add("apple", "apple", "orange").expectRows(count("apple", 3), count("orange", 3));
    query.add("orange").expectRows(count("orange", 4)).close();
  }

  @Test
  void timeoutWithoutUpdate_keepsTheInitialState() {
    QuerySteps<String, Count> query =
        start(
            MemorySource.create(),
            source ->
                source
                    .groupByKey(word -> word)
                    .withInitialState(InitialState.of(Integer.class, Map.of("c", 7)))
                    .flatMapGroupsWithState(
                        OutputMode.UPDATE,
                        GroupStateTimeout.PROCESSING_TIME,
                        InitialStateCases::tellWhenTimedOut));

    query.add("a").expectNoRows().expectGroups(2).expectChanges(2, 0).restart();
    query.advance(Duration.ofSeconds(2)).expectRows(count("c", 7), count("a", 0)).close();
  }

  @Test
  void remove_ofAnInitialState_leavesNothing() {
    QuerySteps<String, Call> query =
        words(
            InitialState.of(Integer.class, Map.of("a", 1, "b", 1)),
            (key, events, state) -> {
              state.remove();
              return List.<Call>of().iterator();
            });

    query.add("a").expectGroups(0).expectChanges(0, 2).close();
  }

  @Test
  void noInput_firstEpochWaits_andStatesAreThereInALaterRun() throws Exception {
    MemorySource<String> source = MemorySource.create();
    MemorySink<Count> rows = MemorySink.create();
    run(source, rows);
    assertThat(rows.rows()).isEmpty();

    source.add("apple");
    run(source, rows);

    assertThat(rows.rows()).containsExactlyInAnyOrder(count("apple", 2), count("mango", 5));
  }

  @Test
  void functionThrowsInTheFirstEpoch_restartGivesTheSame() {
    AtomicBoolean broken = new AtomicBoolean(true);
    List<KeyValue<String, Integer>> states = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      states.add(new KeyValue<>("key-" + i, i));
    }
    QuerySteps<String, Call> query =
        words(
            InitialState.of(Integer.class, states),
            (key, events, state) -> {
              if (broken.get() && key.equals("key-99")) {
                throw new IllegalStateException("broken on purpose");
              }
              return countAndTell(key, events, state);
            });

    query.addFailing(
        "the function threw [java.lang.IllegalStateException] for group [key-99], called for its"
            + " initial state",
        "key-0",
        "new");
    query.expectNoRows();
    broken.set(false);
    query.restart();

    List<Call> expected = new ArrayList<>();
    states.forEach(
        state -> {
          boolean hasEvent = state.key().equals("key-0");
          expected.add(
              new Call(
                  state.key(),
                  hasEvent ? List.of("key-0") : List.of(),
                  state.value() + (hasEvent ? 1 : 0)));
        });
    expected.add(new Call("new", List.of("new"), 1));
    query.expectRows(expected.toArray(new Call[0])).expectGroups(101).close();
  }

  @Test
  void operatorsBehindEachOther_haveInitialStatesOfTheirOwn() {
    QuerySteps<String, Call> query =
        start(
            MemorySource.create(),
            source ->
                flatMapped(
                    source
                        .groupByKey(word -> word)
                        .withInitialState(InitialState.of(Integer.class, Map.of("a", 1, "b", 2)))
                        .flatMapGroupsWithState(
                            OutputMode.APPEND,
                            GroupStateTimeout.NONE,
                            (word, events, state) -> {
                              int count = countAll(events, state);
                              return List.of(word + count).iterator();
                            })
                        .named("words")
                        .groupByKey(row -> row.substring(0, 1)),
                    OutputMode.APPEND,
                    InitialState.of(Integer.class, Map.of("a", 10, "z", 20)),
                    InitialStateCases::countAndTell));

    query.add("a");
    query.expectRows(
        new Call("a", List.of("a2"), 11),
        new Call("b", List.of("b2"), 1),
        new Call("z", List.of(), 20));
    query.expectGroups(5).restart().expectNoRows();
    query.add("b").expectRows(new Call("b", List.of("b3"), 2)).close();
  }

  private void run(MemorySource<String> source, MemorySink<Count> rows)
      throws InterruptedException {
    StreamingQuery query =
        counted(
                system.vellamo().query("case").from(source),
                InitialState.of(Integer.class, Map.of("apple", 1, "mango", 5)))
            .to(rows)
            .trigger(Trigger.availableNow())
            .start();
    query.awaitTermination();
  }

  private QuerySteps<String, Count> fruits(
      Function<InitialState<String, Integer>, InitialState<String, Integer>> flag) {
    Map<String, Integer> states = Map.of("apple", 1, "orange", 2, "mango", 5);
    return start(
        MemorySource.create(),
        source -> counted(source, flag.apply(InitialState.of(Integer.class, states))));
  }

  private static EventStream<Count> counted(
      EventStream<String> source, InitialState<String, Integer> states) {
    return source
        .groupByKey(word -> word)
        .withInitialState(states)
        .mapGroupsWithState(
            GroupStateTimeout.NONE, (key, events, state) -> count(key, countAll(events, state)));
  }

  private QuerySteps<String, Call> words(
      InitialState<String, Integer> states,
      FlatMapGroupsWithStateFunction<String, String, Integer, Call> function) {
    return start(
        MemorySource.create(),
        source -> flatMapped(source.groupByKey(word -> word), OutputMode.UPDATE, states, function));
  }

  private static EventStream<Call> flatMapped(
      GroupedStream<String, String> groups,
      OutputMode mode,
      InitialState<String, Integer> states,
      FlatMapGroupsWithStateFunction<String, String, Integer, Call> function) {
    return groups
        .withInitialState(states)
        .flatMapGroupsWithState(mode, GroupStateTimeout.NONE, function)
        .named("calls");
  }

  private <T, U> QuerySteps<T, U> start(
      MemorySource<T> source, Function<EventStream<T>, EventStream<U>> pipeline) {
    MemorySink<U> rows = MemorySink.create();
    return QuerySteps.start(
        events -> source.addTo(0, events),
        rows::rows,
        clock -> pipeline.apply(system.vellamo().query("case").from(source)).to(rows).clock(clock));
  }

  /** Adds the events to the count, but not for the key {@code NoUpdate}. */
  private static Iterator<Call> countAndTell(
      String key, Iterator<String> events, GroupState<Integer> state) {
    assertThat(state.hasTimedOut()).isFalse();
    List<String> seen = new ArrayList<>();
    events.forEachRemaining(seen::add);
    assertThat(state.exists() || !seen.isEmpty()).isTrue();
    int count = state.optional().orElse(0) + seen.size();
    if (!key.equals("NoUpdate")) {
      state.update(count);
    }
    return List.of(new Call(key, seen, count)).iterator();
  }

  private static Iterator<Count> countUntilSilent(
      String word, Iterator<String> events, GroupState<Integer> state) {
    if (state.hasTimedOut()) {
      state.remove();
      return List.of(count(word, -1)).iterator();
    }
    int count = countAll(events, state);
    state.setTimeoutDuration(Duration.ofSeconds(10));
    return List.of(count(word, count)).iterator();
  }

  private static Iterator<Count> tellWhenTimedOut(
      String word, Iterator<String> events, GroupState<Integer> state) {
    if (state.hasTimedOut()) {
      return List.of(count(word, state.optional().orElse(0))).iterator();
    }
    state.setTimeoutDuration(Duration.ofSeconds(1));
    return List.<Count>of().iterator();
  }

  private static int countAll(Iterator<?> events, GroupState<Integer> state) {
    int count = state.optional().orElse(0);
    for (; events.hasNext(); events.next()) {
      count++;
    }
    state.update(count);
    return count;
  }

  private static Iterator<String> names(Iterator<Place> places) {
    List<String> names = new ArrayList<>();
    places.forEachRemaining(place -> names.add(place.name));
    return names.iterator();
  }
}
