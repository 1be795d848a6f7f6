package io.vellamo.actors.replay;

import io.vellamo.api.process.Declarations;
import io.vellamo.api.process.EventTimer;
import io.vellamo.api.process.GroupContext;
import io.vellamo.api.process.GroupProcessor;
import io.vellamo.api.process.ListVariable;
import io.vellamo.api.process.MapVariable;
import io.vellamo.api.process.ProcessingTimer;
import io.vellamo.api.process.Timer;
import io.vellamo.api.process.ValueVariable;
import io.vellamo.api.process.Variables;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;

/** Reminds customers of unpaid orders, with variables of all kinds and timers of both clocks. */
record Orders(long patienceSeconds, int mostRecent, boolean watchesSilence)
    implements GroupProcessor<String, Orders.OrderEvent, Orders.Reminder> {
  private static final ValueVariable<Integer> COUNT = Variables.value("count", Integer.class);
  private static final MapVariable<String, Order> OPEN =
      Variables.map("open", String.class, Order.class);
  private static final MapVariable<String, Long> PAID =
      Variables.map("paid", String.class, Long.class)
          .expiresAfterWriteInEventTime(Duration.ofSeconds(20));
  private static final ListVariable<String> RECENT =
      Variables.list("recent", String.class).expiresAfterWrite(Duration.ofSeconds(5));
  private static final EventTimer DUE = EventTimer.named("due");
  private static final ProcessingTimer SILENT = ProcessingTimer.named("silent");

  Orders(long patienceSeconds) {
    this(patienceSeconds, 3, true);
  }

  /** An order that was placed or, if {@code isPaid}, paid. */
  record OrderEvent(String customer, String order, boolean isPaid, long second) {}

  /** An open order. */
  record Order(long placed) {}

  /** A reminder of an order, or of none after a silence. */
  record Reminder(String customer, String order, int recent) {}

  static OrderEvent placed(String customer, String order, long second) {
    return new OrderEvent(customer, order, false, second);
  }

  static OrderEvent paid(String customer, String order, long second) {
    return new OrderEvent(customer, order, true, second);
  }

  @Override
  public void declare(Declarations declarations) {
    declarations.use(COUNT).use(OPEN).use(PAID).use(RECENT).use(DUE).use(SILENT);
  }

  @Override
  public void onEvents(String customer, Iterator<OrderEvent> events, GroupContext<Reminder> group) {
    while (events.hasNext()) {
      OrderEvent event = events.next();
      group.value(COUNT).update(group.value(COUNT).orElse(0) + 1);
      if (event.isPaid) {
        group.map(PAID).put(event.order, event.second);
        group.map(OPEN).remove(event.order);
        group.timers(DUE).cancel(event.order);
      } else if (!group.map(PAID).containsKey(event.order)) {
        group.map(OPEN).put(event.order, new Order(event.second));
        group
            .timers(DUE)
            .set(event.order, group.eventTime().orElseThrow().plusSeconds(patienceSeconds));
      }
    }
    if (watchesSilence) {
      group.timers(SILENT).setAfter(Duration.ofSeconds(7));
    }
  }

  @Override
  public void onTimer(String customer, Timer timer, GroupContext<Reminder> group) {
    if (timer.is(SILENT)) {
      group.value(COUNT).remove();
      group.emit(new Reminder(customer, "", group.list(RECENT).size()));
      return;
    }
    String order = timer.tag().orElseThrow();
    group.map(OPEN).remove(order);
    group.list(RECENT).append(order);
    group.list(RECENT).keepLast(mostRecent);
    int recent = group.list(RECENT).size();
    group.emit(new Reminder(customer, order, recent), timer.time());
  }

  static Instant time(OrderEvent event) {
    return Instant.ofEpochSecond(event.second);
  }
}
