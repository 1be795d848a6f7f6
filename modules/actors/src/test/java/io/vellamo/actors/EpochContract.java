package io.vellamo.actors;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.vellamo.api.EventStream;
import io.vellamo.api.GroupedStream;
import io.vellamo.api.QueryBuilder;
import io.vellamo.api.QueryStart;
import io.vellamo.api.group.GroupState;
import io.vellamo.api.group.GroupStateTimeout;
import io.vellamo.api.group.InitialState;
import io.vellamo.api.query.ErrorPolicy;
import io.vellamo.api.query.EventCounts;
import io.vellamo.api.query.OutputMode;
import io.vellamo.api.query.StreamingQueryException;
import io.vellamo.api.sink.DeadLetter;
import io.vellamo.api.sink.LateEvent;
import io.vellamo.api.sink.RowSink;
import io.vellamo.api.sink.SinkContext;
import io.vellamo.api.sink.SinkGuarantee;
import io.vellamo.api.sink.SinkWriter;
import io.vellamo.connectors.memory.MemorySink;
import io.vellamo.connectors.memory.MemorySource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * What an epoch does, the same for each driver of a shard: the first epoch here, several ones in
 * {@link StreamContract}.
 *
 * <p>The function numbers the words of each key: {@code a:x1} for a word, {@code a:!1} for a call
 * with nothing but an initial state, {@code a:@1} for a timeout, ten seconds after the last word.
 */
abstract class EpochContract {
  /** An event. */
  record Word(String key, String text, long second) {}

  private static final ErrorPolicy RETRY_TWICE =
      ErrorPolicy.retry(2, Duration.ofMillis(1)).thenFail();

  private static final ErrorPolicy RETRY_TWICE_THEN_LEAVE_OUT =
      ErrorPolicy.retry(2, Duration.ofMillis(1)).thenDeadLetter();
  private static final String MACHINE = "machine";

  final MemorySource<Word> words = MemorySource.create();
  final MemorySink<String> rows = MemorySink.create();
  final MemorySink<DeadLetter> letters = MemorySink.create();
  final MemorySink<LateEvent> late = MemorySink.create();
  final List<String> calls = new CopyOnWriteArrayList<>();
  final Set<String> bad = ConcurrentHashMap.newKeySet();
  final EpochDriver driver;
  private final AtomicInteger failuresLeft = new AtomicInteger(Integer.MAX_VALUE);

  EpochContract(EpochDriver driver) {
    this.driver = driver;
  }

  @AfterEach
  void close() {
    driver.close();
  }

  @Test
  void fail_namesGroupAndPosition_andEmitsNothing() {
    bad.add("bad");
    words.add(word("b", "x"), word("a", "x"), word("a", "bad"));

    assertThatExceptionOfType(StreamingQueryException.class)
        .isThrownBy(() -> start(ErrorPolicy.fail()))
        .withMessageContaining(
            "the function threw [java.lang.IllegalStateException] for group [a], source position"
                + " [memory-0@2]: ");

    assertThat(rows.rows()).isEmpty();
    assertThat(letters.rows()).isEmpty();
    assertThat(calls).containsExactlyInAnyOrder("events a", "events b");
  }

  @Test
  void deadLetter_leavesOutTheEventsThatThrow_callsTheGroupEventByEvent_andTheOthersOnce()
      throws Exception {
    bad.add("bad");
    words.add(word("a", "x"), word("b", "x"), word("a", "bad"), word("a", "y"));

    start(ErrorPolicy.deadLetter());

    assertThat(rows.rows()).containsExactly("b:x1", "a:x1", "a:y2");
    assertThat(letters()).containsExactly("1 memory-0@2 a java.lang.IllegalStateException bad bad");
    assertThat(calls).filteredOn("events a"::equals).hasSize(1 + 3);
    assertThat(calls).filteredOn("events b"::equals).hasSize(1);
    assertThat(driver.total()).isEqualTo(new EventCounts(3, 0, 1));
  }

  @Test
  void deadLetter_ofTheOnlyEvent_andOfAnErrorThatIsNoException() throws Exception {
    bad.add("error");
    words.add(word("a", "error"), word("b", "x"));

    start(ErrorPolicy.deadLetter());

    assertThat(rows.rows()).containsExactly("b:x1");
    assertThat(letters()).containsExactly("1 memory-0@0 a java.lang.Error error error");
    assertThat(calls).filteredOn("events a"::equals).hasSize(1);
    assertThat(driver.total()).isEqualTo(new EventCounts(1, 0, 1));
  }

