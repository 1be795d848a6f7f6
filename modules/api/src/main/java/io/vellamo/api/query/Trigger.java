package io.vellamo.api.query;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * The rule for when the next epoch starts, and when a query has nothing more to do.
 *
 * @since 0.1
 */
public sealed interface Trigger {
  /**
   * Returns the default: an epoch starts as soon as there is input and the one before is done.
   *
   * @return a trigger without end
   */
  static Trigger asap() {
    return Asap.INSTANCE;
  }

  /**
   * Returns a trigger that starts an epoch at once and then at multiples of an interval since
   * 1970-01-01T00:00:00Z.
   *
   * <p><b>Time</b> An epoch that runs past one or more of these moments is followed at once by the
   * next; then alignment resumes, as in Spark.
   *
   * @param interval at least one millisecond
   * @return a trigger without end
   * @throws IllegalArgumentException if {@code interval} is shorter than one millisecond
   */
  static Trigger processingTime(Duration interval) {
    return new ProcessingTime(interval);
  }

  /**
   * Returns a trigger that runs exactly one epoch with everything that is there, whatever its size.
   *
   * @return a trigger that ends; no epoch without data follows, so what the watermark closes is
   *     emitted by the next run
   */
  static Trigger once() {
    return Once.INSTANCE;
  }

  /**
   * Returns a trigger that reads what is there at the start, in as many epochs as the epoch size
   * gives, then closes what the watermark has passed and ends.
   *
   * @return a trigger that ends
   */
  static Trigger availableNow() {
    return AvailableNow.INSTANCE;
  }

  /**
   * Returns a trigger that does what {@link #availableNow} does and then moves the watermark to the
   * end of time, so that every event-time timeout fires and everything open is emitted.
   *
   * <p>For bounded input: events that come after the drain are late, in later runs too. An
   * event-time timeout set in the epoch at the end of time is accepted and never fires.
   *
   * @return a trigger that ends
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

  /** See {@link Trigger#asap}. */
  enum Asap implements Trigger {
    /** The only value. */
    INSTANCE
  }

  /**
   * See {@link Trigger#processingTime}.
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
    }
  }

  /** See {@link Trigger#once}. */
  enum Once implements Trigger {
    /** The only value. */
    INSTANCE;

    @Override
    public boolean ends() {
      return true;
    }
  }

  /** See {@link Trigger#availableNow}. */
  enum AvailableNow implements Trigger {
    /** The only value. */
    INSTANCE;

    @Override
    public boolean ends() {
      return true;
    }
  }

  /** See {@link Trigger#drain}. */
  enum Drain implements Trigger {
    /** The only value. */
    INSTANCE;

    @Override
    public boolean ends() {
      return true;
    }
  }
}
