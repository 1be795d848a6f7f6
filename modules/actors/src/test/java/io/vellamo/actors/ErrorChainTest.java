package io.vellamo.actors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vellamo.api.QueryBuilder;
import io.vellamo.api.group.GroupState;
import io.vellamo.api.group.GroupStateTimeout;
import io.vellamo.api.query.ErrorPolicy;
import io.vellamo.api.query.EventCounts;
import io.vellamo.api.query.OutputMode;
import io.vellamo.api.query.ParkedGroup;
import io.vellamo.api.query.StreamingQuery;
import io.vellamo.api.sink.DeadLetter;
import io.vellamo.connectors.memory.MemorySink;
import io.vellamo.connectors.memory.MemorySource;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Errors of an operator that gets the rows of another one. */
final class ErrorChainTest {
  private final TestSystem system = TestSystem.start();
  private final MemorySource<String> words = MemorySource.create();
  private final MemorySink<String> rows = MemorySink.create();
  private final MemorySink<DeadLetter> letters = MemorySink.create();
  private final AtomicBoolean broken = new AtomicBoolean(true);

  @AfterEach
  void stop() {
    system.close();
  }

  @Test
  void deadLetter_ofTheSecondOperator_isARow_andCountsAsProcessed() {
    QuerySteps<String, String> query = start(ErrorPolicy.deadLetter());

    query.add("a", "bad", "b").expectRows("a1", "b2").restart();

    assertThat(letters.rows()).hasSize(1);
    DeadLetter letter = letters.rows().get(0);
    assertThat(letter.position()).isEmpty();
    assertThat(letter.epoch()).isEqualTo(1);
    assertThat(letter.event()).contains("bad");
    assertThat(letter.key()).contains("all");
    assertThat(letter.reason())
        .startsWith("the function threw [java.lang.IllegalStateException] at io.vellamo.")
        .endsWith(" for a row of another operator");
    query.add("c").expectRows("c3");
    assertThat(query.query().lastProgress().orElseThrow().total())
        .isEqualTo(new EventCounts(4, 0, 0));
    query.close();
  }

  @Test
  void failureOfTheSecondOperator_namesIt() {
    words.add("bad");
    StreamingQuery query = query(ErrorPolicy.fail()).start();

    assertThatThrownBy(query::awaitTermination)
        .hasMessageContaining(
            "the function threw [java.lang.IllegalStateException] for group [all], operator"
                + " [number], called with rows of another operator: broken on purpose, at io.");
  }

  @Test
  void secondOperator_isParkedAndRedriven_byItsOwnKeys() {
    QuerySteps<String, String> query = start(ErrorPolicy.park());
    query.add("a", "bad").expectNoRows().add("b").restart();

    assertThat(query.query().parkedGroups().toCompletableFuture().join())
        .usingRecursiveFieldByFieldElementComparatorIgnoringFields("error")
        .containsExactly(
            new ParkedGroup(
                "number",
                "all",
                1,
                "java.lang.IllegalStateException",
                Optional.of("broken on purpose"),
                3));
    broken.set(false);
    assertThat(query.query().redrive("a").toCompletableFuture().join()).isFalse();
    assertThat(query.query().redrive("pass", "all").toCompletableFuture().join()).isFalse();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> query.query().redrive("count", "all"))
        .withMessage(
            "operator must be one of the stateful operators of query [chain], [pass, number], was"
                + " [count]");
    assertThat(query.query().redrive("number", "all").toCompletableFuture().join()).isTrue();

    query.drain();
    assertThat(rows.rows()).containsExactly("a1", "b2", "bad3");
    query.close();
  }

  private QuerySteps<String, String> start(ErrorPolicy policy) {
    return QuerySteps.start(
        events -> words.addTo(0, events), rows::rows, clock -> query(policy).clock(clock));
  }

  /** Passes each word on once a key, then numbers them all; fails on {@code bad}. */
  private QueryBuilder query(ErrorPolicy policy) {
    return system
        .vellamo()
        .query("chain")
        .from(words)
        .groupByKey(word -> word)
        .flatMapGroupsWithState(
            OutputMode.APPEND, GroupStateTimeout.NONE, Long.class, ErrorChainTest::pass)
        .named("pass")
        .groupByKey(word -> "all")
        .flatMapGroupsWithState(OutputMode.APPEND, GroupStateTimeout.NONE, Long.class, this::number)
        .named("number")
        .to(rows)
        .onError(policy)
        .deadLettersTo(letters);
  }

  private static Iterator<String> pass(
      String word, Iterator<String> events, GroupState<Long> state) {
    state.update(1L);
    return List.of(word).iterator();
  }

  private Iterator<String> number(String key, Iterator<String> events, GroupState<Long> state) {
    long count = state.optional().orElse(0L);
    List<String> numbered = new ArrayList<>();
    // The order of rows of several groups is that of their shards.
    List<String> sorted = new ArrayList<>();
    events.forEachRemaining(sorted::add);
    sorted.sort(null);
    for (String word : sorted) {
      if (word.equals("bad") && broken.get()) {
        throw new IllegalStateException("broken on purpose");
      }
      numbered.add(word + ++count);
    }
    state.update(count);
    return numbered.iterator();
  }
}
