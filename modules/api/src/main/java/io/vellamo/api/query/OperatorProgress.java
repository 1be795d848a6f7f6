package io.vellamo.api.query;

import io.vellamo.api.query.StreamingQueryProgress.StateCounts;

/**
 * The work of one stateful operator in an epoch.
 *
 * @param name the operator's name, such as {@code flatMapGroupsWithState}
 * @param input the number of events or rows it received; a deduplication drops {@code input - rows}
 *     of them
 * @param late the number of events dropped as late before they reached it
 * @param rows the number of rows it emitted
 * @param state its groups after the epoch
 * @since 0.1
 */
public record OperatorProgress(String name, long input, long late, long rows, StateCounts state)
    implements JsonReport {}
