package io.vellamo.testkit.simulation;

import io.vellamo.api.process.Declarations;
import io.vellamo.api.process.EventTimer;
import io.vellamo.api.process.GroupContext;
import io.vellamo.api.process.GroupProcessor;
import io.vellamo.api.process.ListVariable;
import io.vellamo.api.process.MapState;
import io.vellamo.api.process.MapVariable;
import io.vellamo.api.process.ProcessingTimer;
import io.vellamo.api.process.Timer;
import io.vellamo.api.process.Timers;
import io.vellamo.api.process.ValueVariable;
import io.vellamo.api.process.Variables;
import io.vellamo.testkit.simulation.Generated.Event;
import io.vellamo.testkit.simulation.Generated.Row;
import io.vellamo.testkit.simulation.Generated.Tally;
import io.vellamo.testkit.simulation.Generated.Thrown;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A processor that runs a program of operations on a value, a list, a map, and timers in both
 * clocks, and emits the contents of all of them. Each event, timer and initial row has its own
 * operations, which depend on nothing else.
 *
 * @param seed the seed of the operations
 * @param value the value
 * @param list the list
 * @param map the map
 * @param usesEventTime whether it has timers in event time, and asks for the watermark
 * @param emitsTimes whether some rows have event times
 * @param behindMillis the time by which those may be before the watermark
 * @param most the maximum number of operations for an event
 * @param filler makes values and rows larger
 * @param flaky whether the first call of a group in an epoch throws, for some groups
 * @param thrown the calls that have thrown, so that they do not again
 */
