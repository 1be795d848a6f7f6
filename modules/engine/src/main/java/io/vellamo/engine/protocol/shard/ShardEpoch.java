package io.vellamo.engine.protocol.shard;

import io.vellamo.api.SerializationException;
import io.vellamo.api.query.ErrorPolicy;
import io.vellamo.engine.group.EventCopies;
import io.vellamo.engine.group.GroupBatch;
import io.vellamo.engine.group.GroupInputs;
import io.vellamo.engine.group.KeyCodec;
import io.vellamo.engine.group.StoredValue;
import io.vellamo.engine.protocol.EpochInput;
import io.vellamo.engine.protocol.EpochOutput;
import io.vellamo.engine.protocol.Fence;
import io.vellamo.engine.protocol.ShardRequest.NextPage;
import io.vellamo.engine.protocol.ShardRequest.RunEpoch;
import io.vellamo.engine.shard.EpochCall;
import io.vellamo.engine.shard.EpochEffects;
import io.vellamo.engine.shard.EpochParks;
import io.vellamo.engine.shard.EpochSteps;
import io.vellamo.engine.shard.EventForms;
import io.vellamo.engine.shard.FailedCalls;
import io.vellamo.engine.shard.ShardDeadLetters;
import io.vellamo.engine.shard.ShardInputs;
import io.vellamo.engine.shard.ShardLedger;
import io.vellamo.engine.time.EpochTimes;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An epoch in progress in a shard: first, in the query's first epoch, the groups with initial rows,
 * then the groups with events, those with an initial state only, and the timeouts and timers.
 */
final class ShardEpoch {
  /**
   * An event that has to be kept and can't be written.
   *
   * @param cause the failure
   * @param remedy what to do about it, to be appended to the message
   */
  record NotKept(SerializationException cause, String remedy) {}

  private final EpochTimes times;
  private final EpochInput input;
  private final List<GroupBatch<Object>> groups;
  private final boolean recordsInputs;
  private final EpochSteps steps;
  private final EventForms forms;
  private final EpochParks parks;
  private final FailedCalls failed;
  private final ShardMeter meter;
  private @Nullable ShardInputs inputs;

  // Of the latest request for the epoch.
  private Fence fence;
  private long replyTo;
  private boolean isResultRequested;

  // The calls of this phase, and how many of them have been made.
  private List<EpochCall> pending = List.of();
  private int made;
  private List<EpochCall> delayed = List.of();
  private boolean eventsCalled;
  private boolean timeoutsCalled;

  // Once the ledger holds the epoch: the whole result, without pages if it is not requested.
  private @Nullable ResultPages result;
  private boolean isFromMemory;

  ShardEpoch(ShardInput.RunRequested requested, ShardSpec spec) {
    RunEpoch request = requested.request();
    this.fence = request.fence();
    this.replyTo = requested.replyTo();
    this.isResultRequested = request.wholeResult();
    this.times = request.times().heldBackBy(spec.operator().heldBackMillis());
    this.input = requested.input();
    this.recordsInputs = spec.limits().recordsInputs();
    this.groups = input.events().byGroup();
    this.meter = new ShardMeter(spec.hotGroups());
    this.steps = new EpochSteps(times, groups, input.initial());
    this.forms =
        new EventForms(
            times.epoch(), request.ranges(), spec.operator().keyCodec(), spec.eventCodec());
    this.parks = new EpochParks(forms, times);
    this.failed =
        new FailedCalls(
            spec.errorPolicy(),
            spec.operator().needsAllEvents(),
            spec.operator().leavesOutTimers(),
            forms,
            steps,
            parks);
    if (!spec.errorPolicy().equals(ErrorPolicy.fail())) {
      EventCopies copies = EventCopies.by(spec.eventCodec());
      groups.forEach(batch -> batch.keep(copies));
    }
  }

