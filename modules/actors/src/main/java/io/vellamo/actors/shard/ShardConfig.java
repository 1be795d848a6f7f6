package io.vellamo.actors.shard;

import io.vellamo.engine.group.GroupOperator;
import io.vellamo.engine.group.ValueCodec;
import io.vellamo.persistence.journal.JournalOptions;
import org.jspecify.annotations.Nullable;

/**
 * What a shard is, besides what it remembers.
 *
 * @param query the query's name
 * @param index the shard's number, from 0
 * @param count how many shards the query has
 * @param operator what is done with its groups
 * @param eventCodec writes the events that are recorded; null if they are not
 * @param journal where and how it is journaled
 * @param hosting where groups are called
 * @param dispatcher where groups run
 * @param maxActiveGroups the most groups kept live between epochs
 */
public record ShardConfig(
    String query,
    int index,
    int count,
    GroupOperator<?, ?, ?, ?> operator,
    @Nullable ValueCodec eventCodec,
    JournalOptions journal,
    Hosting hosting,
    String dispatcher,
    int maxActiveGroups) {}
