package io.vellamo.api.plan;

import static java.util.Objects.requireNonNull;

import io.vellamo.api.query.WatermarkStrategy;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One step of a pipeline, in the order in which events pass it.
 *
 * <p>The types of a pipeline's stages fit together because {@link io.vellamo.api.EventStream} built
 * it; here they are gone.
 *
 * @since 0.1
 */
public sealed interface Stage {
  /**
   * One event in, one event out.
   *
   * @param function the user's function
   */
  record Map(Function<Object, ?> function) implements Stage {}

  /**
   * Keeps the events that hold.
   *
   * @param predicate the user's condition
   */
  record Filter(Predicate<Object> predicate) implements Stage {}

  /**
   * One event in, any number out.
   *
   * @param function the user's function
   */
  record FlatMap(Function<Object, ? extends Iterable<?>> function) implements Stage {}

  /**
   * Gives events their event time and moves the watermark.
   *
   * @param eventTime when an event happened
   * @param strategy how the watermark follows
   */
  record EventTime(Function<Object, @Nullable Instant> eventTime, WatermarkStrategy strategy)
      implements Stage {
    public EventTime {
      requireNonNull(eventTime, "eventTime");
      requireNonNull(strategy, "strategy");
    }
  }

  /**
   * Brings events with the same key together and calls the user's function for each group.
   *
   * @param key the grouping key of an event
   * @param keyClass the key's class; empty for the standard types
   * @param operator what is done with a group
   */
  record Group(Function<Object, ?> key, Optional<Class<?>> keyClass, StatefulOperator operator)
      implements Stage {}

  /**
   * Lets the first of several duplicates through.
   *
   * @param kind the method that made it: {@code dropDuplicates} or one of its variants
   * @param givenName the name its user gave it; empty for an operator without one
   * @param key what makes events duplicates
   * @param keyClass the key's class; empty for the standard types
   * @param memory how long an event is remembered
   */
  record Deduplicate(
      String kind,
      Optional<String> givenName,
      Function<Object, ?> key,
      Optional<Class<?>> keyClass,
      Memory memory)
      implements Stage {
    /** How long an event is remembered. */
    public enum Memory {
      /** For ever. */
      FOR_EVER,
      /** Until the watermark has passed its event time; the exact time is part of the key. */
      UNTIL_LATE,
      /** Until the watermark has passed its event time and the watermark's delay. */
      WITHIN_DELAY
    }
  }
}
