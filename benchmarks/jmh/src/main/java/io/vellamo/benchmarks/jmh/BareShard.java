package io.vellamo.benchmarks.jmh;

import static java.util.Objects.requireNonNull;

import io.vellamo.engine.group.GroupBatch;
import io.vellamo.engine.group.GroupEntry;
import io.vellamo.engine.group.GroupKey;
import io.vellamo.engine.group.GroupStep;
import io.vellamo.engine.group.StepOutcome;
import io.vellamo.engine.pipeline.RoutedEpoch;
import io.vellamo.engine.shard.EpochCall;
import io.vellamo.engine.shard.EpochSteps;
import io.vellamo.engine.shard.ShardChange;
import io.vellamo.engine.shard.ShardLedger;
import io.vellamo.engine.time.EpochTimes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a shard's actor does in an epoch, without the actor and its journal. The states of groups
 * stay at hand between epochs, found at the groups' entries, as with inline hosting.
 */
final class BareShard {
  /** More event time than a session lasts until it closes. */
  private static final int EPOCHS_BEFORE = 20;

  /** What is live of a group. */
  private static final class Seat {
    private @Nullable Object state;
  }

  private final GroupStep<?, ?, ?, ?> step;
  private final ShardLedger ledger;
  // Until the epoch has ended, they have no entry to find their seats at.
  private final Map<GroupKey, Seat> newcomers = new HashMap<>();

  private BareShard(MeasuredOperator operator) {
    this.step = new GroupStep<>(operator.operator());
    this.ledger = new ShardLedger(operator.operator().timeout());
  }

  /** Returns a shard that the first epochs of a feed have filled. */
  static BareShard filled(MeasuredOperator operator, EpochFeed feed) throws Exception {
    BareShard shard = new BareShard(operator);
    for (int epoch = 0; epoch < EPOCHS_BEFORE; epoch++) {
      shard.run(feed.next());
    }
    return shard;
  }

  /** Runs an epoch and returns what it changed. */
  ShardChange run(RoutedEpoch epoch) throws Exception {
    EpochTimes times = epoch.plan().times();
    EpochSteps steps = steps(epoch);
    for (EpochCall call : steps.eventCalls(ledger)) {
      steps.take(call(call, times));
    }
    for (EpochCall call : steps.timeoutCalls(ledger)) {
      steps.take(call(call, times));
    }
    ShardChange change = steps.change(1);
    ledger.apply(change);
    seatNewcomers();
    return change;
  }

  /** Returns the calls with events that an epoch would make now. */
  List<EpochCall> eventCalls(RoutedEpoch epoch) {
    return steps(epoch).eventCalls(ledger);
  }

  /** Returns the state of the group that is called, or null if it has none at hand. */
  static @Nullable Object live(EpochCall call) {
    Seat seat = (Seat) call.entry().seat();
    return seat == null ? null : seat.state;
  }

  ShardLedger ledger() {
    return ledger;
  }

  private static EpochSteps steps(RoutedEpoch epoch) {
    return new EpochSteps(
        epoch.plan().times(), requireNonNull(epoch.shards().get(0), "events").byGroup());
  }

  private StepOutcome call(EpochCall call, EpochTimes times) throws Exception {
    Seat seat = seat(call);
    GroupBatch<Object> batch = call.batch();
    StepOutcome outcome =
        batch == null
            ? step.onTimeout(call.key(), call.entry(), seat.state, times)
            : step.onEvents(batch, call.entry(), seat.state, times);
    seat.state = outcome.live();
    return outcome;
  }

  private Seat seat(EpochCall call) {
    Seat known = (Seat) call.entry().seat();
    return known == null ? newcomers.computeIfAbsent(call.key(), unknown -> new Seat()) : known;
  }

  private void seatNewcomers() {
    // Taken so that they do not pile up in the ledger; nobody sits down on them again.
    ledger.vacatedSeats();
    newcomers.forEach(
        (key, seat) -> {
          GroupEntry entry = ledger.entry(key);
          if (!entry.isEmpty()) {
            entry.seat(seat);
          }
        });
    newcomers.clear();
  }
}