record GeneratedProcessor(
    long seed,
    ValueVariable<String> value,
    ListVariable<Integer> list,
    MapVariable<Integer, String> map,
    boolean usesEventTime,
    boolean emitsTimes,
    long behindMillis,
    int most,
    String filler,
    boolean flaky,
    Set<String> thrown)
    implements GroupProcessor<Integer, Event, Row> {
  static final EventTimer EVENT_TIMER = EventTimer.named("event");
  static final ProcessingTimer PROCESSING_TIMER = ProcessingTimer.named("processing");

  /** The watermark at the end of time is later. */
  private static final Instant FAR = Instant.ofEpochMilli(100_000_000_000_000L);

  private static final String[] TAGS = {"", "x", "y", "z"};

  static GeneratedProcessor of(Dice dice, boolean flaky) {
    boolean usesEventTime = dice.perMille(700);
    boolean emitsTimes = usesEventTime && dice.coin();
    ValueVariable<String> value = Variables.value("value", String.class);
    ListVariable<Integer> list = Variables.list("list", Integer.class);
    MapVariable<Integer, String> map = Variables.map("map", Integer.class, String.class);
    Duration[] after = new Duration[3];
    for (int i = 0; i < after.length; i++) {
      after[i] = Duration.ofMillis(dice.oneOf(1, 10, 50, 300));
    }
    // 0 for none, 1 for processing time, 2 for event time.
    int clocks = usesEventTime ? 3 : 2;
    int ofValue = dice.below(clocks);
    int ofList = dice.below(clocks);
    int ofMap = dice.below(clocks);
    return new GeneratedProcessor(
        dice.below(1_000_000),
        switch (ofValue) {
          case 0 -> value;
          case 1 -> value.expiresAfterWrite(after[0]);
          default -> value.expiresAfterWriteInEventTime(after[0]);
        },
        switch (ofList) {
          case 0 -> list;
          case 1 -> list.expiresAfterWrite(after[1]);
          default -> list.expiresAfterWriteInEventTime(after[1]);
        },
        switch (ofMap) {
          case 0 -> map;
          case 1 -> map.expiresAfterWrite(after[2]);
          default -> map.expiresAfterWriteInEventTime(after[2]);
        },
        usesEventTime,
        emitsTimes,
        emitsTimes ? dice.oneOf(0, 0, 30) : 0,
        dice.oneOf(1, 2, 4, 8),
        "x".repeat(dice.oneOf(0, 0, 40)),
        flaky,
        new HashSet<>());
  }

  /** Returns this processor without calls that throw at random. */
  GeneratedProcessor withoutFlaws() {
    return new GeneratedProcessor(
        seed,
        value,
        list,
        map,
        usesEventTime,
        emitsTimes,
        behindMillis,
        most,
        filler,
        false,
        Set.of());
  }

  /** Returns the parameters. */
  String description() {
    return "at most %d operations, value %s, list %s, map %s%s%s, filler %d%s"
        .formatted(
            most,
            value.expiry().map(Object::toString).orElse("kept"),
            list.expiry().map(Object::toString).orElse("kept"),
            map.expiry().map(Object::toString).orElse("kept"),
            usesEventTime ? ", timers in event time" : "",
            emitsTimes ? ", rows with event times, behind by %d ms".formatted(behindMillis) : "",
            filler.length(),
            flaky ? ", flaky" : "");
  }

  @Override
  public void declare(Declarations declarations) {
    declarations.use(value).use(list).use(map).use(PROCESSING_TIMER);
    if (usesEventTime) {
      declarations.use(EVENT_TIMER);
    }
    if (behindMillis > 0) {
      declarations.emitsBehindWatermark(Duration.ofMillis(behindMillis));
    }
  }

  @Override
  public void onEvents(Integer key, Iterator<Event> events, GroupContext<Row> group) {
    long now = group.currentProcessingTime().toEpochMilli();
    throwOnce(key, key + "@" + now);
    while (events.hasNext()) {
      Event event = events.next();
      if (now < event.fixedAt()) {
        throw new Thrown("event " + event.id());
      }
      Dice dice = dice(event.id());
      operate(dice, event.id(), event.instant(), group);
      emit(dice, "e", key, event.id(), event.instant(), group);
    }
  }

  @Override
  public void onTimer(Integer key, Timer timer, GroupContext<Row> group) {
    long now = group.currentProcessingTime().toEpochMilli();
    if (timer.time().toEpochMilli() % 2 == 0) {
      throwOnce(key, key + "@timer@" + now);
    }
    int subject = timer.time().hashCode() + 31 * timer.tag().hashCode() + timer.name().hashCode();
    Dice dice = dice(subject);
    // Always later, so that a timer that sets itself does not fire forever.
    Instant base = timer.time().isAfter(FAR) ? FAR : timer.time().plusMillis(20);
    operate(dice, subject, base, group);
    String name = timer.name().name().substring(0, 1) + timer.tag().orElse("-");
    emit(dice, name + timer.time().toEpochMilli(), key, 0, timer.time(), group);
  }

  /** Takes an initial row. */
  void onInitialRow(Integer key, Tally row, GroupContext<Row> group) {
    throwOnce(key, key + "@initial");
    Dice dice = dice(-1 - row.count());
    Instant time = Instant.ofEpochMilli(1_000_000);
    operate(dice, (int) row.count(), time, group);
    emit(dice, "i" + row.count(), key, 0, time, group);
  }

  private Dice dice(long subject) {
    return Dice.of(seed * 1_000_003 + subject);
  }

  private void throwOnce(int key, String call) {
    if (flaky && key % 3 == 0 && thrown.add(call)) {
      throw new Thrown("the first time");
    }
  }

  private void operate(Dice dice, int number, Instant base, GroupContext<Row> group) {
    int count = dice.between(0, most);
    for (int i = 0; i < count; i++) {
      switch (dice.below(5)) {
        case 0 -> ofValue(dice, number, group);
        case 1 -> ofList(dice, number, group);
        case 2, 3 -> ofMap(dice, number, group.map(map));
        default -> ofTimers(dice, base, group);
      }
    }
    if (dice.perMille(60)) {
      group.value(value).remove();
      group.list(list).clear();
      group.map(map).clear();
      group.timers(PROCESSING_TIMER).cancelAll();
      if (usesEventTime) {
        group.timers(EVENT_TIMER).cancelAll();
      }
    }
  }

  private void ofValue(Dice dice, int number, GroupContext<Row> group) {
    switch (dice.below(4)) {
      case 0 -> group.value(value).remove();
      case 1 -> group.value(value).update(group.value(value).orElse("") + "'");
      default -> group.value(value).update(number + filler);
    }
  }

  private void ofList(Dice dice, int number, GroupContext<Row> group) {
    switch (dice.below(8)) {
      case 0 -> group.list(list).clear();
      case 1 -> group.list(list).replaceWith(List.of(number, -number));
      case 2 -> group.list(list).appendAll(List.of(number, number + 1, number + 2));
      case 3, 4 -> group.list(list).keepLast(dice.between(0, 4));
      default -> group.list(list).append(number);
    }
  }

  private void ofMap(Dice dice, int number, MapState<Integer, String> entries) {
    int key = dice.below(9);
    switch (dice.below(8)) {
      case 0 -> entries.remove(key);
      case 1 -> entries.putIfAbsent(key, "a" + number);
      case 2 -> entries.merge(key, "m", String::concat);
      case 3 -> removeSome(key, entries);
      case 4 -> {
        entries.remove(key);
        entries.put(key, "r" + number);
      }
      case 5 -> {
        if (dice.coin()) {
          entries.clear();
        }
        entries.put(key, "c" + number + filler);
      }
      default -> entries.put(key, number + filler);
    }
  }

  private static void removeSome(int from, MapState<Integer, String> entries) {
    for (Map.Entry<Integer, String> entry : entries.entries()) {
      if (entry.getKey() < from) {
        entries.remove(entry.getKey());
      }
    }
  }

  private void ofTimers(Dice dice, Instant base, GroupContext<Row> group) {
    boolean inEventTime = usesEventTime && dice.coin();
    Timers timers = inEventTime ? group.timers(EVENT_TIMER) : group.timers(PROCESSING_TIMER);
    Instant from = inEventTime ? base : group.currentProcessingTime();
    String tag = dice.oneOf(TAGS);
    switch (dice.below(8)) {
      case 0 -> timers.cancelAll();
      case 1, 2 -> {
        if (tag.isEmpty()) {
          timers.cancel();
        } else {
          timers.cancel(tag);
        }
      }
      default -> {
        Instant time = from.plusMillis(dice.oneOf(-10, 0, 1, 10, 50, 300));
        // In processing time, always later: otherwise it might fire forever.
        Instant set = inEventTime ? time : from.plusMillis(dice.oneOf(1, 20, 200));
        if (tag.isEmpty()) {
          timers.set(set);
        } else {
          timers.set(tag, set);
        }
      }
    }
  }

  private void emit(
      Dice dice, String kind, int key, int event, Instant time, GroupContext<Row> group) {
    int size = group.list(list).size() + group.map(map).size();
    long at = Math.min(time.toEpochMilli(), FAR.toEpochMilli());
    Row row = new Row(kind + contents(group), key, event, size, event, at, filler);
    if (!emitsTimes || dice.perMille(300) || group.currentWatermark().isAfter(FAR)) {
      group.emit(row);
      return;
    }
    Instant earliest = group.currentWatermark().minusMillis(behindMillis);
    group.emit(row, time.isBefore(earliest) ? earliest : time);
  }

  private String contents(GroupContext<Row> group) {
    List<String> parts = new ArrayList<>();
    parts.add(group.value(value).optional().map(GeneratedProcessor::brief).orElse("none"));
    List<Integer> elements = new ArrayList<>();
    group.list(list).forEach(elements::add);
    parts.add(elements.toString());
    List<String> entries = new ArrayList<>();
    for (Map.Entry<Integer, String> entry : group.map(map).entries()) {
      entries.add(entry.getKey() + "=" + brief(entry.getValue()));
    }
    parts.add(entries.toString());
    parts.add(contents(group.timers(PROCESSING_TIMER)));
    if (usesEventTime) {
      parts.add(contents(group.timers(EVENT_TIMER)));
      parts.add("w" + group.currentWatermark().toEpochMilli());
    }
    parts.add("at" + group.eventTime().map(Instant::toEpochMilli).orElse(0L));
    return " " + String.join(" ", parts);
  }

  private static String brief(String value) {
    return value.replace("x", "");
  }

  private static String contents(Timers timers) {
    List<String> all = new ArrayList<>();
    for (Timer timer : timers.pending()) {
      all.add(timer.tag().orElse("-") + timer.time().toEpochMilli());
    }
    Optional<Instant> untagged = timers.time();
    return all + (untagged.isPresent() ? "!" : "");
  }
}
