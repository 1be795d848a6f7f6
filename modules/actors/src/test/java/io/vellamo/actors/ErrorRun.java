package io.vellamo.actors;

import io.vellamo.api.QueryBuilder;
import io.vellamo.api.group.GroupState;
import io.vellamo.api.group.GroupStateTimeout;
import io.vellamo.api.query.ErrorPolicy;
import io.vellamo.api.query.OutputMode;
import io.vellamo.api.sink.DeadLetter;
import io.vellamo.connectors.memory.MemorySource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A query that numbers the words of each key and fails on those that a test wants it to fail on; on
 * {@code @} when the key times out, ten seconds after its last word.
 */
final class ErrorRun {
  /** An event. */
  record Word(String key, String text) {}

  /** The text of an event for which an error is thrown that is no exception. */
  static final String ERROR = "error";

  static final String TIMEOUT = "@";

  /** A word that takes until the gate is opened. */
  static final String SLOW = "slow";

  final MemorySource<Word> words = MemorySource.create();
  final FlakySink<String> rows = new FlakySink<>();
  final FlakySink<DeadLetter> letters = new FlakySink<>();
  final Set<String> bad = ConcurrentHashMap.newKeySet();
  final AtomicInteger calls = new AtomicInteger();
  final CountDownLatch gate = new CountDownLatch(1);
  private final TestSystem system;
  private final AtomicInteger failuresLeft = new AtomicInteger(Integer.MAX_VALUE);
  private boolean keepsLetters = true;

  ErrorRun(TestSystem system, String... bad) {
    this.system = system;
    this.bad.addAll(List.of(bad));
  }

  static Word word(String key, String text) {
    return new Word(key, text);
  }

  ErrorRun withoutLetters() {
    keepsLetters = false;
    return this;
  }

  /** Lets everything be good after some failures. */
  void mendedAfter(int failures) {
    failuresLeft.set(failures);
  }

  /** Waits until the function has been called so often. */
  void awaitCalls(int wanted) {
    while (calls.get() < wanted) {
      Thread.onSpinWait();
    }
  }

  QuerySteps<Word, String> start(ErrorPolicy policy) {
    return QuerySteps.start(
        events -> words.addTo(0, events), rows::rows, clock -> query(policy).clock(clock));
  }

  QueryBuilder query(ErrorPolicy policy) {
    QueryBuilder query =
        system
            .vellamo()
            .query("errors")
            .from(words)
            .filter(word -> !word.text().equals("dropped"))
            .<Word>map(
                word -> {
                  requireGood("map " + word.text());
                  return word;
                })
            .groupByKey(Word::key)
            .flatMapGroupsWithState(
                OutputMode.APPEND, GroupStateTimeout.PROCESSING_TIME, Integer.class, this::number)
            .to(rows)
            .onError(policy);
    return keepsLetters ? query.deadLettersTo(letters) : query;
  }

  /** Emits {@code key:text1}, {@code key:text2}, …, or {@code key:@2} for a timeout. */
  private Iterator<String> number(String key, Iterator<Word> events, GroupState<Integer> state) {
    calls.incrementAndGet();
    int count = state.optional().orElse(0);
    if (state.hasTimedOut()) {
      requireGood(TIMEOUT);
      return List.of(key + ":" + TIMEOUT + count).iterator();
    }
    List<String> numbered = new ArrayList<>();
    while (events.hasNext()) {
      String text = events.next().text();
      awaitGate(text);
      count++;
      state.update(count);
      requireGood(text);
      numbered.add(key + ":" + text + count);
    }
    state.setTimeoutDuration(Duration.ofSeconds(10));
    return numbered.iterator();
  }

  private void awaitGate(String text) {
    if (text.equals(SLOW)) {
      try {
        gate.await();
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }
  }

  private void requireGood(String text) {
    if (bad.contains(text) && failuresLeft.getAndDecrement() > 0) {
      if (text.equals(ERROR)) {
        throw new Error("can't number " + text);
      }
      throw new IllegalStateException("can't number " + text);
    }
  }
}
