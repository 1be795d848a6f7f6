package io.vellamo.replay;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * The first differing row of a group, regardless of the epochs in which the recorded and the
 * replayed row were emitted.
 *
 * @param key the group's key
 * @param shard the shard it belongs to
 * @param epoch the epoch of the earlier of the two rows
 * @param recorded the row in the journal; null if the journal holds no further rows
 * @param replayed the row of the changed function; null if the function emits no further rows
 * @since 0.1
 */
public record RowDifference(
    JsonNode key,
    int shard,
    long epoch,
    @Nullable JsonNode recorded,
    @Nullable JsonNode replayed) {}
