package io.vellamo.actors.replay;

import io.vellamo.actors.replay.Orders.OrderEvent;
import io.vellamo.actors.replay.Orders.Reminder;
import io.vellamo.api.process.Declarations;
import io.vellamo.api.process.GroupContext;
import io.vellamo.api.process.GroupProcessor;
import io.vellamo.api.process.ValueVariable;
import io.vellamo.api.process.Variables;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;

/** Counts events in each of some variables. */
record Tally(List<ValueVariable<Integer>> variables)
    implements GroupProcessor<String, OrderEvent, Reminder> {
  static Tally of(String... names) {
    return new Tally(Stream.of(names).map(name -> Variables.value(name, Integer.class)).toList());
  }

  @Override
  public void declare(Declarations declarations) {
    variables.forEach(declarations::use);
  }

  @Override
  public void onEvents(String customer, Iterator<OrderEvent> events, GroupContext<Reminder> group) {
    while (events.hasNext()) {
      events.next();
      for (ValueVariable<Integer> variable : variables) {
        group.value(variable).update(group.value(variable).orElse(0) + 1);
      }
    }
  }
}
