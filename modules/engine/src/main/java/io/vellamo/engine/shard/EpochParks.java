package io.vellamo.engine.shard;

import io.vellamo.api.SerializationException;
import io.vellamo.engine.failure.Failures;
import io.vellamo.engine.group.GroupBatch;
import io.vellamo.engine.group.GroupKey;
import io.vellamo.engine.shard.ParkRequest.Kind;
import io.vellamo.engine.time.EpochTimes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The effects of an epoch on parked groups: their events are buffered or, on request, the groups
 * are called with all pending events.
 *
 * <p><b>Threading</b> Used by one thread at a time.
 */
public final class EpochParks {
  private final EventForms forms;
  private final EpochTimes times;
  private final List<ParkChange> changes = new ArrayList<>();
  private final List<GroupDeadLetter> letters = new ArrayList<>();

  /** Creates an instance for an epoch that has not begun. */
  public EpochParks(EventForms forms, EpochTimes times) {
    this.forms = forms;
    this.times = times;
  }

  /**
   * Returns the requested calls of parked groups with pending events, and buffers the events of the
   * other parked groups.
   *
   * @throws SerializationException if the class of an event can't be written
   */
  public List<EpochCall> eventCalls(ShardLedger ledger, List<GroupBatch<Object>> groups) {
    if (ledger.parked().size() == 0) {
      return List.of();
    }
    List<EpochCall> calls = new ArrayList<>();
    Set<GroupKey> seen = new HashSet<>();
    for (GroupBatch<Object> batch : groups) {
      ParkedEntry parked = ledger.parked().get(batch.key());
      if (parked != null) {
        seen.add(batch.key());
        add(calls, parked, ledger, batch);
      }
    }
    List<ParkedEntry> others = ledger.parked().hasRequests() ? ledger.parked().all() : List.of();
    for (ParkedEntry parked : others) {
      if (!seen.contains(parked.key()) && !parked.events().isEmpty()) {
        add(calls, parked, ledger, null);
      }
    }
    return calls;
  }

  private void add(
      List<EpochCall> calls,
      ParkedEntry parked,
      ShardLedger ledger,
      @Nullable GroupBatch<Object> batch) {
    Kind kind = parked.requestedIn(times.epoch());
    if (kind == null) {
      wait(parked, batch);
      return;
    }
    try {
      GroupBatch<Object> all = forms.together(parked, batch);
      List<ParkedEvent> waiting = List.copyOf(parked.events());
      calls.add(
          EpochCall.ofParked(
              parked, ledger.entry(parked.key()), all, kind == Kind.RELEASE, waiting));
    } catch (SerializationException e) {
      // The pending events or the key can't be read: the events stay buffered, so that none is
      // lost.
      changes.add(reason(parked.key(), parked, e));
      wait(parked, batch);
    }
  }

  private void wait(ParkedEntry parked, @Nullable GroupBatch<Object> batch) {
    if (batch != null) {
      List<ParkedEvent> events = forms.parked(batch, 0, letters);
      if (!events.isEmpty()) {
        changes.add(new ParkChange.Waiting(parked.key(), parked.events().size(), events));
      }
    }
  }

  /**
   * Returns the requested timeout calls of parked groups without events, and unparks the groups
   * whose timeouts are not due.
   *
   * @param steps the epoch, after its calls with events
   */
  public List<EpochCall> timeoutCalls(ShardLedger ledger, EpochSteps steps) {
    if (!ledger.parked().hasRequests()) {
      return List.of();
    }
    List<EpochCall> calls = new ArrayList<>();
    for (ParkedEntry parked : ledger.parked().all()) {
      GroupKey key = parked.key();
      Kind kind = parked.requestedIn(times.epoch());
      if (kind == null) {
        continue;
      }
      boolean isWithoutEvents = parked.events().isEmpty() && !steps.hasEvents(key);
      if (!isWithoutEvents && !steps.isLeftOut(key)) {
        continue;
      }
      if (ledger.isTimeoutDue(key, steps.times())) {
        calls.add(
            EpochCall.ofParked(parked, ledger.entry(key), null, kind == Kind.RELEASE, List.of()));
      } else if (isWithoutEvents) {
        changes.add(new ParkChange.Unparked(key));
      }
    }
    return calls;
  }

  /** Records the successful call of a parked group, which unparks it. */
  void unpark(EpochCall call) {
    changes.add(new ParkChange.Unparked(call.key()));
  }

  /**
   * Parks the group of a call that threw, with the call's events; a parked group stays parked.
   *
   * @throws SerializationException if the class of an event can't be written
   */
  void park(EpochCall call, @Nullable ParkedEntry before, Throwable cause) {
    GroupBatch<Object> batch = call.batch();
    int known = call.isOfParked() ? Objects.requireNonNull(call.waiting()).size() : 0;
    List<ParkedEvent> events = batch == null ? List.of() : forms.parked(batch, known, letters);
    changes.add(reason(call.key(), before, cause));
    if (!events.isEmpty()) {
      changes.add(new ParkChange.Waiting(call.key(), known, events));
    }
  }

  private ParkChange.Parked reason(GroupKey key, @Nullable ParkedEntry before, Throwable cause) {
    return new ParkChange.Parked(
        key,
        before == null ? times.epoch() : before.reason().sinceEpoch(),
        Failures.thrown(cause),
        Failures.message(cause),
        null,
        before == null ? times.lateWatermark() : before.reason().lateWatermark());
  }

  /** Returns dead letters for the events that can't be buffered because they can't be written. */
  List<GroupDeadLetter> deadLetters() {
    return letters;
  }

  /** Returns the changes of parked groups, or null if there are none. */
  public @Nullable ShardParks changes(long incarnation) {
    return changes.isEmpty() ? null : new ShardParks(incarnation, times.epoch(), changes);
  }
}
