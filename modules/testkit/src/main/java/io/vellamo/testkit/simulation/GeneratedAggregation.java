package io.vellamo.testkit.simulation;

import io.vellamo.api.Aggregation;
import io.vellamo.api.EventStream;
import io.vellamo.api.GroupResult;
import io.vellamo.api.WindowResult;
import io.vellamo.api.aggregate.Aggregate;
import io.vellamo.api.aggregate.Aggregates;
import io.vellamo.api.query.OutputMode;
import io.vellamo.api.window.TimeWindows;
import io.vellamo.api.window.Window;
import io.vellamo.testkit.simulation.Generated.Event;
import io.vellamo.testkit.simulation.Generated.Row;
import io.vellamo.testkit.simulation.Generated.Thrown;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * An aggregation of a generated query.
 *
 * @param kind its windows
 * @param widthMillis the length of a window, or the longest gap of a session
 * @param slideMillis the interval between the starts of two windows
 * @param offsetMillis the shift of the starts
 * @param isGlobal whether all events are in one group
 * @param mode when it emits rows
 * @param numbers collects a number of each event
 * @param key returns the group of an event
 * @param <V> the events
 */
record GeneratedAggregation<V>(
    Kind kind,
    long widthMillis,
    long slideMillis,
    long offsetMillis,
    boolean isGlobal,
    OutputMode mode,
    GeneratedNumbers<V> numbers,
    ToIntFunction<V> key) {
  /** The windows. */
  enum Kind {
    /** No windows: a group is reduced to one result. */
    NONE,
    TUMBLING,
    SLIDING,
    SESSION
  }

  /** The key in rows of the group of all events. */
  private static final int ALL = 0;

  private static final int GAPS = 4;

  /** The most slices of a window that are kept as one value. */
  private static final int MOST_SLICES = 4;

  /**
   * Returns an aggregation of events.
   *
   * @param isComplete whether its mode is {@code COMPLETE}, which others may have too
   */
  static GeneratedAggregation<Event> ofEvents(Dice dice, boolean flaky, boolean isComplete) {
    Kind kind = dice.oneOf(Kind.values());
    boolean isOrdered = (kind == Kind.NONE || kind == Kind.TUMBLING) && dice.coin();
    return of(
        dice,
        kind,
        new GeneratedNumbers<>(
            GeneratedAggregation::numberOfEvent, isOrdered, dice.coin(), flaky, new HashSet<>()),
        Event::key,
        isComplete);
  }

  private static long numberOfEvent(Event event) {
    if (event.fixedAt() == Long.MAX_VALUE) {
      throw new Thrown("event " + event.id());
    }
    return event.id();
  }

  /** Returns an aggregation of the rows of another operator, by windows. */
  static GeneratedAggregation<Row> ofRows(Dice dice) {
    return of(
        dice,
        dice.oneOf(Kind.TUMBLING, Kind.SLIDING, Kind.SESSION),
        new GeneratedNumbers<>(
            row -> row.order() * 31 + row.event(), false, dice.coin(), false, new HashSet<>()),
        row -> row.key() % 2,
        false);
  }

  private static <V> GeneratedAggregation<V> of(
      Dice dice, Kind kind, GeneratedNumbers<V> numbers, ToIntFunction<V> key, boolean isComplete) {
    long width = dice.oneOf(10, 20, 50, 60, 200);
    long slide = kind == Kind.SLIDING ? Math.min(width, dice.oneOf(4, 10, 20, 35)) : width;
    long offset = dice.oneOf(0, 0, 3, -2);
    boolean mayUpdate = kind == Kind.TUMBLING || kind == Kind.SLIDING;
    boolean updates = kind == Kind.NONE || (mayUpdate && dice.coin());
    OutputMode byChanges = updates ? OutputMode.UPDATE : OutputMode.APPEND;
    return new GeneratedAggregation<>(
        kind,
        width,
        slide,
        offset,
        dice.perMille(200),
        isComplete || dice.perMille(250) ? OutputMode.COMPLETE : byChanges,
        numbers,
        key);
  }

  /** Returns this aggregation without calls that throw at random. */
  GeneratedAggregation<V> withoutFlaws() {
    return new GeneratedAggregation<>(
        kind,
        widthMillis,
        slideMillis,
        offsetMillis,
        isGlobal,
        mode,
        new GeneratedNumbers<>(
            numbers.number(), numbers.isOrdered(), numbers.isSmall(), false, numbers.thrown()),
        key);
  }

  /** Returns whether it depends on event times. */
  boolean hasWindows() {
    return kind != Kind.NONE;
  }

  /** Returns whether its rows have event times and are final, so that others may aggregate them. */
  boolean isFinal() {
    return mode == OutputMode.APPEND;
  }

  /** Returns whether it emits the whole result. */
  boolean isComplete() {
    return mode == OutputMode.COMPLETE;
  }

  /** Returns the group of an event. */
  int group(V event) {
    return isGlobal ? ALL : key.applyAsInt(event);
  }

  /** Returns the key by which the journal knows a group; null for all events. */
  @Nullable Integer journalKey(int group) {
    return isGlobal ? null : Integer.valueOf(group);
  }

  /** Returns the gap after an event; 0 if it is in no session. */
  long gapMillis(V event) {
    return key.applyAsInt(event) % GAPS * widthMillis / (GAPS - 1);
  }

  /** Returns whether a group keeps its slices as one value. */
  boolean keepsOneValue() {
    boolean hasSlices = kind == Kind.TUMBLING || kind == Kind.SLIDING;
    return hasSlices
        && !isComplete()
        && numbers.isSmall()
        && widthMillis / sliceMillis() <= MOST_SLICES;
  }

  /** Returns the length of a slice. */
  long sliceMillis() {
    return timeWindows().sliceMillis();
  }

  /** Returns the variable of its open slices or sessions. */
  String variable() {
    if (kind == Kind.SESSION) {
      return "sessions";
    }
    long slice = sliceMillis();
    long offset = Math.floorMod(offsetMillis, slice);
    return "slices-"
        + Duration.ofMillis(slice)
        + (offset == 0 ? "" : "-" + Duration.ofMillis(offset));
  }

  /** Returns the row of a group. */
  Row row(int group, @Nullable Window window, long count, String numbersText) {
    String kindText = window == null ? "all " : "window " + millis(window.start()) + "-";
    long end = window == null ? 0 : millis(window.end());
    long order = numbersText.hashCode();
    return new Row(kindText + end + " of " + numbersText, group, 0, count, order, end, "");
  }

  private static long millis(Instant instant) {
    return instant.toEpochMilli();
  }

  /** Returns the rows of a stream's aggregation. */
  EventStream<Row> rows(EventStream<V> events) {
    Aggregate<V, Long> count = Aggregates.count();
    Aggregate<V, String> numbersText = Aggregate.of("numbers", numbers);
    return withRows(events, count, numbersText).outputMode(mode);
  }

  private EventStream<Row> withRows(
      EventStream<V> events, Aggregate<V, Long> count, Aggregate<V, String> text) {
    if (kind == Kind.SESSION) {
      Function<V, Duration> gap = event -> Duration.ofMillis(gapMillis(event));
      return windowRows(
          isGlobal
              ? events.groupBy(Window.session(gap)).aggregate(count, text)
              : events.groupBy(this::boxedKey, Window.session(gap)).aggregate(count, text),
          count,
          text);
    }
    if (kind == Kind.NONE) {
      return isGlobal
          ? groupRows(events.aggregate(count, text), count, text)
          : groupRows(events.groupByKey(this::boxedKey).aggregate(count, text), count, text);
    }
    return windowRows(
        isGlobal
            ? events.groupBy(timeWindows()).aggregate(count, text)
            : events.groupBy(this::boxedKey, timeWindows()).aggregate(count, text),
        count,
        text);
  }

  private Integer boxedKey(V event) {
    return key.applyAsInt(event);
  }

  private TimeWindows timeWindows() {
    Duration width = Duration.ofMillis(widthMillis);
    TimeWindows windows =
        kind == Kind.SLIDING
            ? Window.sliding(width, Duration.ofMillis(slideMillis))
            : Window.tumbling(width);
    return windows.withOffset(Duration.ofMillis(offsetMillis));
  }

  private EventStream<Row> windowRows(
      Aggregation<? extends WindowResult<?>> aggregation,
      Aggregate<V, Long> count,
      Aggregate<V, String> text) {
    return aggregation.as(
        result ->
            row(ofResult(result.key()), result.window(), result.get(count), result.get(text)));
  }

  private EventStream<Row> groupRows(
      Aggregation<? extends GroupResult<?>> aggregation,
      Aggregate<V, Long> count,
      Aggregate<V, String> text) {
    return aggregation.as(
        result -> row(ofResult(result.key()), null, result.get(count), result.get(text)));
  }

  private static int ofResult(@Nullable Object resultKey) {
    return resultKey == null ? ALL : (Integer) resultKey;
  }

  /** Returns the parameters. */
  String description() {
    String windows =
        switch (kind) {
          case NONE -> "one result";
          case SESSION -> "sessions of gaps up to %d ms".formatted(widthMillis);
          default ->
              "windows of %d ms every %d ms from %d ms"
                  .formatted(widthMillis, slideMillis, offsetMillis);
        };
    return "%s%s in %s%s%s%s"
        .formatted(
            windows,
            isGlobal ? " of all events" : "",
            mode,
            numbers.isOrdered() ? ", ordered" : "",
            numbers.isSmall() ? ", small" : "",
            numbers.flaky() ? ", flaky" : "");
  }
}
