package io.vellamo.testkit.simulation;

import io.vellamo.api.EventStream;
import io.vellamo.api.GroupedStream;
import io.vellamo.api.QueryStart;
import io.vellamo.api.group.GroupStateTimeout;
import io.vellamo.api.group.InitialState;
import io.vellamo.api.group.KeyValue;
import io.vellamo.api.query.OutputMode;
import io.vellamo.testkit.simulation.Generated.Event;
import io.vellamo.testkit.simulation.Generated.First;
import io.vellamo.testkit.simulation.Generated.Row;
import io.vellamo.testkit.simulation.Generated.Second;
import io.vellamo.testkit.simulation.Generated.Tally;
import io.vellamo.testkit.simulation.GeneratedQuery.Connectors;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The operators of a generated query.
 *
 * @param duplicates how duplicates are dropped before the first function
 * @param timeout the clock of the first function's timeouts
 * @param first the first function
 * @param processor the processor in its place; null if there is none
 * @param aggregation the aggregation in its place; null if there is none
 * @param initial its states before the first epoch
 * @param rowStage the stage after it
 * @param after the operators after that
 * @param rowDelayMillis the delay of the watermark between the functions
 * @param second the second function, if there is one
 * @param secondAggregation the aggregation in its place, if there is one
 */
record GeneratedOperators(
    Duplicates duplicates,
    GroupStateTimeout timeout,
    First first,
    @Nullable GeneratedProcessor processor,
    @Nullable GeneratedAggregation<Event> aggregation,
    Initial initial,
    RowStage rowStage,
    After after,
    long rowDelayMillis,
    Second second,
    GeneratedAggregation<Row> secondAggregation) {
  /** The ways to drop duplicates. */
  enum Duplicates {
    KEPT,
    DROPPED,
    DROPPED_WITH_EVENT_TIME,
    DROPPED_WITHIN_WATERMARK;

    boolean needWatermark() {
      return this == DROPPED_WITH_EVENT_TIME || this == DROPPED_WITHIN_WATERMARK;
    }
  }

  /** The stateless stage after the first function. */
  enum RowStage {
    NONE,
    FILTER,
    MAP
  }

  /** The operators after the first function. */
  enum After {
    NOTHING,
    DUPLICATES_DROPPED,
    SECOND,
    DUPLICATES_DROPPED_THEN_SECOND,
    /** A second function in event time, on a watermark that follows the rows. */
    SECOND_IN_EVENT_TIME,
    /** A second function in event time, on the watermark of the sources. */
    SECOND_ON_SAME_WATERMARK,
    /** An aggregation by windows, on the watermark of the sources. */
    AGGREGATED;

    boolean dropsDuplicates() {
      return this == DUPLICATES_DROPPED || this == DUPLICATES_DROPPED_THEN_SECOND;
    }

    /** Returns whether a second function or aggregation follows. */
    boolean hasSecond() {
      return this != NOTHING && this != DUPLICATES_DROPPED;
    }

    boolean needsEventTimes() {
      return this == SECOND_ON_SAME_WATERMARK || this == AGGREGATED;
    }
  }

  /**
   * The states before the first epoch.
   *
   * @param states the state of each key; empty if there are no initial states
   * @param calledOnlyWithEvents whether groups without events are not called for them
   */
  record Initial(Map<Integer, Tally> states, boolean calledOnlyWithEvents) {
    static Initial of(Dice dice) {
      Map<Integer, Tally> states = new TreeMap<>();
      if (dice.perMille(250)) {
        for (int key = 0; key < GeneratedInput.MOST_KEYS + 2; key++) {
          if (dice.coin()) {
            states.put(key, new Tally(dice.below(6), 7, dice.oneOf(0, 1_000_100), 0, ""));
          }
        }
      }
      return new Initial(states, dice.coin());
    }

    /** Returns the initial rows of a processor: one or two of each key with a state. */
    List<KeyValue<Integer, Tally>> rows() {
      List<KeyValue<Integer, Tally>> rows = new ArrayList<>();
      states.forEach((key, state) -> rows.add(new KeyValue<>(key, state)));
      states.forEach(
          (key, state) -> {
            if (state.count() % 2 == 0) {
              rows.add(new KeyValue<>(key, state.rearmedAgain()));
            }
          });
      return rows;
    }

    private InitialState<Integer, Tally> toApi() {
      InitialState<Integer, Tally> all = InitialState.of(Tally.class, states);
      return calledOnlyWithEvents ? all.calledOnlyWithEvents() : all;
    }
  }

  /**
   * Returns operators.
   *
   * @param flaky whether calls may throw the first time
   * @param eventsThrow whether the function throws for some events
   * @param isComplete whether they are an aggregation in mode {@code COMPLETE}
   */
  static GeneratedOperators of(Dice dice, boolean flaky, boolean eventsThrow, boolean isComplete) {
    // An aggregator throws at an event, perhaps one that is reached only once others are left out.
    GeneratedAggregation<Event> aggregation =
        isComplete || dice.perMille(300)
            ? GeneratedAggregation.ofEvents(dice, flaky && !eventsThrow, isComplete)
            : null;
    GeneratedProcessor processor =
        aggregation == null && dice.perMille(450) ? GeneratedProcessor.of(dice, flaky) : null;
    GroupStateTimeout timeout =
        processor == null && aggregation == null
            ? dice.oneOf(GroupStateTimeout.values())
            : GroupStateTimeout.NONE;
    Duplicates duplicates = dice.perMille(300) ? dice.oneOf(Duplicates.values()) : Duplicates.KEPT;
    First first = First.of(dice, timeout, flaky);
    Initial initial = Initial.of(dice);
    RowStage rowStage = dice.perMille(200) ? dice.oneOf(RowStage.values()) : RowStage.NONE;
    After after = after(dice, timeout, processor, aggregation);
    GroupStateTimeout secondTimeout =
        after == After.SECOND_IN_EVENT_TIME || after == After.SECOND_ON_SAME_WATERMARK
            ? GroupStateTimeout.EVENT_TIME
            : dice.oneOf(GroupStateTimeout.NONE, GroupStateTimeout.PROCESSING_TIME);
    return new GeneratedOperators(
        duplicates,
        timeout,
        first,
        processor,
        aggregation,
        initial,
        rowStage,
        after,
        dice.oneOf(0, 20),
        new Second(secondTimeout, 30),
        GeneratedAggregation.ofRows(dice));
  }

  private static After after(
      Dice dice,
      GroupStateTimeout timeout,
      @Nullable GeneratedProcessor processor,
      @Nullable GeneratedAggregation<Event> aggregation) {
    if (!dice.perMille(400) || (aggregation != null && !aggregation.isFinal())) {
      return After.NOTHING;
    }
    After after = dice.oneOf(After.values());
    if (timeout == GroupStateTimeout.EVENT_TIME && after.hasSecond()) {
      // Refused after an operator with event-time timeouts, whose rows may be late at once.
      return After.DUPLICATES_DROPPED;
    }
    boolean hasVariables = processor != null || aggregation != null;
    if (after == After.SECOND_IN_EVENT_TIME && hasVariables) {
      // The watermark of the sources is in force after an operator with variables.
      return After.SECOND;
    }
    boolean emitsTimes = aggregation != null || (processor != null && processor.emitsTimes());
    return after.needsEventTimes() && !emitsTimes ? After.SECOND : after;
  }

  /** Returns whether an operator needs a watermark of the sources. */
  boolean needWatermark() {
    return timeout == GroupStateTimeout.EVENT_TIME
        || duplicates.needWatermark()
        || (processor != null && processor.usesEventTime())
        || (aggregation != null && aggregation.hasWindows())
        || after == After.AGGREGATED;
  }

  /**
   * Returns whether the first function gets no late events: if it depends on event time, or passes
   * its rows on to an operator that does.
   */
  boolean firstUsesEventTime(boolean hasWatermark) {
    if (aggregation != null) {
      return aggregation.hasWindows();
    }
    if (processor == null) {
      return timeout == GroupStateTimeout.EVENT_TIME;
    }
    boolean feedsOne = after.dropsDuplicates() || after.needsEventTimes();
    return processor.usesEventTime() || (hasWatermark && feedsOne);
  }

  /** Returns whether the first operator is {@link #first}. */
  boolean hasFunction() {
    return processor == null && aggregation == null;
  }

  /** Returns the time by which the watermark after the first function is behind. */
  long behindMillis() {
    return processor == null ? 0 : processor.behindMillis();
  }

  /** Returns the place of the first function among the operators. */
  int firstPlace() {
    return duplicates == Duplicates.KEPT ? 0 : 1;
  }

  /** Returns the group of an event of the first function. */
  int firstGroup(Event event) {
    return aggregation == null ? event.key() : aggregation.group(event);
  }

  /** Returns the group of a row of the second function. */
  int secondGroup(Row row) {
    return after == After.AGGREGATED ? secondAggregation.group(row) : row.key() % 2;
  }

  /** Returns the rows of all operators. */
  EventStream<Row> rows(GeneratedInput input, QueryStart start, Connectors connectors) {
    EventStream<Row> rows = staged(firstRows(input.stream(start, connectors, this::distinct)));
    if (after.dropsDuplicates()) {
      rows = rows.dropDuplicates(Row::duplicateKey).named("rows-once");
    }
    if (after == After.SECOND_IN_EVENT_TIME) {
      rows = rows.withWatermark(Row::instant, Duration.ofMillis(rowDelayMillis));
    }
    if (after == After.AGGREGATED) {
      return secondAggregation.rows(rows).named("second");
    }
    return after.hasSecond()
        ? rows.groupByKey(this::secondGroup)
            .flatMapGroupsWithState(OutputMode.APPEND, second.timeout(), Tally.class, second)
            .named("second")
        : rows;
  }

  private EventStream<Event> distinct(EventStream<Event> events) {
    return switch (duplicates) {
      case KEPT -> events;
      case DROPPED -> events.dropDuplicates(Event::original).named("once");
      case DROPPED_WITH_EVENT_TIME ->
          events.dropDuplicatesWithEventTime(Event::original).named("once");
      case DROPPED_WITHIN_WATERMARK ->
          events.dropDuplicatesWithinWatermark(Event::original).named("once");
    };
  }

  private EventStream<Row> firstRows(EventStream<Event> events) {
    if (aggregation != null) {
      return aggregation.rows(events).named("first");
    }
    GroupedStream<Integer, Event> groups = events.groupByKey(Event::key);
    if (processor != null) {
      return processed(groups, processor).named("first");
    }
    EventStream<Row> rows =
        initial.states().isEmpty()
            ? groups.flatMapGroupsWithState(OutputMode.APPEND, timeout, Tally.class, first)
            : groups
                .withInitialState(initial.toApi())
                .flatMapGroupsWithState(OutputMode.APPEND, timeout, first);
    return rows.named("first");
  }

  private EventStream<Row> processed(
      GroupedStream<Integer, Event> groups, GeneratedProcessor called) {
    return initial.states().isEmpty()
        ? groups.process(OutputMode.APPEND, called)
        : groups
            .withInitialState(InitialState.of(Tally.class, initial.rows()))
            .process(OutputMode.APPEND, called, called::onInitialRow);
  }

  private EventStream<Row> staged(EventStream<Row> rows) {
    return switch (rowStage) {
      case NONE -> rows;
      case FILTER -> rows.filter(GeneratedOperators::keeps);
      case MAP -> rows.map(Row::withoutFiller);
    };
  }

  /** Returns whether the stage after the first function keeps a row, if it is a filter. */
  static boolean keeps(Row row) {
    return row.count() % 3 != 0;
  }

  String description() {
    return "duplicates %s, %s, %d initial states%s, %s, then %s%s"
        .formatted(
            duplicates,
            firstDescription(),
            initial.states().size(),
            initial.calledOnlyWithEvents() ? "" : " that are called",
            rowStage,
            after,
            after == After.AGGREGATED ? " by " + secondAggregation.description() : "");
  }

  private String firstDescription() {
    if (aggregation != null) {
      return "aggregate, " + aggregation.description();
    }
    return processor == null
        ? timeout + ", " + first.description()
        : "process, " + processor.description();
  }
}
