package io.vellamo.persistence.replay;

import io.vellamo.engine.group.GroupChange;
import io.vellamo.engine.group.GroupInputs;
import io.vellamo.engine.shard.GroupDeadLetter;
import io.vellamo.engine.shard.ParkChange;
import io.vellamo.engine.shard.ShardChange;
import java.util.List;

/**
 * An epoch of a shard as the journal holds it, put together from its records.
 *
 * @param change everything the epoch changed; a group with many rows may be there repeatedly
 * @param inputs its events, if they were recorded; a group with many may be there repeatedly
 * @param deadLetters what the function threw for
 * @param parks what became of parked groups
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
