package io.vellamo.engine.shard;

import io.vellamo.api.SerializationException;
import io.vellamo.api.query.ErrorPolicy;
import io.vellamo.api.query.ErrorPolicy.Action;
import io.vellamo.engine.group.FunctionFailures;
import io.vellamo.engine.group.GroupBatch;
import io.vellamo.engine.group.GroupChange;
import io.vellamo.engine.group.GroupChange.Effect;
import io.vellamo.engine.group.StepOutcome;
import io.vellamo.engine.group.StepOutcome.FailedEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The handling of an epoch's calls that threw, by the query's error policy: a retry, a retry event
 * by event, leaving out events, parking the group, or the end of the epoch.
 *
 * <p><b>Order</b> The results of a round of calls, then {@link #again}, repeated until it returns
 * null; then {@link #nextPhase}, since timeout calls follow calls with events.
 *
 * <p><b>Threading</b> Used by one thread at a time.
 */
public final class FailedCalls {
  /**
   * A round of calls.
   *
   * @param calls the calls
   * @param backoff the delay before them
   */
  public record Round(List<EpochCall> calls, Duration backoff) {}

  private final ErrorPolicy policy;
  private final boolean needsAllEvents;
  private final boolean leavesOutTimers;
  private final EventForms forms;
  private final EpochSteps steps;
  private final EpochParks parks;
  private final List<GroupDeadLetter> letters = new ArrayList<>();
  private List<EpochCall> again = new ArrayList<>();
  private int retries;

  /**
   * Creates an instance for an epoch that has not begun.
   *
   * @param policy the query's error policy
   * @param needsAllEvents whether a group can't be called event by event, so that all its events
   *     are left out if its call throws
   * @param leavesOutTimers whether a call for timers or a timeout that throws is repeated, and then
   *     leaves out what it throws for
   * @param forms serializes the events of dead letters
   * @param steps receives the outcomes that replace failed calls
   * @param parks receives the groups to park
   */
  public FailedCalls(
      ErrorPolicy policy,
      boolean needsAllEvents,
      boolean leavesOutTimers,
      EventForms forms,
      EpochSteps steps,
      EpochParks parks) {
    this.policy = policy;
    this.needsAllEvents = needsAllEvents;
    this.leavesOutTimers = leavesOutTimers;
    this.forms = forms;
    this.steps = steps;
    this.parks = parks;
  }

  /**
   * Takes a call that threw.
   *
   * @param ledger the shard before the epoch
   * @return null if the epoch continues; otherwise the failure that ends it
   */
  public @Nullable Throwable threw(EpochCall call, Throwable cause, ShardLedger ledger) {
    if (call.initialRows() != null) {
      // Initial rows are read once: left out, they would be lost.
      return cause;
    }
    boolean mayBeOfTheEvent = FunctionFailures.mayBeOfTheEvent(cause);
    if (mayBeOfTheEvent && retries < policy.retries()) {
      GroupBatch<Object> batch = call.batch();
      if (batch != null) {
        batch.rewind();
      }
      again.add(call);
      return null;
    }
    boolean leavesOut =
        call.isEventByEvent() || (policy.action() == Action.DEAD_LETTER && !call.isOfParked());
    if (mayBeOfTheEvent && leavesOut) {
      leaveOut(call, cause);
      return null;
    }
    boolean parksIt = call.isOfParked() || policy.action() == Action.PARK;
    return parksIt && !FunctionFailures.isEnd(cause) ? park(call, cause, ledger) : cause;
  }

  /** Takes the outcome of a call. */
  public void gave(EpochCall call, StepOutcome outcome) {
    // Asked first: most calls have no failures, and streams of none took a tenth of all allocation.
    if (!outcome.failed().isEmpty()) {
      takeFailed(call, outcome);
    }
    if (call.isOfParked()) {
      parks.unpark(call);
    }
  }

  private void takeFailed(EpochCall call, StepOutcome outcome) {
    GroupBatch<Object> batch = call.batch();
    if (batch != null) {
      long events = outcome.failed().stream().filter(FailedEvent::isOfAnEvent).count();
      if (events > 0 && events == batch.size()) {
        steps.leaveOut(call.key());
      }
    }
    for (FailedEvent failed : outcome.failed()) {
      letters.add(
          batch != null && failed.isOfAnEvent()
              ? forms.deadLetter(call, batch, failed.place(), failed.cause())
              : GroupDeadLetter.of(call.key(), null, failed.cause(), null));
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

  /** Returns the number of repeated rounds in this phase. */
  public int retries() {
    return retries;
  }

  /** Begins the next phase, which resets the number of retries. */
  public void nextPhase() {
    retries = 0;
  }

  /** Returns the epoch's dead letters, or null if there are none. */
  public @Nullable ShardDeadLetters deadLetters(long incarnation) {
    List<GroupDeadLetter> all = new ArrayList<>(letters);
    all.addAll(parks.deadLetters());
    return all.isEmpty() ? null : new ShardDeadLetters(incarnation, forms.epoch(), all);
  }

  /**
   * Parks a group for any failure that does not end the epoch: a parked group loses nothing, so the
   * cause need not be an event.
   */
  private @Nullable Throwable park(EpochCall call, Throwable cause, ShardLedger ledger) {
    try {
      parks.park(call, ledger.parked().get(call.key()), cause);
      // Stores the group's initial state, if it has one.
      steps.take(call, call.unchanged(List.of()));
      return null;
    } catch (SerializationException e) {
      return e;
    }
  }

  private void leaveOut(EpochCall call, Throwable cause) {
    GroupBatch<Object> batch = call.batch();
    if (batch != null && batch.size() > 1 && !needsAllEvents) {
      batch.rewind();
      again.add(call.eventByEvent());
      return;
    }
    if (batch == null && leavesOutTimers && !call.isEventByEvent()) {
      again.add(call.eventByEvent());
      return;
    }
    StepOutcome outcome;
    if (batch == null) {
      letters.add(GroupDeadLetter.of(call.key(), null, cause, null));
      outcome = withoutTimeout(call);
    } else if (batch.size() == 0) {
      letters.add(GroupDeadLetter.of(call.key(), null, cause, null));
      outcome = call.unchanged(List.of());
    } else {
      outcome = call.unchanged(all(batch, cause));
    }
    steps.take(call, outcome);
    gave(call, outcome);
  }

  private static List<FailedEvent> all(GroupBatch<Object> batch, Throwable cause) {
    return IntStream.range(0, batch.size())
        .mapToObj(place -> new FailedEvent(place, cause))
        .toList();
  }

  private static StepOutcome withoutTimeout(EpochCall call) {
    Effect effect = call.entry().state() == null ? Effect.REMOVED : Effect.TIMEOUT;
    GroupChange change = new GroupChange(call.key(), effect, null, null, List.of());
    return new StepOutcome(change, List.of(), null);
  }
}
