package io.vellamo.engine.shard;

import org.jspecify.annotations.Nullable;

/**
 * Everything that an epoch leaves in a shard.
 *
 * @param change what it changed
 * @param inputs its events; null if they are not recorded, or there were none
 * @param deadLetters what the function threw for; null if there is nothing
 * @param parks what became of parked groups; null if nothing did
 */
public record EpochEffects(
    ShardChange change,
    @Nullable ShardInputs inputs,
    @Nullable ShardDeadLetters deadLetters,
    @Nullable ShardParks parks) {
  /** Returns whether there is nothing to remember. */
  public boolean isNothing() {
    return change.groups().isEmpty() && inputs == null && deadLetters == null && parks == null;
  }

  /** Returns roughly how large the changes are in the journal. */
  public long size() {
    return change.size()
        + (deadLetters == null ? 0 : deadLetters.size())
        + (parks == null ? 0 : parks.size());
  }
}
