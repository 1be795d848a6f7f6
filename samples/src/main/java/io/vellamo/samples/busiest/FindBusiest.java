package io.vellamo.samples.busiest;

import io.vellamo.api.process.Declarations;
import io.vellamo.api.process.EventTimer;
import io.vellamo.api.process.GroupContext;
import io.vellamo.api.process.GroupProcessor;
import io.vellamo.api.process.Timer;
import io.vellamo.api.process.ValueState;
import io.vellamo.api.process.ValueVariable;
import io.vellamo.api.process.Variables;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;

/**
 * Finds the actor with most events among the counts of a window. The counts of a window arrive when
 * the watermark reaches its end, which is also when this processor's timer is due: the result comes
 * out in the same epoch.
 *
 * @param window the length of a window
 */
record FindBusiest(Duration window) implements GroupProcessor<Instant, ActorCount, Busiest> {
  private static final ValueVariable<Busiest> BUSIEST = Variables.value("busiest", Busiest.class);
  private static final EventTimer END = EventTimer.named("end");

  @Override
  public void declare(Declarations declarations) {
    declarations.use(BUSIEST).use(END);
  }

  @Override
  public void onEvents(Instant start, Iterator<ActorCount> counts, GroupContext<Busiest> group) {
    ValueState<Busiest> busiest = group.value(BUSIEST);
    while (counts.hasNext()) {
      ActorCount count = counts.next();
      busiest.update(
          busiest
              .optional()
              .map(so -> so.with(count))
              .orElseGet(() -> new Busiest(start, count.actor(), count.events(), 1)));
    }
    group.timers(END).set(start.plus(window));
  }

  @Override
  public void onTimer(Instant start, Timer end, GroupContext<Busiest> group) {
    group.emit(group.value(BUSIEST).get());
    group.value(BUSIEST).remove();
  }
}
