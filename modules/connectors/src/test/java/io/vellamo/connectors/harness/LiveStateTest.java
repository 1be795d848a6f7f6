package io.vellamo.connectors.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.vellamo.api.EventStream;
import io.vellamo.api.aggregate.Aggregates;
import io.vellamo.api.group.GroupState;
import io.vellamo.api.group.GroupStateTimeout;
import io.vellamo.api.process.Declarations;
import io.vellamo.api.process.GroupContext;
import io.vellamo.api.process.GroupProcessor;
import io.vellamo.api.process.ListVariable;
import io.vellamo.api.process.MapVariable;
import io.vellamo.api.process.ProcessingTimer;
import io.vellamo.api.process.Timer;
import io.vellamo.api.process.ValueVariable;
import io.vellamo.api.process.Variables;
import io.vellamo.api.query.CommittedGroup;
import io.vellamo.api.query.ErrorPolicy;
import io.vellamo.api.query.GroupPage;
import io.vellamo.api.query.OutputMode;
import io.vellamo.api.query.ParkedGroup;
import io.vellamo.api.query.StreamingQuery;
import io.vellamo.api.window.Window;
import io.vellamo.api.window.Windows;
import io.vellamo.connectors.memory.MemorySink;
import io.vellamo.connectors.memory.MemorySource;
import io.vellamo.testkit.StreamingQueryHarness;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Groups of a running query as its users read them. */
final class LiveStateTest {
  /** An event at a second. */
  record Reading(String key, int second) {
    Instant time() {
      return Instant.ofEpochSecond(second);
    }
  }

  /** A state. */
  record Visits(int count, int last) {}

  /** A key. */
  record Place(String country, int number) {}

  private final MemorySource<Reading> readings = MemorySource.create();
  private final MemorySink<String> rows = MemorySink.create();

  private StreamingQueryHarness<Reading, String> start(
      Function<EventStream<Reading>, EventStream<String>> pipeline) {
    return StreamingQueryHarness.start(
        events -> readings.addTo(0, events),
        rows::rows,
        begin -> pipeline.apply(begin.from(readings)).to(rows).onError(ErrorPolicy.park()));
  }

  private StreamingQueryHarness<Reading, String> visits() {
    return start(
        events ->
            events
                .groupByKey(Reading::key)
                .mapGroupsWithState(
                    GroupStateTimeout.PROCESSING_TIME, Visits.class, LiveStateTest::visit));
  }

  private static String visit(String key, Iterator<Reading> events, GroupState<Visits> state) {
    Visits visits = state.optional().orElse(new Visits(0, 0));
    while (events.hasNext()) {
      Reading next = events.next();
      if (next.second() < 0) {
        throw new IllegalStateException("second is negative");
      }
      visits = new Visits(visits.count() + 1, next.second());
    }
    state.update(visits);
    state.setTimeoutDuration(Duration.ofHours(1));
    return key + visits.count();
  }

  @Test
  void state_hasTheClassOfTheFunction_andTheCommittedEpoch() {
    StreamingQueryHarness<Reading, String> query = visits();
    query.add(new Reading("a", 5), new Reading("b", 6));
    query.add(new Reading("a", 7));

    CommittedGroup a = now(query.query().state("a")).orElseThrow();

    assertThat(a.state(Visits.class)).contains(new Visits(2, 7));
    assertThat(a.state(Record.class)).isPresent();
    assertThat(a.timeout()).contains(query.clock().instant().plus(Duration.ofHours(1)));
    assertThat(a.epoch()).isEqualTo(query.query().lastProgress().orElseThrow().epoch());
    assertThat(a.key()).isEqualTo("a");
    assertThat(a.operator()).isEqualTo("mapGroupsWithState");
    assertThat(a.parked()).isEmpty();
    assertThat(a.results()).isEmpty();
    assertThat(a.json())
        .startsWith("{\"operator\":\"mapGroupsWithState\",\"epoch\":2,\"key\":\"a\",")
        .contains("\"state\":{\"count\":2,\"last\":7},\"timeout\":\"")
        .endsWith("\",\"variables\":[],\"parked\":null}");
    query.close();
  }

