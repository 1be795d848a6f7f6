package io.vellamo.api.query;

import io.vellamo.api.query.StreamingQueryProgress.StateCounts;

/**
 * The work of one stateful operator in an epoch.
 *
 * @param name the operator's name, such as {@code flatMapGroupsWithState}
 * @param input how many events or rows it got; those a deduplication drops are {@code input - rows}
 * @param late how many were dropped before it as late
 * @param rows how many rows it emitted
 * @param state its groups after the epoch
 * @since 0.1
 */
public record OperatorProgress(String name, long input, long late, long rows, StateCounts state)
    implements JsonReport {}
