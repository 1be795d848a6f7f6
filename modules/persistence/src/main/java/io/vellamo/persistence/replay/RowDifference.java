package io.vellamo.persistence.replay;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * The first row of a group that the changed function emits otherwise, whatever the epochs in which
 * both were emitted.
 *
 * @param key the group's key
 * @param shard the shard it belongs to
 * @param epoch the epoch of the earlier of the two rows
 * @param recorded the row in the journal; null if it holds no more
 * @param replayed the row of the changed function; null if it emits no more
 * @since 0.1
 */
public record RowDifference(
    JsonNode key,
    int shard,
    long epoch,
    @Nullable JsonNode recorded,
    @Nullable JsonNode replayed) {}
