package io.vellamo.samples.guide;

import io.vellamo.api.QueryBuilder;
import io.vellamo.api.QueryStart;
import io.vellamo.api.group.GroupState;
import io.vellamo.api.group.GroupStateTimeout;
import io.vellamo.api.query.OutputMode;
import io.vellamo.api.query.Trigger;
import io.vellamo.connectors.memory.MemorySink;
import io.vellamo.connectors.memory.MemorySource;
import io.vellamo.testkit.StreamingQueryHarness;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A query with two sources and timeouts, driven step by step. */
final class RemindersTest {
  record Order(String id) {}

  record Payment(String id) {}

  record Step(String id, boolean isPaid) {}

  private final MemorySource<Order> orders = MemorySource.create();
  private final MemorySource<Payment> payments = MemorySource.create();
  private final MemorySink<String> reminders = MemorySink.create();
  private Trigger trigger = Trigger.asap();

  @Test
  void order_notPaidForADay_isRemindedOf() {
    StreamingQueryHarness<Object, String> query =
        StreamingQueryHarness.builder(reminders::rows, this::query)
            .feed("orders", Order.class, events -> orders.addTo(0, events))
            .feed("payments", Payment.class, events -> payments.addTo(0, events))
            .clockAt(Instant.parse("2026-01-01T12:00:00Z"))
            .start();
    query.addTo("orders", new Order("7"), new Order("8"));
    query.addTo("payments", new Payment("7")).expectNoRows().expectGroups(1);
    query.advance(Duration.ofHours(25)).expectRows("8 is not paid");

    query.addTo("orders", new Order("9"));
    query.restartAfter(Duration.ofDays(3)).expectRows("9 is not paid").expectGroups(0);

    query.expectFailure(
        NumberFormatException.class, "A9", failing -> failing.addTo("orders", new Order("A9")));
    query.close();
  }

  @Test
  void run_thatEnds_goesOnInTheNext() {
    trigger = Trigger.availableNow();
    StreamingQueryHarness<Order, String> query =
        StreamingQueryHarness.start(
            events -> orders.addTo(0, events), reminders::rows, this::query);

    query.add(new Order("7")).resume().expectNoRows().expectEnded();
    query.restartAfter(Duration.ofDays(2)).expectRows("7 is not paid").expectEnded();
    query.close();
  }

  private QueryBuilder query(QueryStart start) {
    return start
        .from(orders)
        .map(order -> new Step(order.id(), false))
        .union(start.from(payments).map(payment -> new Step(payment.id(), true)))
        .groupByKey(step -> Long.parseLong(step.id()))
        .flatMapGroupsWithState(
            OutputMode.APPEND,
            GroupStateTimeout.PROCESSING_TIME,
            Boolean.class,
            RemindersTest::remind)
        .to(reminders)
        .trigger(trigger);
  }

  private static Iterator<String> remind(Long id, Iterator<Step> steps, GroupState<Boolean> state) {
    boolean isDue = state.hasTimedOut();
    boolean isPaid = state.optional().orElse(false);
    while (steps.hasNext()) {
      isPaid |= steps.next().isPaid();
    }
    if (isDue || isPaid) {
      state.remove();
      return isPaid ? Collections.emptyIterator() : List.of(id + " is not paid").iterator();
    }
    state.update(false);
    state.setTimeoutDuration(Duration.ofDays(1));
    return Collections.emptyIterator();
  }
}
