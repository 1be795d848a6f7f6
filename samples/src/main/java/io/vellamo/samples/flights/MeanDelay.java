package io.vellamo.samples.flights;

import io.vellamo.api.aggregate.Aggregator;
import io.vellamo.api.group.StateType;
import org.jspecify.annotations.Nullable;

/** The mean delay of flights that departed, in minutes; null for no flights. */
final class MeanDelay implements Aggregator<Flight, DelaySum, @Nullable Double> {
  @Override
  public DelaySum zero() {
    return new DelaySum(0, 0);
  }

  @Override
  public DelaySum reduce(DelaySum buffer, Flight flight) {
    Integer delay = flight.delay();
    return delay == null
        ? buffer
        : new DelaySum(buffer.departures() + 1, buffer.minutes() + delay);
  }

  @Override
  public DelaySum merge(DelaySum left, DelaySum right) {
    return new DelaySum(
        left.departures() + right.departures(), left.minutes() + right.minutes());
  }

  @Override
  public @Nullable Double finish(DelaySum buffer) {
    return buffer.departures() == 0 ? null : (double) buffer.minutes() / buffer.departures();
  }

  @Override
  public StateType<DelaySum> bufferType() {
    return StateType.of(DelaySum.class);
  }
}
