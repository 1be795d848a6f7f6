package io.vellamo.replay;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;

/**
 * The first epoch in which the changed function had another outcome for a group.
 *
 * @param key the group's key
 * @param shard the shard it belongs to
 * @param epoch the epoch
 * @param processingTime the time at which the epoch was planned
 * @param recorded the outcome in the journal
 * @param replayed the outcome of the changed function
 * @since 0.1
 */
public record KeyDifference(
    JsonNode key,
    int shard,
    long epoch,
    Instant processingTime,
    GroupOutcome recorded,
    GroupOutcome replayed) {}