  @Test
  void errorOfTheMachine_ofTheFunction_failsTheQuery_underEveryPolicy_withoutAnotherCall() {
    bad.add(MACHINE);
    words.add(word("a", MACHINE));

    assertThatExceptionOfType(StreamingQueryException.class)
        .isThrownBy(() -> start(RETRY_TWICE_THEN_LEAVE_OUT))
        .withMessageContaining(
            "the function threw [java.lang.OutOfMemoryError] for group [a], source position"
                + " [memory-0@0]")
        .withCauseInstanceOf(OutOfMemoryError.class);

    assertThat(calls).containsExactly("events a");
    assertThat(letters.rows()).isEmpty();
  }

  @Test
  void errorOfTheMachine_ofAStage_failsTheQuery_underEveryPolicy() {
    bad.add("map " + MACHINE);
    words.add(word("a", MACHINE));

    assertThatExceptionOfType(StreamingQueryException.class)
        .isThrownBy(() -> start(RETRY_TWICE_THEN_LEAVE_OUT))
        .withMessageContaining("reading failed: [java.lang.OutOfMemoryError]")
        .withCauseInstanceOf(OutOfMemoryError.class);

    assertThat(calls).isEmpty();
    assertThat(letters.rows()).isEmpty();
  }

  @Test
  void sinkThatThrowsAnErrorWhenItIsOpened_failsTheQuery_andTheSourceIsClosed() {
    CountedSource<Word> counted = new CountedSource<>(words);
    RowSink<Word> broken =
        new RowSink<>() {
          @Override
          public String description() {
            return "broken";
          }

          @Override
          public SinkGuarantee guarantee() {
            return SinkGuarantee.AT_LEAST_ONCE;
          }

          @Override
          public SinkWriter<Word> open(SinkContext context) {
            throw new NoClassDefFoundError("on purpose");
          }
        };

    assertThatExceptionOfType(StreamingQueryException.class)
        .isThrownBy(() -> driver.start(start -> start.from(counted).to(broken)))
        .withCauseInstanceOf(NoClassDefFoundError.class);

    driver.close();
    assertThat(counted.open()).isZero();
  }

  @Test
  void deadLetter_ofAStage_hasNoKey() throws Exception {
    bad.add("map bad");
    words.add(word("a", "bad"), word("a", "x"));

    start(ErrorPolicy.deadLetter());

    assertThat(rows.rows()).containsExactly("a:x1");
    assertThat(letters())
        .containsExactly("1 memory-0@0 - java.lang.IllegalStateException map bad bad");
    assertThat(driver.total()).isEqualTo(new EventCounts(1, 0, 1));
  }

  @Test
  void retry_thatHelps_callsOnlyWhatThrew_withAllEvents() throws Exception {
    bad.add("bad");
    failuresLeft.set(2);
    words.add(word("a", "x"), word("a", "bad"), word("b", "x"));

    start(RETRY_TWICE);

    assertThat(rows.rows()).containsExactly("b:x1", "a:x1", "a:bad2");
    assertThat(calls).filteredOn("events a"::equals).hasSize(3);
    assertThat(calls).filteredOn("events b"::equals).hasSize(1);
    assertThat(driver.total()).isEqualTo(new EventCounts(3, 0, 0));
  }

  @Test
  void retry_thatDoesNotHelp_takesTheAction() throws Exception {
    bad.add("bad");
    words.add(word("a", "x"), word("a", "bad"));

    start(ErrorPolicy.retry(2, Duration.ofMillis(1)).thenDeadLetter());

    assertThat(rows.rows()).containsExactly("a:x1");
    assertThat(letters()).hasSize(1);
    assertThat(calls).hasSize(3 + 2);
  }

  @Test
  void retry_thatDoesNotHelp_fails() {
    bad.add("bad");
    words.add(word("a", "bad"));

    assertThatExceptionOfType(StreamingQueryException.class)
        .isThrownBy(() -> start(RETRY_TWICE))
        .withMessageContaining("for group [a], source position [memory-0@0]: ");

    assertThat(calls).hasSize(3);
    assertThat(rows.rows()).isEmpty();
  }

  @Test
  void initialStates_areCalledAfterTheGroupsWithEvents() throws Exception {
    words.add(word("b", "x"), word("b", "y"));

    start(ErrorPolicy.fail(), InitialState.of(Integer.class, Map.of("a", 5, "b", 7)));

    assertThat(rows.rows()).containsExactly("b:x8", "b:y9", "a:!5");
    assertThat(calls).containsExactly("events b", "initial a");
  }

  @Test
  void initialStates_calledOnlyWithEvents() throws Exception {
    words.add(word("b", "x"));

    start(
        ErrorPolicy.fail(),
        InitialState.of(Integer.class, Map.of("a", 5, "b", 7)).calledOnlyWithEvents());

    assertThat(rows.rows()).containsExactly("b:x8");
    assertThat(calls).containsExactly("events b");
  }

