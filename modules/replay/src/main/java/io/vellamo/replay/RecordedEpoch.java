package io.vellamo.replay;

import io.vellamo.engine.group.GroupChange;
import io.vellamo.engine.group.GroupInputs;
import io.vellamo.engine.shard.GroupDeadLetter;
import io.vellamo.engine.shard.ParkChange;
import io.vellamo.engine.shard.ShardChange;
import java.util.List;

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
}
