package io.vellamo.api.query;

import static java.util.Objects.requireNonNull;

import io.vellamo.api.query.StreamingQueryProgress.StateCounts;
import java.time.Duration;
import java.util.List;

/**
 * The work of one stateful operator in an epoch.
 *
 * <p>Shards work in parallel, so {@link #call} and {@link #persist}, which are sums over the
 * shards, may exceed the epoch's duration. Their ratio tells whether the function or the journal
 * takes the time.
 *
 * @param name the operator's name, such as {@code flatMapGroupsWithState}
 * @param input the number of events or rows it received; a deduplication drops {@code input - rows}
 *     of them
 * @param late the number of events dropped as late before they reached it
 * @param deadLettered the number of events that its function failed on and that became dead letters
 * @param rows the number of rows it emitted
 * @param state its groups after the epoch
 * @param journalBytes the approximate serialized size of the changes that its shards wrote to their
 *     journals for the epoch, without snapshots
 * @param call the elapsed time of rounds of calls, added up over its shards
 * @param persist the elapsed time until the journals held the changes, added up over its shards
 * @param skew the unevenness of its shards
 * @param shards the shards that took part in the epoch, by number. In the first epoch of a run
 *     these are all shards; later those with events or something due. A shard that is not listed
 *     has not changed
 * @since 0.1
 */
public record OperatorProgress(
    String name,
    long input,
    long late,
    long deadLettered,
    long rows,
    StateCounts state,
    long journalBytes,
    Duration call,
    Duration persist,
    ShardSkew skew,
    List<ShardProgress> shards)
    implements JsonReport {
  /** Checks the components, and copies the shards. */
  public OperatorProgress {
    requireNonNull(name, "name");
    requireNonNull(state, "state");
    requireNonNull(call, "call");
    requireNonNull(persist, "persist");
    requireNonNull(skew, "skew");
    shards = List.copyOf(shards);
  }
}
