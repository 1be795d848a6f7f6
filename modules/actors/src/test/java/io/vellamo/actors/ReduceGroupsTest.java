package io.vellamo.actors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vellamo.api.EventStream;
import io.vellamo.api.QueryBuilder;
import io.vellamo.api.group.GroupStateTimeout;
import io.vellamo.api.group.KeyValue;
import io.vellamo.api.query.OutputMode;
import io.vellamo.api.query.StreamingQuery;
import io.vellamo.connectors.memory.MemorySink;
import io.vellamo.connectors.memory.MemorySource;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class ReduceGroupsTest {
  /** An event. */
  record Sale(String shop, long amount) {
    Sale plus(Sale other) {
      return new Sale(shop, amount + other.amount);
    }
  }

  private final TestSystem system = TestSystem.start();
  private final MemorySource<Sale> sales = MemorySource.create();
  private final MemorySink<KeyValue<String, Sale>> rows = MemorySink.create();

  @AfterEach
  void stop() {
    system.close();
  }

  @Test
  void events_areReducedByKey_overEpochsAndRestarts() {
    QuerySteps<Sale, KeyValue<String, Sale>> query = start();

    query.add(new Sale("a", 1), new Sale("a", 2), new Sale("b", 1));
    query.expectRows(row("a", 3), row("b", 1)).expectGroups(2).expectChanges(2, 0).restart();
    query.add(new Sale("a", 10)).expectRows(row("a", 13)).expectChanges(1, 0).close();
  }

  /** The case asks for Complete; in Update, only what changed comes out. */
  @Test
  void f03_rowsOfAFunction_areReduced() {
    try (QuerySteps<Sale, KeyValue<String, Sale>> query =
        start(
            sold ->
                sold.groupByKey(Sale::shop)
                    .flatMapGroupsWithState(
                        OutputMode.APPEND,
                        GroupStateTimeout.NONE,
                        Integer.class,
                        (shop, events, state) -> {
                          state.update(state.optional().orElse(0) + 1);
                          return List.of(new Sale(shop, 1)).iterator();
                        })
                    .named("ones"))) {
      query.add(new Sale("a", 5)).expectRows(row("a", 1));
      query.add(new Sale("a", 5), new Sale("b", 5)).expectRows(row("a", 2), row("b", 1)).restart();
      query.add(new Sale("a", 5), new Sale("b", 5)).expectRows(row("a", 3), row("b", 2)).restart();
      query.add(new Sale("a", 5), new Sale("c", 5)).expectRows(row("a", 4), row("c", 1));
    }
  }

  @Test
  void d06_differentEvents_areReduced() {
    try (QuerySteps<Sale, KeyValue<String, Sale>> query =
        start(sold -> sold.dropDuplicates(sale -> sale, Sale.class).named("different"))) {
      query.add(new Sale("a", 1)).expectRows(row("a", 1));
      query.add(new Sale("a", 1)).expectNoRows().restart();
      query.add(new Sale("a", 2)).expectRows(row("a", 3));
      query.add(new Sale("b", 1)).expectRows(row("b", 1));
    }
  }

  @Test
  void events_areReducedInSourceOrder_olderOnesFirst() throws Exception {
    MemorySource<String> words = MemorySource.create();
    MemorySink<KeyValue<Integer, String>> texts = MemorySink.create();
    StreamingQuery query =
        system
            .vellamo()
            .query("texts")
            .from(words)
            .groupByKey(String::length)
            .reduceGroups(String.class, (older, newer) -> older + newer)
            .to(texts)
            .start();

    words.add("a", "bc", "d");
    query.processAllAvailable();
    words.add("e", "f");
    query.processAllAvailable();

    assertThat(texts.rowsOfEpoch(1))
        .containsExactlyInAnyOrder(new KeyValue<>(1, "ad"), new KeyValue<>(2, "bc"));
    assertThat(texts.rowsOfEpoch(2)).containsExactly(new KeyValue<>(1, "adef"));
    query.stop();
  }

  @Test
  void rowsOfAnEpochThatItsSinkNeverGot_comeOutOfTheJournalAsTheyWere() throws Exception {
    AtomicBoolean broken = new AtomicBoolean(true);
    sales.add(new Sale("a", 1), new Sale("b", 2));
    StreamingQuery failing = query(broken).start();
    assertThatThrownBy(failing::awaitTermination)
        .hasMessageContaining("map behind the stateful operator failed");
    broken.set(false);

    StreamingQuery query = query(broken).start();
    query.processAllAvailable();

    assertThat(rows.rows()).containsExactlyInAnyOrder(row("a", 1), row("b", 2));
    query.stop();
  }

  @Test
  void functionThatReturnsNull_failsTheQuery() throws Exception {
    sales.add(new Sale("a", 1), new Sale("a", 2));
    StreamingQuery query =
        system
            .vellamo()
            .query("sales")
            .from(sales)
            .groupByKey(Sale::shop)
            .reduceGroups(Sale.class, (older, newer) -> nothing())
            .to(rows)
            .start();

    assertThatThrownBy(query::awaitTermination)
        .hasMessageContaining(
            "the function threw [java.lang.NullPointerException] for group [a], source position"
                + " [memory-0@1]")
        .rootCause()
        .hasMessage("the function's result");
  }

  private QuerySteps<Sale, KeyValue<String, Sale>> start() {
    return QuerySteps.start(
        events -> sales.addTo(0, events),
        rows::rows,
        clock -> query(new AtomicBoolean()).clock(clock));
  }

  /** Starts a query that reduces what a pipeline makes of the sales. */
  private QuerySteps<Sale, KeyValue<String, Sale>> start(
      UnaryOperator<EventStream<Sale>> pipeline) {
    return QuerySteps.start(
        events -> sales.addTo(0, events),
        rows::rows,
        clock ->
            pipeline
                .apply(system.vellamo().query("sales").from(sales))
                .groupByKey(Sale::shop)
                .reduceGroups(Sale.class, Sale::plus)
                .named("sums")
                .to(rows)
                .clock(clock));
  }

  private QueryBuilder query(AtomicBoolean broken) {
    return system
        .vellamo()
        .query("sales")
        .from(sales)
        .groupByKey(Sale::shop)
        .reduceGroups(Sale.class, Sale::plus)
        .map(
            row -> {
              if (broken.get()) {
                throw new IllegalStateException("broken on purpose");
              }
              return row;
            })
        .to(rows);
  }

  @SuppressWarnings("NullAway") // what the function must not do
  private static Sale nothing() {
    return null;
  }

  private static KeyValue<String, Sale> row(String shop, long amount) {
    return new KeyValue<>(shop, new Sale(shop, amount));
  }
}