  /**
   * Takes note of another request for this epoch, which is the one to answer. Another attempt gets
   * the whole result from its first page on.
   *
   * @param isCalling whether calls are under way
   */
  void requestedAgain(ShardInput.RunRequested newer, ShardLedger ledger, boolean isCalling) {
    if (result != null && !fence.equals(newer.request().fence())) {
      result = result.again(ledger, isCalling);
    }
    fence = newer.request().fence();
    replyTo = newer.replyTo();
    isResultRequested |= newer.request().wholeResult();
  }

  /** Returns whether a page has been sent for a request to run this epoch. */
  boolean hasSentPages(Fence other) {
    return fence.equals(other) && result != null && result.pages() > 0;
  }

  /** Takes note of the request for the next page; returns false if it is that of another page. */
  boolean pageRequested(NextPage next, long newReplyTo) {
    ResultPages pages = result;
    if (pages == null || !fence.equals(next.fence()) || pages.pages() != next.number()) {
      return false;
    }
    replyTo = newReplyTo;
    return true;
  }

  /** Returns whether rows of the whole result are to be sent before the next calls. */
  boolean hasPage() {
    return result != null && result.hasNext();
  }

  /** Returns the whole result; must not be called before the ledger holds the epoch. */
  ResultPages result() {
    return Objects.requireNonNull(result, "result");
  }

  EpochTimes times() {
    return times;
  }

  ShardMeter meter() {
    return meter;
  }

  /** Notes that calls begin, and returns them. */
  List<EpochCall> begun(List<EpochCall> calls, long nowNanos) {
    meter.begin(nowNanos);
    return calls;
  }

  Fence fence() {
    return fence;
  }

  long replyTo() {
    return replyTo;
  }

  /**
   * Records the events, if they are to be, and finds the calls with events. An epoch that was run
   * before needs only the calls for the whole result.
   *
   * @param wasRun whether it was run before
   * @return null, or why the epoch can't begin
   */
  @Nullable NotKept begin(ShardLedger ledger, boolean wasRun) {
    if (wasRun) {
      isFromMemory = true;
      // Its changes are not known any more, so all of the result counts as changed.
      isResultRequested |= fence.epoch() == ledger.lastEpoch();
      held(ledger);
      return null;
    }
    if (recordsInputs) {
      try {
        record();
      } catch (SerializationException e) {
        return new NotKept(e, ", or set vellamo.journal.record-inputs to off");
      }
    }
    pending = steps.initialRowCalls();
    if (!pending.isEmpty()) {
      return null;
    }
    try {
      pending = eventCalls(ledger);
    } catch (SerializationException e) {
      return new NotKept(e, ", or its group can't be parked");
    }
    return null;
  }

  /**
   * Records the events before the function gets them and perhaps changes them. A first epoch with
   * initial states is not recorded: without those states a replay of its events would give another
   * result, so a replay has to begin later.
   */
  private void record() {
    if (groups.isEmpty() || !input.initial().isEmpty()) {
      return;
    }
    List<GroupInputs> recorded = new ArrayList<>(groups.size());
    for (GroupBatch<Object> batch : groups) {
      List<StoredValue> events = new ArrayList<>(batch.size());
      for (int place = 0; place < batch.size(); place++) {
        events.add(forms.form(batch, place).at(batch.eventTime(place)));
      }
      recorded.add(new GroupInputs(batch.key(), events));
    }
    inputs = new ShardInputs(fence.incarnation(), times.epoch(), recorded);
  }

  /**
   * Returns the next calls; none when all have been made.
   *
   * @param keyCodec reads keys
   * @param most the most calls, so that not all groups are live at once
   */
  List<EpochCall> nextCalls(ShardLedger ledger, KeyCodec keyCodec, int most) {
    if (result != null) {
      return result.nextCalls(most);
    }
    failed.nextPhase();
    if (made == pending.size()) {
      pending = nextPhase(ledger, keyCodec, most);
      made = 0;
    }
    int from = made;
    made = Math.min(from + most, pending.size());
    return pending.subList(from, made);
  }

