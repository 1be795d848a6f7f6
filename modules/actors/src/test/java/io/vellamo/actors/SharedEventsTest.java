package io.vellamo.actors;

import static org.assertj.core.api.Assertions.assertThat;

import io.vellamo.api.EventStream;
import io.vellamo.api.QueryBuilder;
import io.vellamo.api.group.GroupStateTimeout;
import io.vellamo.api.query.ErrorPolicy;
import io.vellamo.api.query.OutputMode;
import io.vellamo.api.sink.DeadLetter;
import io.vellamo.api.sink.LateEvent;
import io.vellamo.connectors.memory.MemorySink;
import io.vellamo.connectors.memory.MemorySource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Events that can change: what one function does with them, no other sees. */
final class SharedEventsTest {
  /** An event that can be changed. */
  static final class Word {
    private String text = "";
    private final List<String> marks = new ArrayList<>();

    Word() {}

    Word(String text) {
      this.text = text;
    }

    public String getText() {
      return text;
    }

    public void setText(String text) {
      this.text = text;
    }

    public List<String> getMarks() {
      return marks;
    }

    Word as(String newText) {
      text = newText;
      return this;
    }

    @Override
    public String toString() {
      return text + marks;
    }
  }

  private final MemorySource<Word> words = MemorySource.create();
  private final MemorySink<String> rows = MemorySink.create();
  private final MemorySink<DeadLetter> letters = MemorySink.create();
  private final MemorySink<LateEvent> late = MemorySink.create();
  private final Set<String> failing = ConcurrentHashMap.newKeySet();
  private ErrorPolicy policy = ErrorPolicy.fail();
  private TestSystem system = TestSystem.start();

  @AfterEach
  void stop() {
    system.close();
  }

  private void hosted(String hosting) {
    system.close();
    system = TestSystem.start("vellamo.query.hosting = " + hosting);
  }

  @ParameterizedTest
  @ValueSource(strings = {"actor", "inline"})
  void event_thatAFlatMapReturnsTwice_isNotChangedByOneGroupForAnother(String hosting) {
    hosted(hosting);
    List<String> keys = List.of("a", "b", "c", "d");
    int[] next = new int[1];
    start(
            stream -> stream.flatMap(word -> List.of(word, word, word, word)),
            word -> keys.get(next[0]++ % keys.size()))
        .add(new Word("x"))
        .expectRows("x[]", "x[]", "x[]", "x[]")
        .close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"actor", "inline"})
  void event_thatAMapChangesAndReturnsAgain_isEachTimeWhatItWas(String hosting) {
    hosted(hosting);
    Word shared = new Word();
    start(stream -> stream.map(word -> shared.as(word.getText() + "!")), Word::getText)
        .add(new Word("x"), new Word("y"))
        .expectRows("x![]", "y![]")
        .close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"actor", "inline"})
  void event_thatAFailedCallChanged_isWhatItWasInTheNext(String hosting) {
    hosted(hosting);
    policy = ErrorPolicy.retry(1, Duration.ZERO).thenDeadLetter();
    failing.add("x");
    QuerySteps<Word, String> query = start(stream -> stream, word -> "all");

    query.add(new Word("w"), new Word("x"), new Word("y")).expectRows("w[]", "y[]").close();

    assertThat(letters.rows()).hasSize(1);
    assertThat(letters.rows().get(0).event()).hasToString("Optional[x[]]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"actor", "inline"})
  void event_ofAParkedGroup_isWhatItWas(String hosting) throws Exception {
    hosted(hosting);
    policy = ErrorPolicy.park();
    failing.add("x");
    QuerySteps<Word, String> query = start(stream -> stream, word -> "all");
    query.add(new Word("x")).expectNoRows();

    failing.clear();
    query.query().redrive("all").toCompletableFuture().get();
    query.drain().expectRows("x[]").close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"actor", "inline"})
  void event_thatAMapChangedAndThrewFor_isInTheDeadLetterAsItWasRead(String hosting) {
    hosted(hosting);
    policy = ErrorPolicy.deadLetter();
    QuerySteps<Word, String> query =
        start(
            stream ->
                stream.map(
                    word -> {
                      if (word.as("changed").getMarks().isEmpty()) {
                        throw new IllegalStateException();
                      }
                      return word;
                    }),
            Word::getText);

    query.add(new Word("x")).expectNoRows().close();

    assertThat(letters.rows().get(0).event()).hasToString("Optional[x[]]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"actor", "inline"})
  void lateEvent_isWhatItWas(String hosting) {
    hosted(hosting);
    Word shared = new Word();
    QuerySteps<Word, String> query =
        start(stream -> stream.map(word -> shared.as(word.getText())), Word::getText);
    query.add(new Word("2026")).expectRows("2026[]");

    query.add(new Word("1999"), new Word("2000")).expectNoRows().close();

    assertThat(late.rows())
        .extracting(each -> each.event().toString())
        .containsExactly("1999[]", "2000[]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"actor", "inline"})
  void row_ofAQueryWithoutOperators_isEachTimeWhatItWas(String hosting) {
    hosted(hosting);
    MemorySink<Word> sink = MemorySink.create();
    Word shared = new Word();
    QuerySteps.<Word, Word>start(
            events -> words.addTo(0, events),
            sink::rows,
            clock ->
                system
                    .vellamo()
                    .query("rows")
                    .from(words)
                    .map(word -> shared.as(word.getText()))
                    .to(sink)
                    .clock(clock))
        .add(new Word("x"), new Word("y"))
        .close();

    assertThat(sink.rows()).extracting(Word::toString).containsExactly("x[]", "y[]");
  }

  /** Returns a query whose function emits each event as text, and marks it before. */
  private QuerySteps<Word, String> start(
      Function<EventStream<Word>, EventStream<Word>> stages, Function<Word, String> key) {
    return QuerySteps.start(
        events -> words.addTo(0, events),
        rows::rows,
        clock -> {
          QueryBuilder query =
              stages
                  .apply(system.vellamo().query("events").from(words))
                  .withWatermark(SharedEventsTest::time, Duration.ZERO)
                  .groupByKey(key)
                  .flatMapGroupsWithState(
                      OutputMode.APPEND,
                      GroupStateTimeout.EVENT_TIME,
                      Integer.class,
                      (name, events, state) -> {
                        List<String> texts = new ArrayList<>();
                        while (events.hasNext()) {
                          Word word = events.next();
                          texts.add(word.toString());
                          word.getMarks().add("seen");
                          if (failing.contains(word.getText())) {
                            throw new IllegalStateException();
                          }
                        }
                        return texts.iterator();
                      })
                  .to(rows);
          return query.onError(policy).deadLettersTo(letters).lateEventsTo(late).clock(clock);
        });
  }

  private static Instant time(Word word) {
    return word.getText().matches("\\d+")
        ? Instant.parse(word.getText() + "-01-01T00:00:00Z")
        : Instant.EPOCH;
  }
}
