package io.vellamo.persistence.replay;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;

/**
 * The first epoch in which the changed function made something else of a group.
 *
 * @param key the group's key
 * @param shard the shard it belongs to
 * @param epoch the epoch
 * @param processingTime when the epoch was planned
 * @param recorded what the journal holds
 * @param replayed what the changed function made
 * @since 0.1
 */
public record KeyDifference(
    JsonNode key,
    int shard,
    long epoch,
    Instant processingTime,
    GroupOutcome recorded,
    GroupOutcome replayed) {}