  private List<EpochCall> eventCalls(ShardLedger ledger) {
    eventsCalled = true;
    return concat(steps.eventCalls(ledger), parks.eventCalls(ledger, groups));
  }

  private List<EpochCall> nextPhase(ShardLedger ledger, KeyCodec keyCodec, int most) {
    if (!eventsCalled) {
      // After initial rows: there are no parked groups yet, so nothing has to be written.
      List<EpochCall> calls = eventCalls(ledger);
      if (!calls.isEmpty()) {
        return calls;
      }
    }
    List<EpochCall> initial = steps.initialCalls(keyCodec, most);
    if (!initial.isEmpty() || timeoutsCalled) {
      return initial;
    }
    timeoutsCalled = true;
    return concat(steps.timeoutCalls(ledger), parks.timeoutCalls(ledger, steps));
  }

  private static List<EpochCall> concat(List<EpochCall> first, List<EpochCall> then) {
    if (then.isEmpty()) {
      return first;
    }
    List<EpochCall> both = new ArrayList<>(first);
    both.addAll(then);
    return both;
  }

  /**
   * Takes the results of calls. Returns the first failure that ends the epoch, with its cause, or
   * null if the epoch goes on.
   */
  CallResult.@Nullable Threw take(List<CallResult> results, long nowNanos, ShardLedger ledger) {
    meter.called(results, nowNanos);
    if (result != null) {
      return result.take(results);
    }
    for (CallResult result : results) {
      if (result instanceof CallResult.Returned returned) {
        steps.take(returned.call(), returned.outcome());
        failed.gave(returned.call(), returned.outcome());
      } else {
        CallResult.Threw threw = (CallResult.Threw) result;
        Throwable cause = failed.threw(threw.call(), threw.cause(), ledger);
        if (cause != null) {
          return new CallResult.Threw(threw.call(), cause);
        }
      }
    }
    return null;
  }

  /** Keeps calls that are to be made later. */
  void delay(List<EpochCall> calls) {
    delayed = calls;
  }

  /** Returns the calls that were to be made later. */
  List<EpochCall> delayed() {
    List<EpochCall> calls = delayed;
    delayed = List.of();
    return calls;
  }

  /** Returns the calls that are to be made again, or null if there are none. */
  FailedCalls.@Nullable Round again() {
    return failed.again();
  }

  /** Notes that the ledger holds the epoch; only calls for the whole result may follow. */
  void held(ShardLedger ledger) {
    result = isResultRequested ? ResultPages.of(ledger) : ResultPages.none();
    if (isResultRequested) {
      steps.countRowsOnly();
    }
  }

  /** Returns whether the ledger holds the epoch. */
  boolean isHeld() {
    return result != null;
  }

  /** Returns whether the epoch was run before it was requested. */
  boolean isFromMemory() {
    return isFromMemory;
  }

  /** Returns what was sent of the whole result; null if it is not requested. */
  EpochOutput.@Nullable InPages inPages() {
    if (!isResultRequested) {
      return null;
    }
    long changes = isFromMemory ? result().count() : steps.rowCount();
    return new EpochOutput.InPages(result().pages(), changes);
  }

  /** Returns all effects of the epoch, whose writing begins. Its calls are forgotten. */
  EpochEffects effects(ShardLedger ledger, long nowNanos) {
    meter.begin(nowNanos);
    // A collection while the changes are written would copy them.
    pending = List.of();
    made = 0;
    groups.clear();
    return new EpochEffects(
        steps.change(fence.incarnation(), ledger.expired(times)),
        inputs,
        deadLetters(),
        parks.changes(fence.incarnation()));
  }

  /** Returns the dead letters of the epoch, or null if there are none. */
  @Nullable ShardDeadLetters deadLetters() {
    return failed.deadLetters(fence.incarnation());
  }

  /** Returns the outcomes of the calls. */
  EpochSteps steps() {
    return steps;
  }
}
