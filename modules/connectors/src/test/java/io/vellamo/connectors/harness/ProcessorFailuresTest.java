package io.vellamo.connectors.harness;

import io.vellamo.api.EventStream;
import io.vellamo.api.GroupedStream;
import io.vellamo.api.group.InitialState;
import io.vellamo.api.process.Declarations;
import io.vellamo.api.process.EventTimer;
import io.vellamo.api.process.GroupContext;
import io.vellamo.api.process.GroupProcessor;
import io.vellamo.api.process.ListVariable;
import io.vellamo.api.process.Timer;
import io.vellamo.api.process.Variables;
import io.vellamo.api.query.ErrorPolicy;
import io.vellamo.api.query.OutputMode;
import io.vellamo.connectors.memory.MemorySink;
import io.vellamo.connectors.memory.MemorySource;
import io.vellamo.testkit.StreamingQueryHarness;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** A processor whose calls throw, for events and for timers, under each error policy. */
final class ProcessorFailuresTest {
  private static final ListVariable<String> SEEN = Variables.list("seen", String.class);
  private static final EventTimer DUE = EventTimer.named("due");

  /** An initial row. */
  record Opening(String word) {}

  /** An event: its word begins with a minus sign if the processor throws for it. */
  record Word(String key, String word, long second) {
    Instant time() {
      return Instant.ofEpochSecond(second);
    }
  }

  private final MemorySource<Word> words = MemorySource.create();
  private final MemorySink<String> rows = MemorySink.create();
  private final Set<String> failed = new HashSet<>();

  /** Appends each word to a list, and sets a timer for it that appends it again and emits all. */
  private final class Append implements GroupProcessor<String, Word, String> {
    @Override
    public void declare(Declarations declarations) {
      declarations.use(SEEN).use(DUE);
    }

    @Override
    public void onEvents(String key, Iterator<Word> events, GroupContext<String> group) {
      while (events.hasNext()) {
        Word word = events.next();
        if (word.word().startsWith("-")) {
          throw new IllegalStateException(word.word());
        }
        group.list(SEEN).append(word.word());
        long delay = word.word().equals("later") ? 5 : 0;
        group.timers(DUE).set(word.word(), word.time().plusSeconds(delay));
      }
    }

    @Override
    public void onTimer(String key, Timer timer, GroupContext<String> group) {
      String word = timer.tag().orElseThrow();
      if (word.startsWith("always") || (word.startsWith("once") && failed.add(word))) {
        throw new IllegalStateException(word);
      }
      group.list(SEEN).append("+" + word);
      group.emit(key + String.join(",", group.list(SEEN)));
    }
  }

  private StreamingQueryHarness<Word, String> start(ErrorPolicy policy, Optional<Opening> opening) {
    Function<GroupedStream<String, Word>, EventStream<String>> process =
        groups ->
            opening.isEmpty()
                ? groups.process(OutputMode.APPEND, new Append())
                : groups
                    .withInitialState(
                        InitialState.of(Opening.class, Map.of("a", opening.orElseThrow())))
                    .process(
                        OutputMode.APPEND,
                        new Append(),
                        (key, row, group) -> group.list(SEEN).append(row.word()));
    return StreamingQueryHarness.start(
        events -> words.addTo(0, events),
        rows::rows,
        start ->
            process
                .apply(
                    start
                        .from(words)
                        .withWatermark(Word::time, Duration.ZERO)
                        .groupByKey(Word::key))
                .to(rows)
                .onError(policy)
                .maxEventsPerEpoch(3));
  }

  private StreamingQueryHarness<Word, String> start(ErrorPolicy policy) {
    return start(policy, Optional.empty());
  }

  @Test
  void timersOfAnEpochWithEvents_calledAgainAfterOneThrew_keepWhatTheOthersDid() {
    StreamingQueryHarness<Word, String> query =
        start(ErrorPolicy.retry(1, Duration.ZERO).thenFail());
    query.add(new Word("z", "z", 10));

    query
        .add(new Word("a", "1", 10), new Word("a", "once", 10), new Word("a", "3", 10))
        .expectRows("zz,+z", "a1,once,3,+1", "a1,once,3,+1,+once", "a1,once,3,+1,+once,+3")
        .close();
  }

  @Test
  void timersOfAnEpochWithEvents_oneThatThrowsIsLeftOut_keepWhatTheOthersDid() {
    StreamingQueryHarness<Word, String> query = start(ErrorPolicy.deadLetter());
    query.add(new Word("z", "z", 10));

    query
        .add(new Word("a", "1", 10), new Word("a", "always", 10), new Word("a", "3", 10))
        .expectRows("zz,+z", "a1,always,3,+1", "a1,always,3,+1,+3")
        .restart()
        .add(new Word("a", "4", 11))
        .expectRows("a1,always,3,+1,+3,4,+4")
        .close();
  }

  @Test
  void timersOfAGroupWhoseEventsAreAllLeftOut_fireOnce() {
    StreamingQueryHarness<Word, String> query = start(ErrorPolicy.deadLetter());
    query.add(new Word("a", "later", 20)).expectNoRows().stop();
    query.add(new Word("z", "z", 30), new Word("z", "y", 30), new Word("z", "x", 30));

    query
        .add(new Word("a", "-", 30), new Word("a", "-", 30))
        .resume()
        .expectRows("alater,+later", "zz,y,x,+z", "zz,y,x,+z,+y", "zz,y,x,+z,+y,+x")
        .add(new Word("a", "3", 60))
        .expectRows("alater,+later,3,+3")
        .close();
  }

  @Test
  void initialRows_areOfAnyClass_andAreTakenBeforeEvents() {
    StreamingQueryHarness<Word, String> query =
        start(ErrorPolicy.fail(), Optional.of(new Opening("opened")));

    query
        .add(new Word("a", "1", 10))
        .expectRows("aopened,1,+1")
        .restart()
        .add(new Word("a", "2", 20))
        .expectRows("aopened,1,+1,2,+2")
        .close();
  }

  @Test
  void initialRows_thenEventsOneByOne_thenTimers_seeEachChangeOnce() {
    StreamingQueryHarness<Word, String> query =
        start(ErrorPolicy.deadLetter(), Optional.of(new Opening("opened")));

    query
        .add(new Word("a", "1", 10), new Word("a", "-", 10), new Word("a", "2", 10))
        .expectRows("aopened,1,2,+1", "aopened,1,2,+1,+2")
        .close();
  }
}
