package io.vellamo.engine.shard;

import org.jspecify.annotations.Nullable;

/**
 * All effects of an epoch on a shard.
 *
 * @param change the changes of its groups
 * @param inputs its events; null if they are not recorded or there are none
 * @param deadLetters its dead letters; null if there are none
 * @param parks the changes of parked groups; null if there are none
 */
public record EpochEffects(
    ShardChange change,
    @Nullable ShardInputs inputs,
    @Nullable ShardDeadLetters deadLetters,
    @Nullable ShardParks parks) {
  /** Returns whether there is nothing to persist. */
  public boolean isNothing() {
    return change.groups().isEmpty()
        && change.expired() == null
        && inputs == null
        && deadLetters == null
        && parks == null;
  }

  /** Returns the approximate size in the journal, without the inputs. */
  public long size() {
    return change.size()
        + (deadLetters == null ? 0 : deadLetters.size())
        + (parks == null ? 0 : parks.size());
  }
}