  @Test
  void initialState_whoseCallThrows_failsOrBecomesADeadLetterWithoutEvent() throws Exception {
    bad.add("!");
    words.add(word("b", "x"));
    InitialState<String, Integer> states = InitialState.of(Integer.class, Map.of("a", 5));

    start(ErrorPolicy.deadLetter(), states);

    assertThat(rows.rows()).containsExactly("b:x1");
    assertThat(letters()).containsExactly("1 - a java.lang.IllegalStateException ! -");
    assertThat(driver.total()).isEqualTo(new EventCounts(1, 0, 0));
  }

  @Test
  void initialState_whoseCallThrows_isNamed() {
    bad.add("!");
    words.add(word("b", "x"));

    assertThatExceptionOfType(StreamingQueryException.class)
        .isThrownBy(() -> start(ErrorPolicy.fail(), InitialState.of(Integer.class, Map.of("a", 5))))
        .withMessageContaining("for group [a], called for its initial state");
    assertThat(rows.rows()).isEmpty();
  }

  static Word word(String key, String text) {
    return new Word(key, text, 0);
  }

  void start(ErrorPolicy policy) throws Exception {
    driver.start(start -> to(policy, operator(keyed(start), GroupStateTimeout.PROCESSING_TIME)));
  }

  private void start(ErrorPolicy policy, InitialState<String, Integer> states) throws Exception {
    driver.start(
        start ->
            to(
                policy,
                keyed(start)
                    .withInitialState(states)
                    .flatMapGroupsWithState(
                        OutputMode.APPEND, GroupStateTimeout.PROCESSING_TIME, this::number)));
  }

  /** Starts a query whose timeouts are in event time, with a watermark without delay. */
  void startInEventTime() throws Exception {
    driver.start(
        start ->
            to(
                ErrorPolicy.fail(),
                operator(
                    start
                        .from(words)
                        .withWatermark(word -> Instant.ofEpochSecond(word.second), Duration.ZERO)
                        .groupByKey(Word::key),
                    GroupStateTimeout.EVENT_TIME)));
  }

  QueryBuilder to(ErrorPolicy policy, EventStream<String> numbered) {
    return numbered.to(rows).deadLettersTo(letters).lateEventsTo(late).onError(policy);
  }

  private GroupedStream<String, Word> keyed(QueryStart start) {
    return start
        .from(words)
        .map(
            word -> {
              requireGood("map " + word.text);
              return word;
            })
        .groupByKey(Word::key);
  }

  EventStream<String> operator(GroupedStream<String, Word> keyed, GroupStateTimeout timeout) {
    return keyed.flatMapGroupsWithState(OutputMode.APPEND, timeout, Integer.class, this::number);
  }

  private Iterator<String> number(String key, Iterator<Word> events, GroupState<Integer> state) {
    int count = state.optional().orElse(0);
    if (state.hasTimedOut() || !events.hasNext()) {
      String mark = state.hasTimedOut() ? "@" : "!";
      calls.add((state.hasTimedOut() ? "timeout " : "initial ") + key);
      requireGood(mark);
      return List.of(key + ":" + mark + count).iterator();
    }
    calls.add("events " + key);
    List<String> numbered = new ArrayList<>();
    long second = 0;
    while (events.hasNext()) {
      Word word = events.next();
      second = Math.max(second, word.second);
      state.update(++count);
      requireGood(word.text);
      numbered.add(key + ":" + word.text + count);
    }
    if (second == 0) {
      state.setTimeoutDuration(Duration.ofSeconds(10));
    } else {
      state.setTimeoutTimestamp(Instant.ofEpochSecond(second + 10));
    }
    return numbered.iterator();
  }

  private void requireGood(String text) {
    if (bad.contains(text) && failuresLeft.getAndDecrement() > 0) {
      if (text.equals("error")) {
        throw new Error(text);
      }
      if (text.endsWith(MACHINE)) {
        throw new OutOfMemoryError(text);
      }
      throw new IllegalStateException(text);
    }
  }

  /** Returns the dead letters: epoch, position, key, error, message and text of the event. */
  List<String> letters() {
    return letters.rows().stream()
        .map(
            letter ->
                List.of(
                        String.valueOf(letter.epoch()),
                        letter
                            .position()
                            .map(position -> position.partition() + "@" + position.offset())
                            .orElse("-"),
                        letter.key().orElse("-"),
                        letter.error().orElse("-"),
                        letter.message().orElse("-"),
                        letter.event().map(event -> ((Word) event).text()).orElse("-"))
                    .stream()
                    .collect(joining(" ")))
        .toList();
  }
}
