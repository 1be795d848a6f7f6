package io.vellamo.api.internal;

import static java.util.Objects.requireNonNull;

import io.vellamo.api.query.WatermarkStrategy;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One step of a pipeline.
 *
 * <p>{@link io.vellamo.api.EventStream} guarantees that the types of consecutive stages match;
 * stages themselves are untyped.
 *
 * @since 0.1
 */
public sealed interface Stage {
  /**
   * A stage that turns each event into one event.
   *
   * @param function the user's function
   */
  record Map(Function<Object, ?> function) implements Stage {}

  /**
   * A stage that keeps the events that match a predicate.
   *
   * @param predicate the user's condition
   */
  record Filter(Predicate<Object> predicate) implements Stage {}

  /**
   * A stage that turns each event into any number of events.
   *
   * @param function the user's function
   */
  record FlatMap(Function<Object, ? extends Iterable<?>> function) implements Stage {}

  /**
   * A stage that assigns event times and advances the watermark.
   *
   * @param eventTime returns the event time of an event
   * @param strategy the strategy by which the watermark follows the event times
   */
  record EventTime(Function<Object, @Nullable Instant> eventTime, WatermarkStrategy strategy)
      implements Stage {
    public EventTime {
      requireNonNull(eventTime, "eventTime");
      requireNonNull(strategy, "strategy");
    }
  }

  /**
   * A stage that groups events by key and calls user code for each group.
   *
   * @param key returns the grouping key of an event
   * @param keyType the key's type; empty for the standard types
   * @param operator the operator that processes the groups
   * @param calls the user's code
   */
  record Group(
      Function<Object, ?> key, Optional<Type> keyType, StatefulOperator operator, GroupCode calls)
      implements Stage {
    public Group {
      requireNonNull(operator, "operator");
      requireNonNull(calls, "calls");
    }
  }

  /**
   * A stage that drops all but the first of several duplicates.
   *
   * @param kind the method that created the stage: {@code dropDuplicates} or one of its variants
   * @param givenName the name given by the user; empty if there is none
   * @param key returns the key by which events are duplicates
   * @param keyType the key's type; empty for the standard types
   * @param memory the period for which an event is remembered
   */
  record Deduplicate(
      String kind,
      Optional<String> givenName,
      Function<Object, ?> key,
      Optional<Type> keyType,
      Memory memory)
      implements Stage {
    /** The period for which an event is remembered. */
    public enum Memory {
      /** Forever. */
      FOREVER,
      /** Until the watermark has passed its event time; the exact time is part of the key. */
      UNTIL_LATE,
      /** Until the watermark has passed its event time and the watermark's delay. */
      WITHIN_DELAY
    }
  }
}
