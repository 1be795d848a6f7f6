package io.vellamo.api.plan;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
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
   * @param delay how far the watermark trails the largest event time seen
   * @param maxFutureSkew how far ahead of the processing time an event may be and still move the
   *     watermark; empty for any distance
   */
  record EventTime(
      Function<Object, @Nullable Instant> eventTime,
      Duration delay,
      Optional<Duration> maxFutureSkew)
      implements Stage {
    public EventTime {
      requireNonNull(eventTime, "eventTime");
      requireNonNull(delay, "delay");
      if (delay.isNegative()) {
        throw new IllegalArgumentException("delay must not be negative, was [%s]".formatted(delay));
      }
      requireNonNull(maxFutureSkew, "maxFutureSkew");
      if (maxFutureSkew.isPresent() && maxFutureSkew.get().isNegative()) {
        throw new IllegalArgumentException(
            "maxFutureSkew must not be negative, was [%s]".formatted(maxFutureSkew.get()));
      }
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
}
