package io.vellamo.connectors.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vellamo.api.QueryBuilder;
import io.vellamo.api.QueryStart;
import io.vellamo.api.group.GroupState;
import io.vellamo.api.group.GroupStateTimeout;
import io.vellamo.api.query.OutputMode;
import io.vellamo.api.query.StreamingQueryProgress;
import io.vellamo.api.query.Trigger;
import io.vellamo.connectors.memory.MemorySink;
import io.vellamo.connectors.memory.MemorySource;
import io.vellamo.testkit.HarnessBuilder;
import io.vellamo.testkit.StreamingQueryHarness;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A harness of a query with several sources: orders in two partitions, and payments. */
final class HarnessFeedsTest {
  record Order(String id) {}

  record Payment(String id, int amount) {}

  private final MemorySource<Order> orders = MemorySource.create(2);
  private final MemorySource<Payment> payments = MemorySource.create();
  private final MemorySink<String> rows = MemorySink.create();
  private Trigger trigger = Trigger.asap();

  @Test
  void events_ofEachFeed_reachTheirSource() {
    try (StreamingQueryHarness<Object, String> query = feeds().start()) {
      query.addTo("orders", new Order("a")).expectNoRows();
      query.addTo("late orders", new Order("b"), new Order("c")).expectNoRows().expectGroups(3);
      query.restart().addTo("payments", new Payment("b", 5)).expectRows("b paid 5");
      query.addTo("payments", new Payment("c", 7), new Payment("a", 1));
      query.expectRows("a paid 1", "c paid 7").expectGroups(0);
    }
  }

  @Test
  void eventsOfSeveralFeeds_addedWhileStopped_areOneEpoch() {
    try (StreamingQueryHarness<Object, String> query = feeds().start()) {
      query.stop().addTo("payments", new Payment("a", 1)).addTo("orders", new Order("a"));
      query.expectNoRows().resume().expectRows("a paid 1");

      assertThat(query.query().recentProgress())
          .extracting(progress -> progress.events().input())
          .containsExactly(2L);
    }
  }

  @Test
  void eventsOfSeveralFeeds_betweenTwoMomentsOfATrigger_areOneEpoch() {
    trigger = Trigger.processingTime(Duration.ofMinutes(1));
    Instant noon = Instant.parse("2026-01-01T12:00:00Z");
    try (StreamingQueryHarness<Object, String> query = feeds().clockAt(noon).start()) {
      query.addTo("payments", new Payment("a", 1)).advance(Duration.ofSeconds(20));
      query.addTo("orders", new Order("a")).expectNoRows().advance(Duration.ofSeconds(40));

      query.expectRows("a paid 1");
      assertThat(query.query().recentProgress())
          .extracting(StreamingQueryProgress::timestamp)
          .containsExactly(noon.plusSeconds(60));
    }
  }

  @Test
  void feed_thatIsUnknown_messageNamesThoseThereAre() {
    try (StreamingQueryHarness<Object, String> query = feeds().start()) {
      assertThatThrownBy(() -> query.addTo("order", new Order("a")))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("feed must be one of [orders, late orders, payments], was [order]");
      assertThatThrownBy(() -> query.add(new Order("a")))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage(
              "add(events) needs exactly one feed, found [orders, late orders, payments]; use"
                  + " addTo(feed, events)");
    }
  }

  @Test
  void event_ofAnotherFeed_isRefusedBeforeItReachesTheSource() {
    try (StreamingQueryHarness<Object, String> query = feeds().start()) {
      assertThatThrownBy(() -> query.addTo("payments", new Payment("a", 1), new Order("a")))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "events of feed [payments] must be of class [%s], found one of class [%s]"
                  .formatted(Payment.class.getName(), Order.class.getName()));
      query.addTo("orders", new Order("a")).expectNoRows();
    }
  }

  @Test
  void names_thatAreEqual_areRefused() {
    HarnessBuilder<Object, String> builder =
        feeds().feed("orders", Payment.class, events -> payments.addTo(0, events));

    assertThatThrownBy(builder::start)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("names of feeds must differ, found [orders] twice");
  }

  private HarnessBuilder<Object, String> feeds() {
    return StreamingQueryHarness.builder(rows::rows, this::query)
        .feed("orders", Order.class, events -> orders.addTo(0, events))
        .feed("late orders", Order.class, events -> orders.addTo(1, events))
        .feed("payments", Payment.class, events -> payments.addTo(0, events));
  }

  private QueryBuilder query(QueryStart start) {
    return start
        .from(orders)
        .map(order -> new Payment(order.id(), 0))
        .union(start.from(payments))
        .groupByKey(Payment::id)
        .flatMapGroupsWithState(
            OutputMode.APPEND, GroupStateTimeout.NONE, Integer.class, HarnessFeedsTest::match)
        .to(rows)
        .trigger(trigger);
  }

  /** Keeps an order until it is paid, in whichever order both come. */
  private static Iterator<String> match(
      String id, Iterator<Payment> events, GroupState<Integer> state) {
    List<Payment> all = new ArrayList<>();
    events.forEachRemaining(all::add);
    boolean isOrdered = state.exists() || all.stream().anyMatch(event -> event.amount() == 0);
    int amount = all.stream().mapToInt(Payment::amount).sum();
    if (isOrdered && amount > 0) {
      state.remove();
      return List.of(id + " paid " + amount).iterator();
    }
    state.update(amount);
    return List.<String>of().iterator();
  }
}
