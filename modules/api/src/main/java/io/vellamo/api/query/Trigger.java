package io.vellamo.api.query;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * The rule for when the next epoch starts and when the query ends.
 *
 * @since 0.1
 */
public sealed interface Trigger {
  /**
   * Returns the default trigger: an epoch starts as soon as there is input and the preceding epoch
   * is done.
   *
   * @return a trigger that never ends the query
   */
  static Trigger asap() {
    return Asap.INSTANCE;
  }

  /**
   * Returns a trigger that starts an epoch immediately and then at multiples of an interval since
   * 1970-01-01T00:00:00Z.
   *
   * <p><b>Time</b> If an epoch runs past one or more of these times, the next epoch follows
   * immediately; then alignment resumes, as in Spark.
   *
   * @param interval at least one millisecond, at most {@code Long.MAX_VALUE} milliseconds
   * @return a trigger that never ends the query
   * @throws IllegalArgumentException if {@code interval} is out of range
   */
  static Trigger processingTime(Duration interval) {
    return new ProcessingTime(interval);
  }

  /**
   * Returns a trigger that runs exactly one epoch with all available input, regardless of its size.
   *
   * @return a trigger that ends the query; no epoch without data follows, so the rows of timeouts
   *     that the watermark has passed are emitted by the next run that has data, as in Spark
   */
  static Trigger once() {
    return Once.INSTANCE;
  }

  /**
   * Returns a trigger that reads the input available at the start, in as many epochs as the epoch
   * size requires, then fires the timeouts that the watermark has passed and ends. Without input it
   * runs no epoch for event time, as in Spark, even if an earlier run left timeouts to fire.
   *
   * @return a trigger that ends the query
   */
  static Trigger availableNow() {
    return AvailableNow.INSTANCE;
  }

  /**
   * Returns a trigger that does what {@link #availableNow} does and then advances the watermark to
   * the end of time, so that every pending event-time timeout fires.
   *
   * <p>Intended for bounded input: events that arrive after the drain are late, in later runs too.
   * An event-time timeout set in that last epoch is accepted and never fires.
   *
   * @return a trigger that ends the query
   */
  static Trigger drain() {
    return Drain.INSTANCE;
  }

  /**
   * Returns whether a query with this trigger ends by itself.
   *
   * @return true for {@link #once}, {@link #availableNow} and {@link #drain}
   */
  default boolean ends() {
    return false;
  }

  /** The trigger of {@link Trigger#asap}. */
  enum Asap implements Trigger {
    /** The only value. */
    INSTANCE
  }

  /**
   * The trigger of {@link Trigger#processingTime}.
   *
   * @param interval at least one millisecond
   */
  record ProcessingTime(Duration interval) implements Trigger {
    public ProcessingTime {
      requireNonNull(interval, "interval");
      if (interval.compareTo(Duration.ofMillis(1)) < 0) {
        throw new IllegalArgumentException(
            "interval must be at least 1 ms, was [%s]; use Trigger.asap() for no interval"
                .formatted(interval));
      }
      Durations.requireCountable("interval", interval);
    }
  }

  /** The trigger of {@link Trigger#once}. */
  enum Once implements Trigger {
    /** The only value. */
    INSTANCE;

    @Override
    public boolean ends() {
      return true;
    }
  }

  /** The trigger of {@link Trigger#availableNow}. */
  enum AvailableNow implements Trigger {
    /** The only value. */
    INSTANCE;

    @Override
    public boolean ends() {
      return true;
    }
  }

  /** The trigger of {@link Trigger#drain}. */
  enum Drain implements Trigger {
    /** The only value. */
    INSTANCE;

    @Override
    public boolean ends() {
      return true;
    }
  }
}
