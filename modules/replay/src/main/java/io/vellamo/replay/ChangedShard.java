package io.vellamo.replay;

import io.vellamo.api.query.ErrorPolicy;
import io.vellamo.engine.failure.Failures;
import io.vellamo.engine.group.GroupChange;
import io.vellamo.engine.group.GroupInputs;
import io.vellamo.engine.group.GroupKey;
import io.vellamo.engine.group.ShardEvents;
import io.vellamo.engine.group.StoredValue;
import io.vellamo.engine.local.DirectShard;
import io.vellamo.engine.protocol.EpochInput;
import io.vellamo.engine.protocol.shard.CallResult;
import io.vellamo.engine.protocol.shard.ShardSpec;
import io.vellamo.engine.shard.EpochCall;
import io.vellamo.engine.shard.InitialGroups;
import io.vellamo.engine.shard.ShardLedger;
import io.vellamo.engine.shard.SnapshotPart;
import io.vellamo.engine.time.EpochTimes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A shard whose groups are called through a changed function. A group for which it has thrown keeps
 * its entry and is not called again; the others go on.
 *
 * <p><b>Threading</b> Used by one thread at a time.
 */
final class ChangedShard {
  /** Bounds the calls whose results are held at once. */
  private static final int CALLS_AT_ONCE = 1_000;

  /**
   * The effects of an epoch.
   *
   * @param changes the changes of groups, in the order of their calls; they are already applied
   * @param failed the groups that threw in it
   */
  record Ran(List<GroupChange> changes, Set<GroupKey> failed) {}

  private final ChangedFunction function;
  private final DirectShard shard;
  private final Map<GroupKey, String> failures = new HashMap<>();

  // Of the epoch that runs.
  private List<GroupChange> changes = new ArrayList<>();
  private Set<GroupKey> failed = new LinkedHashSet<>();

  /**
   * Creates a shard.
   *
   * @param index its number
   * @param groups the groups that it begins with
   */
  ChangedShard(ChangedFunction function, int index, List<SnapshotPart.Group> groups) {
    this.function = function;
    ShardSpec spec =
        new ShardSpec(
            function.query(),
            index,
            function.shards(),
            function.operator(),
            "the replacement",
            function.eventCodec(),
            key -> Failures.text(function.operator().keyCodec().read(key)),
            ErrorPolicy.fail(),
            DirectShard.NO_JOURNAL,
            Failures.of(true),
            () -> CALLS_AT_ONCE);
    try {
      this.shard = DirectShard.open(spec, new SnapshotPart(groups, true), new Calls());
    } catch (InterruptedException e) {
      throw impossible(e);
    }
  }

  /** Runs an epoch and applies its changes. */
  Ran run(EpochTimes times, List<GroupInputs> inputs) {
    changes = new ArrayList<>();
    failed = new LinkedHashSet<>();
    EpochInput input = new EpochInput(events(inputs), InitialGroups.NONE);
    try {
      shard.run(times, List.of(), input);
    } catch (InterruptedException | DirectShard.FailedEpoch e) {
      throw impossible(e);
    }
    return new Ran(changes, failed);
  }

  private static AssertionError impossible(Exception e) {
    return new AssertionError("calls that neither wait nor throw can't fail", e);
  }

  private ShardEvents events(List<GroupInputs> inputs) {
    ShardEvents events = new ShardEvents(true);
    for (GroupInputs group : inputs) {
      Object userKey = function.operator().keyCodec().read(group.key());
      for (StoredValue event : group.events()) {
        events.add(
            group.key(), userKey, function.eventCodec().read(event), 0, 0, event.eventTime());
      }
    }
    return events;
  }

  /** Returns the groups; must not be changed. */
  ShardLedger ledger() {
    return shard.ledger();
  }

  /** Returns a description of what the function threw for a group; null if it did not throw. */
  @Nullable String failure(GroupKey key) {
    return failures.get(key);
  }

  /** Returns the number of groups for which the function has thrown. */
  int failures() {
    return failures.size();
  }

  /** The calls, which never throw as far as the shard can see. */
  private final class Calls implements DirectShard.Calls {
    @Override
    public CallResult call(EpochCall call, Supplier<CallResult> actual) {
      if (failures.containsKey(call.key())) {
        return unchanged(call);
      }
      CallResult result = actual.get();
      if (result instanceof CallResult.Threw threw) {
        failures.put(call.key(), Failures.of(true).describe(threw.cause()));
        failed.add(call.key());
        return unchanged(call);
      }
      GroupChange change = ((CallResult.Returned) result).outcome().change();
      if (!change.isNothing()) {
        changes.add(change);
      }
      return result;
    }

    private static CallResult unchanged(EpochCall call) {
      return new CallResult.Returned(call, call.unchanged(List.of()));
    }

    @Override
    public void pause(Duration delay) {
      throw new AssertionError("calls that don't throw are not made again");
    }
  }
}
