package io.vellamo.replay;

/**
 * An overview of a shard from its journal.
 *
 * @param shard its number, from 0
 * @param operator the name of the operator whose groups it keeps
 * @param groups the number of groups that it keeps
 * @param parked the number of parked groups
 * @param bytes the approximate size in the journal of these groups
 * @param lastEpoch the last epoch that changed it; 0 if none did
 * @param knownFromEpoch the first epoch after which all its groups are known; 0 if its journal is
 *     complete
 * @param records the number of records in its journal
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
