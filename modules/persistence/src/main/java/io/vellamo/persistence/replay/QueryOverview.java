package io.vellamo.persistence.replay;

import io.vellamo.api.group.GroupStateTimeout;
import io.vellamo.api.query.EventCounts;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a query's own journal says of it.
 *
 * @param name the query's name
 * @param id its identity over all runs
 * @param shards the number of its shards; 0 groups are kept if {@code operator} is empty
 * @param operator its stateful operator; empty if it has none
 * @param timeout the clock of its groups' timeouts
 * @param runs how often it has been started
 * @param firstEpoch the first epoch whose plan is in the journal; 0 if there is none
 * @param plannedEpoch the last epoch that was planned; 0 if none was
 * @param committedEpoch the last epoch that was committed; 0 if none was
 * @param watermark the watermark of the next epoch; null if there is none
 * @param events the fate of all events
 * @since 0.1
 */
public record QueryOverview(
    String name,
    UUID id,
    int shards,
    String operator,
    GroupStateTimeout timeout,
    long runs,
    long firstEpoch,
    long plannedEpoch,
    long committedEpoch,
    @Nullable Instant watermark,
    EventCounts events) {}
