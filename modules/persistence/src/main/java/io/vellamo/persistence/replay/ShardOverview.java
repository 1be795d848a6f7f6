package io.vellamo.persistence.replay;

/**
 * What a shard's journal says of it.
 *
 * @param shard its number, from 0
 * @param operator the name of the operator whose groups it keeps
 * @param groups how many groups it keeps
 * @param parked how many groups are parked
 * @param bytes roughly how large they are in the journal
 * @param lastEpoch the last epoch that changed it; 0 if none did
 * @param knownFromEpoch the first epoch after which all its groups are known; 0 if its journal is
 *     whole
 * @param records how many records its journal holds
 * @since 0.1
 */
public record ShardOverview(
    int shard,
    String operator,
    long groups,
    long parked,
    long bytes,
    long lastEpoch,
    long knownFromEpoch,
    long records) {}
