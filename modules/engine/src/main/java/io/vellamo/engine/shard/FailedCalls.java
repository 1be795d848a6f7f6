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
import org.jspecify.annotations.Nullable;

/**
 * What becomes of an epoch's calls that threw, by the query's error policy: made again, made again
 * event by event, left out, parked, or the end of the epoch.
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
  private final EventForms forms;
  private final EpochSteps steps;
  private final EpochParks parks;
  private final List<GroupDeadLetter> letters = new ArrayList<>();
  private List<EpochCall> again = new ArrayList<>();
  private int retries;

  /**
   * Creates the failures of an epoch that has not begun.
   *
   * @param policy what is done with them
   * @param forms writes the events that are kept
   * @param steps takes what counts in spite of a failure
   * @param parks takes the groups that are parked
   */
  public FailedCalls(ErrorPolicy policy, EventForms forms, EpochSteps steps, EpochParks parks) {
    this.policy = policy;
    this.forms = forms;
    this.steps = steps;
    this.parks = parks;
  }

  /**
   * Takes a call that threw.
   *
   * @param ledger the shard before the epoch
   * @return null if the epoch goes on; else why it does not
   */
  public @Nullable Throwable threw(EpochCall call, Throwable cause, ShardLedger ledger) {
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

  /** Takes what a call gave. */
  public void gave(EpochCall call, StepOutcome outcome) {
    GroupBatch<Object> batch = call.batch();
    if (batch != null) {
      for (FailedEvent failed : outcome.failed()) {
        letters.add(forms.deadLetter(call, batch, failed.place(), failed.cause()));
      }
      if (!outcome.failed().isEmpty() && outcome.failed().size() == batch.size()) {
        steps.leaveOut(call.key());
      }
    }
    if (call.isOfParked()) {
      parks.unpark(call);
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
    List<GroupDeadLetter> all = new ArrayList<>(letters);
    all.addAll(parks.deadLetters());
    return all.isEmpty() ? null : new ShardDeadLetters(incarnation, forms.epoch(), all);
  }

  /** Nothing of a group is lost while it is parked, so what failed need not be the event. */
  private @Nullable Throwable park(EpochCall call, Throwable cause, ShardLedger ledger) {
    try {
      parks.park(call, ledger.parked().get(call.key()), cause);
      // A group that begins with a state has it in any case.
      steps.take(unchanged(call, List.of()));
      return null;
    } catch (SerializationException e) {
      return e;
    }
  }

  private void leaveOut(EpochCall call, Throwable cause) {
    GroupBatch<Object> batch = call.batch();
    if (batch != null && batch.size() > 1) {
      batch.rewind();
      again.add(call.eventByEvent());
      return;
    }
    StepOutcome outcome;
    if (batch == null) {
      letters.add(GroupDeadLetter.of(call.key(), null, cause, null));
      outcome = withoutTimeout(call);
    } else if (batch.size() == 0) {
      letters.add(GroupDeadLetter.of(call.key(), null, cause, null));
      outcome = unchanged(call, List.of());
    } else {
      outcome = unchanged(call, List.of(new FailedEvent(0, cause)));
    }
    steps.take(outcome);
    gave(call, outcome);
  }

  private static StepOutcome withoutTimeout(EpochCall call) {
    Effect effect = call.entry().state() == null ? Effect.REMOVED : Effect.TIMEOUT;
    GroupChange change = new GroupChange(call.key(), effect, null, null, List.of());
    return new StepOutcome(change, List.of(), null);
  }

  private static StepOutcome unchanged(EpochCall call, List<FailedEvent> failed) {
    GroupChange change =
        new GroupChange(call.key(), Effect.NONE, null, call.entry().timeoutMillis(), List.of());
    return new StepOutcome(change, List.of(), null, failed);
  }
}
