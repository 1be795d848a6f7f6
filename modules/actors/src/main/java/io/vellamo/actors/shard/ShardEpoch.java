package io.vellamo.actors.shard;

import io.vellamo.actors.shard.ShardCommand.RunEpoch;
import io.vellamo.api.query.ErrorPolicy;
import io.vellamo.engine.group.EventCopies;
import io.vellamo.engine.group.GroupBatch;
import io.vellamo.engine.group.GroupInputs;
import io.vellamo.engine.group.KeyCodec;
import io.vellamo.engine.group.StoredValue;
import io.vellamo.engine.shard.EpochCall;
import io.vellamo.engine.shard.EpochEffects;
import io.vellamo.engine.shard.EpochParks;
import io.vellamo.engine.shard.EpochSteps;
import io.vellamo.engine.shard.EventForms;
import io.vellamo.engine.shard.FailedCalls;
import io.vellamo.engine.shard.ShardDeadLetters;
import io.vellamo.engine.shard.ShardInputs;
import io.vellamo.engine.shard.ShardLedger;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An epoch in progress in a shard: first the groups with events, then, in the query's first epoch,
 * those with an initial state only, then the timeouts.
 */
final class ShardEpoch {
  private final RunEpoch request;
  private final List<GroupBatch<Object>> groups;
  private final EpochSteps steps;
  private final EventForms forms;
  private final EpochParks parks;
  private final FailedCalls failed;
  private @Nullable ShardInputs inputs;
  // The calls of this phase, and how many of them have been made.
  private List<EpochCall> pending = List.of();
  private int made;
  private boolean timeoutsCalled;

  ShardEpoch(RunEpoch request, ShardConfig config) {
    this.request = request;
    this.groups = request.events().byGroup();
    this.steps = new EpochSteps(request.times(), groups, request.initial());
    this.forms =
        new EventForms(
            request.times().epoch(),
            request.ranges(),
            config.operator().keyCodec(),
            config.eventCodec());
    this.parks = new EpochParks(forms, request.times().epoch());
    this.failed = new FailedCalls(config.errorPolicy(), forms, steps, parks);
    if (!config.errorPolicy().equals(ErrorPolicy.fail())) {
      EventCopies copies = EventCopies.by(config.eventCodec());
      groups.forEach(batch -> batch.keep(copies));
    }
  }

  RunEpoch request() {
    return request;
  }

  /**
   * Records the events before the function gets them and perhaps changes them. A first epoch with
   * initial states is not recorded: without those states a replay of its events would give another
   * result, so a replay has to begin later.
   */
  void record() {
    if (groups.isEmpty() || !request.initial().isEmpty()) {
      return;
    }
    List<GroupInputs> recorded = new ArrayList<>(groups.size());
    for (GroupBatch<Object> batch : groups) {
      List<StoredValue> events = new ArrayList<>(batch.size());
      for (int place = 0; place < batch.size(); place++) {
        events.add(forms.form(batch, place));
      }
      recorded.add(new GroupInputs(batch.key(), events));
    }
    inputs = new ShardInputs(request.incarnation(), request.times().epoch(), recorded);
  }

  /**
   * Finds the calls with events.
   *
   * @throws io.vellamo.api.SerializationException if an event of a parked group can't be written
   */
  void begin(ShardLedger ledger) {
    pending = concat(steps.eventCalls(ledger), parks.eventCalls(ledger, groups));
  }

  /**
   * Returns the next calls; none when all have been made.
   *
   * @param keyCodec reads keys
   * @param most the most calls, so that not all groups are live at once
   */
  List<EpochCall> nextCalls(ShardLedger ledger, KeyCodec keyCodec, int most) {
    failed.nextPhase();
    if (made == pending.size()) {
      pending = nextPhase(ledger, keyCodec, most);
      made = 0;
    }
    int from = made;
    made = Math.min(from + most, pending.size());
    return pending.subList(from, made);
  }

  private List<EpochCall> nextPhase(ShardLedger ledger, KeyCodec keyCodec, int most) {
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
  StepResult.@Nullable Threw take(List<StepResult> results, ShardLedger ledger) {
    for (StepResult result : results) {
      if (result instanceof StepResult.Stepped stepped) {
        steps.take(stepped.outcome());
        failed.gave(stepped.call(), stepped.outcome());
      } else {
        StepResult.Threw threw = (StepResult.Threw) result;
        Throwable cause = failed.threw(threw.call(), threw.cause(), ledger);
        if (cause != null) {
          return new StepResult.Threw(threw.call(), cause);
        }
      }
    }
    return null;
  }

  /** Returns the calls that are to be made again, or null if there are none. */
  FailedCalls.@Nullable Round again() {
    return failed.again();
  }

  /** Returns all effects of the epoch. */
  EpochEffects effects() {
    return new EpochEffects(
        steps.change(request.incarnation()),
        inputs,
        deadLetters(),
        parks.changes(request.incarnation()));
  }

  /** Returns the dead letters of the epoch, or null if there are none. */
  @Nullable ShardDeadLetters deadLetters() {
    return failed.deadLetters(request.incarnation());
  }

  /** Returns the outcomes of the calls. */
  EpochSteps steps() {
    return steps;
  }
}
