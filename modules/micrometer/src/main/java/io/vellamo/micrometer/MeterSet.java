package io.vellamo.micrometer;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The meters of a query that are registered so far, by their tags.
 *
 * <p><b>Threading</b> Used by one thread at a time; the registry reads gauges on any thread.
 */
final class MeterSet {
  /** A meter with the values of its tags. */
  private record Key(QueryMeter meter, List<String> values) {}

  /** A number that a gauge reads. */
  private static final class Value {
    private volatile double number;
  }

  private final MeterRegistry registry;
  private final Map<Key, Counter> counters = new HashMap<>();
  private final Map<Key, Timer> timers = new HashMap<>();
  private final Map<Key, Value> values = new HashMap<>();
  private final Map<Key, Meter> gauges = new HashMap<>();

  MeterSet(MeterRegistry registry) {
    this.registry = registry;
  }

  /** Registers a gauge that is determined when it is read. */
  void gauge(QueryMeter meter, Supplier<Number> value, String... tags) {
    Key key = new Key(meter, List.of(tags));
    gauges.put(key, register(key, value));
  }

  /** Sets the number of a gauge. */
  void set(QueryMeter meter, double number, String... tags) {
    Key key = new Key(meter, List.of(tags));
    Value value = values.get(key);
    if (value == null) {
      Value registered = new Value();
      registered.number = number;
      values.put(key, registered);
      gauges.put(key, register(key, () -> registered.number));
    } else {
      value.number = number;
    }
  }

  /** Sets the number of a gauge. */
  void set(QueryMeter meter, long number, String... tags) {
    set(meter, (double) number, tags);
  }

  /** Adds to a counter. */
  void add(QueryMeter meter, long amount, String... tags) {
    counters
        .computeIfAbsent(
            new Key(meter, List.of(tags)),
            key ->
                Counter.builder(meter.id())
                    .description(meter.description())
                    .baseUnit(meter.unit())
                    .tags(tags(key))
                    .register(registry))
        .increment((double) amount);
  }

  /** Adds a duration to a timer. */
  void record(QueryMeter meter, Duration time, String... tags) {
    timers
        .computeIfAbsent(
            new Key(meter, List.of(tags)),
            key ->
                Timer.builder(meter.id())
                    .description(meter.description())
                    .tags(tags(key))
                    .register(registry))
        .record(time);
  }

  private Gauge register(Key key, Supplier<Number> value) {
    return Gauge.builder(key.meter.id(), value)
        .description(key.meter.description())
        .baseUnit(key.meter.unit())
        .tags(tags(key))
        .strongReference(true)
        .register(registry);
  }

  private static List<Tag> tags(Key key) {
    List<Tag> tags = new ArrayList<>();
    for (int place = 0; place < key.values.size(); place++) {
      tags.add(Tag.of(key.meter.tags().get(place), key.values.get(place)));
    }
    return tags;
  }

  /** Removes the gauges whose numbers were set. */
  void removeValues() {
    for (Key key : values.keySet()) {
      Meter gauge = gauges.remove(key);
      if (gauge != null) {
        registry.remove(gauge);
      }
    }
    values.clear();
  }

  /** Removes all meters. */
  void removeAll() {
    List<Meter> all = new ArrayList<>(counters.values());
    all.addAll(timers.values());
    all.addAll(gauges.values());
    all.forEach(registry::remove);
  }
}
