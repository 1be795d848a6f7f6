package io.vellamo.replay;

import io.vellamo.engine.group.GroupChange;
import io.vellamo.engine.group.GroupInputs;
import io.vellamo.engine.group.GroupKey;
import io.vellamo.engine.shard.GroupDeadLetter;
import io.vellamo.engine.shard.ParkChange;
import io.vellamo.engine.shard.ShardChange;
import io.vellamo.engine.shard.ShardChange.Expired;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An epoch of a shard, assembled from its records in the journal.
 *
 * @param change all changes of the epoch; a group with many rows may occur repeatedly
 * @param inputs its events, if they were recorded; a group with many events may occur repeatedly
 * @param deadLetters the events and timeouts for which the function threw
 * @param parks the changes of parked groups
 */
record RecordedEpoch(
    ShardChange change,
    List<GroupInputs> inputs,
    List<GroupDeadLetter> deadLetters,
    List<ParkChange> parks) {
  long epoch() {
    return change.epoch();
  }

  List<GroupChange> groups() {
    return change.groups();
  }

  /** Returns whether it has no changes, events, dead letters and parked groups. */
  boolean isEmpty() {
    return groups().isEmpty() && inputs.isEmpty() && deadLetters.isEmpty() && parks.isEmpty();
  }

  /** Returns the part of this epoch that concerns a group; all of its expiries, no dead letters. */
  RecordedEpoch ofGroup(GroupKey key) {
    return new RecordedEpoch(
        changed(
            groups().stream().filter(each -> each.key().equals(key)).toList(), change.expired()),
        inputs.stream().filter(each -> each.key().equals(key)).toList(),
        List.of(),
        parks.stream().filter(each -> each.key().equals(key)).toList());
  }

  /** Returns this epoch before entries expire, which is after everything else. */
  RecordedEpoch withoutExpiry() {
    return new RecordedEpoch(changed(groups(), null), inputs, deadLetters, parks);
  }

  /** Returns only the expiries. */
  RecordedEpoch onlyExpiry() {
    return new RecordedEpoch(changed(List.of(), change.expired()), List.of(), List.of(), List.of());
  }

  private ShardChange changed(List<GroupChange> groups, @Nullable Expired expired) {
    return new ShardChange(change.incarnation(), change.epoch(), groups, expired);
  }
}
