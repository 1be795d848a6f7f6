package io.vellamo.engine.shard;

import io.vellamo.api.SerializationException;
import io.vellamo.api.query.ErrorPolicy;
import io.vellamo.api.source.OffsetRange;
import io.vellamo.engine.group.FunctionFailures;
import io.vellamo.engine.group.GroupBatch;
import io.vellamo.engine.group.GroupChange;
import io.vellamo.engine.group.GroupChange.Effect;
import io.vellamo.engine.group.StepOutcome;
import io.vellamo.engine.group.StepOutcome.FailedEvent;
import io.vellamo.engine.group.StoredValue;
import io.vellamo.engine.group.ValueCodec;
import io.vellamo.engine.time.EpochTimes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of an epoch's calls that threw, by the query's error policy: made again, made again
 * event by event, left out, or the end of the epoch.
 *
 * <p><b>Order</b> The results of a round of calls, {@link #again}, and so on until it gives
 * nothing; then {@link #nextPhase}, as timeouts are called after events.
 *
 * <p><b>Threading</b> Used by one thread at a time.
 */
public final class FailedCalls {
  /**
   * Calls to be made.
   *
   * @param calls the calls
   * @param backoff how long to wait before them
   */
  public record Round(List<EpochCall> calls, Duration backoff) {}

  private final ErrorPolicy policy;
  private final EpochTimes times;
  private final List<OffsetRange> ranges;
  private final ValueCodec eventCodec;
  private final EpochSteps steps;
  private final List<GroupDeadLetter> letters = new ArrayList<>();
  private List<EpochCall> again = new ArrayList<>();
  private int retries;

  /**
   * Creates the failures of an epoch that has not begun.
   *
   * @param policy what is done with them
   * @param times the epoch's clocks
   * @param ranges what the epoch reads
   * @param eventCodec writes the events that are left out
   * @param steps takes what counts in spite of a failure
   */
  public FailedCalls(
      ErrorPolicy policy,
      EpochTimes times,
      List<OffsetRange> ranges,
      ValueCodec eventCodec,
      EpochSteps steps) {
    this.policy = policy;
    this.times = times;
    this.ranges = ranges;
    this.eventCodec = eventCodec;
    this.steps = steps;
  }

  /** Takes a call that threw; returns false if the epoch fails with it. */
  public boolean threw(EpochCall call, Throwable cause) {
    if (!FunctionFailures.mayBeOfTheEvent(cause)) {
      return false;
    }
    GroupBatch<Object> batch = call.batch();
    if (retries < policy.retries()) {
      if (batch != null) {
        batch.rewind();
      }
      again.add(call);
      return true;
    }
    return switch (policy.action()) {
      case FAIL -> false;
      case DEAD_LETTER -> {
        leaveOut(call, cause);
        yield true;
      }
    };
  }

  /** Takes what a call left out. */
  public void gave(EpochCall call, StepOutcome outcome) {
    GroupBatch<Object> batch = call.batch();
    if (batch == null || outcome.failed().isEmpty()) {
      return;
    }
    for (FailedEvent failed : outcome.failed()) {
      letters.add(
          GroupDeadLetter.of(
              call.key(),
              origin(batch, failed.place()),
              failed.cause(),
              stored(batch.events().get(failed.place()))));
    }
    if (outcome.failed().size() == batch.size()) {
      steps.leaveOut(call.key());
    }
  }

  /** Returns the calls of the next round, or null if there is none. */
  public @Nullable Round again() {
    if (again.isEmpty()) {
      return null;
    }
    boolean isRetry = retries < policy.retries();
    retries++;
    Round round = new Round(again, isRetry ? policy.backoff(retries) : Duration.ZERO);
    again = new ArrayList<>();
    return round;
  }

  /** Returns how often calls of this phase have been made again. */
  public int retries() {
    return retries;
  }

  /** Begins to count retries anew. */
  public void nextPhase() {
    retries = 0;
  }

  /** Returns the epoch's dead letters, or null if there are none. */
  public @Nullable ShardDeadLetters deadLetters(long incarnation) {
    return letters.isEmpty() ? null : new ShardDeadLetters(incarnation, times.epoch(), letters);
  }

  private void leaveOut(EpochCall call, Throwable cause) {
    GroupBatch<Object> batch = call.batch();
    if (batch == null) {
      letters.add(GroupDeadLetter.of(call.key(), null, cause, null));
      steps.take(withoutTimeout(call));
    } else if (batch.size() == 1) {
      gave(call, unchanged(call, new FailedEvent(0, cause)));
    } else {
      again.add(call.eventByEvent());
    }
  }

  private static StepOutcome withoutTimeout(EpochCall call) {
    Effect effect = call.entry().state() == null ? Effect.REMOVED : Effect.TIMEOUT;
    GroupChange change = new GroupChange(call.key(), effect, null, null, List.of());
    return new StepOutcome(change, List.of(), null);
  }

  private static StepOutcome unchanged(EpochCall call, FailedEvent failed) {
    GroupChange change =
        new GroupChange(call.key(), Effect.NONE, null, call.entry().timeoutMillis(), List.of());
    return new StepOutcome(change, List.of(), null, List.of(failed));
  }

  private EventOrigin origin(GroupBatch<Object> batch, int place) {
    OffsetRange range = ranges.get(batch.range(place));
    return new EventOrigin(times.epoch(), range.partition().name(), batch.offset(place));
  }

  /** An event that can't be written is told of without itself. */
  private @Nullable StoredValue stored(Object event) {
    try {
      return eventCodec.write(event);
    } catch (SerializationException e) {
      return null;
    }
  }
}