  @Test
  void stateOfAnUnknownGroup_isEmpty() {
    StreamingQueryHarness<Reading, String> query = visits();
    query.add(new Reading("a", 5));

    assertThat(now(query.query().state("unknown"))).isEmpty();
    assertThat(now(query.query().state("mapGroupsWithState", null))).isEmpty();
    query.close();
  }

  @Test
  void state_survivesARestart() {
    StreamingQueryHarness<Reading, String> query = visits();
    query.add(new Reading("a", 5)).restart();

    assertThat(now(query.query().state("a")).flatMap(a -> a.state(Visits.class)))
        .contains(new Visits(1, 5));
    query.close();
  }

  @Test
  void parkedGroup_hasItsReason_andTheStateOfItsLastCall() {
    StreamingQueryHarness<Reading, String> query = visits();
    query.add(new Reading("a", 5)).add(new Reading("a", -1)).add(new Reading("b", -1));

    CommittedGroup a = now(query.query().state("a")).orElseThrow();
    CommittedGroup b = now(query.query().state("b")).orElseThrow();

    assertThat(a.state(Visits.class)).contains(new Visits(1, 5));
    assertThat(a.parked()).map(ParkedGroup::sinceEpoch).contains(2L);
    assertThat(b.state(Visits.class)).isEmpty();
    assertThat(b.parked()).map(ParkedGroup::events).contains(1L);
    assertThat(now(query.query().groups("mapGroupsWithState", 10)).groups()).hasSize(2);
    query.close();
  }

  @Test
  void mistakes_areNamed() {
    StreamingQuery query = visits().query();
    readings.addTo(0, List.of(new Reading("a", 5)));
    query.whenIdle();
    CommittedGroup a = now(query.state("a")).orElseThrow();

    assertThatIllegalArgumentException()
        .isThrownBy(() -> query.state("other", "a"))
        .withMessage(
            "operator must be one of the stateful operators of query [under-test], [mapGroupsWithState], was [other]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> query.state(new Place("fi", 1)))
        .withMessage(
            "key must have type [String, Integer, Long, Boolean, Double, UUID or Instant], as the keys of operator [mapGroupsWithState] have, was [%s]; pass a key as groupByKey returns it",
            Place.class.getName());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> query.groups("mapGroupsWithState", 0))
        .withMessage(
            "limit must be from [1] to [10000], was [0]; ask for the next pages with next()");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> query.groups("mapGroupsWithState", "?", 1))
        .withMessageStartingWith("after must be the next() of a preceding page");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> a.state(String.class))
        .withMessage(
            "stateClass must be [%s], the class of the states of operator [mapGroupsWithState], was [java.lang.String]",
            Visits.class.getName());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> a.value(Counting.TOTAL))
        .withMessage(
            "operator [mapGroupsWithState] must declare [total] to be asked for it, declares no variables and timers; use state(class)");
  }

  @Test
  void severalOperators_areAskedByName_withKeysOfTheirOwn() {
    StreamingQueryHarness<Reading, String> query =
        start(
            events ->
                events
                    .groupByKey(event -> new Place(event.key(), 1), Place.class)
                    .flatMapGroupsWithState(
                        OutputMode.APPEND,
                        GroupStateTimeout.NONE,
                        Integer.class,
                        (Place place, Iterator<Reading> some, GroupState<Integer> state) -> {
                          state.update(place.number());
                          return List.of(place.country()).iterator();
                        })
                    .named("places")
                    .groupByKey(country -> country)
                    .flatMapGroupsWithState(
                        OutputMode.APPEND,
                        GroupStateTimeout.NONE,
                        String.class,
                        (String country, Iterator<String> some, GroupState<String> state) -> {
                          state.update("seen " + country);
                          return List.of(country).iterator();
                        })
                    .named("countries"));
    query.add(new Reading("fi", 1));

    assertThat(now(query.query().state("places", new Place("fi", 1))))
        .flatMap(place -> place.state(Integer.class))
        .contains(1);
    assertThat(now(query.query().state("countries", "fi")))
        .flatMap(country -> country.state(String.class))
        .contains("seen fi");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> query.query().state("fi"))
        .withMessage(
            "query [under-test] must have one stateful operator to be asked without the operator's name, has [places, countries]; use state(operator, key)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> query.query().state("places", "fi"))
        .withMessage(
            "key must have type [%s], as the keys of operator [places] have, was [java.lang.String]; pass a key as groupByKey returns it",
            Place.class.getName());
    query.close();
  }

  @Test
  void pages_haveAllGroupsOnce() {
    StreamingQueryHarness<Reading, String> query = visits();
    List<Reading> all = new ArrayList<>();
    for (int i = 0; i < 25; i++) {
      all.add(new Reading("k" + i, i));
    }
    query.add(all.toArray(new Reading[0]));

    List<Object> keys = new ArrayList<>();
    GroupPage page = now(query.query().groups("mapGroupsWithState", 4));
    page.groups().forEach(group -> keys.add(String.valueOf(group.key())));
    while (page.next().isPresent()) {
      page = now(query.query().groups("mapGroupsWithState", page.next().get(), 4));
      assertThat(page.groups()).hasSizeLessThanOrEqualTo(4);
      page.groups().forEach(group -> keys.add(String.valueOf(group.key())));
    }

    assertThat(keys).containsExactlyInAnyOrderElementsOf(all.stream().map(Reading::key).toList());
    query.close();
  }

  /** Keeps each second of a group in variables of all kinds. */
  private static final class Counting implements GroupProcessor<String, Reading, String> {
    static final ValueVariable<Long> TOTAL = Variables.value("total", Long.class);
    static final ListVariable<Integer> SECONDS = Variables.list("seconds", Integer.class);
    static final MapVariable<Integer, String> RECENT =
        Variables.map("recent", Integer.class, String.class)
            .expiresAfterWrite(Duration.ofMinutes(1));
    static final ProcessingTimer CLOSE = ProcessingTimer.named("close");

    @Override
    public void declare(Declarations declarations) {
      declarations.use(TOTAL).use(SECONDS).use(RECENT).use(CLOSE);
    }

    @Override
    public void onEvents(String key, Iterator<Reading> events, GroupContext<String> group) {
      while (events.hasNext()) {
        int second = events.next().second();
        group.value(TOTAL).update(group.value(TOTAL).optional().orElse(0L) + second);
        group.list(SECONDS).append(second);
        group.map(RECENT).put(second, "s" + second);
        group.timers(CLOSE).setAfter("t" + second, Duration.ofHours(second));
      }
    }

    @Override
    public void onTimer(String key, Timer timer, GroupContext<String> group) {}
  }

  @Test
  void variables_areReadByTheirConstants_withoutExpiredEntries() {
    StreamingQueryHarness<Reading, String> query =
        start(events -> events.groupByKey(Reading::key).process(OutputMode.APPEND, new Counting()));
    Instant begin = query.clock().instant();
    query.add(new Reading("a", 7), new Reading("a", 5));
    query.advance(Duration.ofSeconds(50)).add(new Reading("a", 9));
    query.advance(Duration.ofSeconds(20)).add(new Reading("b", 1));

    CommittedGroup a = now(query.query().state("a")).orElseThrow();

    assertThat(a.value(Counting.TOTAL)).contains(21L);
    assertThat(a.list(Counting.SECONDS)).containsExactly(7, 5, 9);
    assertThat(a.map(Counting.RECENT)).containsExactly(Map.entry(9, "s9"));
    assertThat(a.timers(Counting.CLOSE))
        .extracting(Timer::tag)
        .containsExactly(Optional.of("t5"), Optional.of("t7"), Optional.of("t9"));
    assertThat(a.timers(Counting.CLOSE).get(0).time()).isEqualTo(begin.plus(Duration.ofHours(5)));
    assertThat(a.json())
        .contains("{\"name\":\"total\",\"kind\":\"VALUE\",\"entries\":[{\"value\":21}]}")
        .contains("{\"name\":\"recent\",\"kind\":\"MAP\",\"entries\":[{\"key\":9,\"value\":\"s9\"")
        .contains("{\"tag\":\"t5\",\"due\":\"")
        .doesNotContain("\"s7\"");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> a.state(Long.class))
        .withMessageStartingWith("operator [process] must keep a single state to be asked for it");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> a.value(Variables.value("other", Long.class)))
        .withMessageStartingWith("variable [other] must be declared");
    query.close();
  }

  @ParameterizedTest
  @EnumSource(OutputMode.class)
  void windows_haveTheirCurrentResults(OutputMode mode) {
    StreamingQueryHarness<Reading, String> query =
        windowed(Window.sliding(Duration.ofSeconds(10), Duration.ofSeconds(5)), mode);
    query.add(new Reading("a", 1), new Reading("a", 7), new Reading("a", 12));

    // The windows that end by 12 s are closed, except in a whole result.
    List<String> open = List.of("a[5,15)=2", "a[10,20)=1");
    List<String> all = List.of("a[-5,5)=1", "a[0,10)=2", "a[5,15)=2", "a[10,20)=1");
    assertThat(now(query.query().state("a")).orElseThrow().results())
        .isEqualTo(mode == OutputMode.COMPLETE ? all : open);
    query.close();
  }

  /** Windows of many slices are entries of a variable, windows of few are one state. */
  @Test
  void windowsOfManySlices_haveTheirCurrentResults() {
    StreamingQueryHarness<Reading, String> query =
        windowed(Window.sliding(Duration.ofSeconds(10), Duration.ofSeconds(1)), OutputMode.APPEND);
    query.add(new Reading("a", 1), new Reading("a", 10));

    assertThat(now(query.query().state("a")).orElseThrow().results())
        .hasSize(10)
        .startsWith("a[1,11)=2")
        .endsWith("a[10,20)=1");
    query.close();
  }

  @Test
  void sessions_haveTheirCurrentResults() {
    StreamingQueryHarness<Reading, String> query =
        windowed(Window.session(Duration.ofSeconds(10)), OutputMode.APPEND);
    query.add(new Reading("a", 1), new Reading("a", 7), new Reading("b", 3));

    CommittedGroup a = now(query.query().state("a")).orElseThrow();

    assertThat(a.results()).containsExactly("a[1,17)=2");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> a.state(Object.class))
        .withMessageContaining("results()");
    query.close();
  }

  @Test
  void aggregatesWithoutWindows_haveOneResult() {
    StreamingQueryHarness<Reading, String> query =
        start(
            events ->
                events
                    .groupByKey(Reading::key)
                    .aggregate(Aggregates.count(), (key, count) -> key + count)
                    .outputMode(OutputMode.UPDATE));
    query.add(new Reading("a", 1), new Reading("a", 7), new Reading("b", 3));

    CommittedGroup a = now(query.query().state("a")).orElseThrow();

    assertThat(a.results()).containsExactly("a2");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> a.state(Object.class))
        .withMessage(
            "operator [aggregate] must keep a state of a class to be asked for it, keeps aggregates; use results()");
    query.close();
  }

  private StreamingQueryHarness<Reading, String> windowed(
      Windows<? super Reading> windows, OutputMode mode) {
    return start(
        events ->
            events
                .withWatermark(Reading::time, Duration.ZERO)
                .groupBy(Reading::key, windows)
                .aggregate(
                    Aggregates.count(),
                    (key, window, count) ->
                        "%s[%d,%d)=%d"
                            .formatted(
                                key,
                                window.start().getEpochSecond(),
                                window.end().getEpochSecond(),
                                count))
                .outputMode(mode));
  }

  private static <T> T now(CompletionStage<T> answer) {
    assertThat(answer.toCompletableFuture()).isDone();
    return answer.toCompletableFuture().join();
  }
}
