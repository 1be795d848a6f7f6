package io.vellamo.api.query;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * The work of one shard of a stateful operator in an epoch, and its size after the epoch.
 *
 * @param shard the number of the shard within its operator, from 0
 * @param input the number of events or rows it received
 * @param rows the number of rows it emitted
 * @param calls the number of calls of the function, each with the events or a timeout of one group;
 *     0 if the shard held the epoch already, as after a restart
 * @param groups the number of groups that have state or a timeout after the epoch
 * @param bytes the approximate serialized size of the groups after the epoch
 * @param journalBytes the approximate serialized size of the changes that the shard wrote to its
 *     journal for the epoch, without snapshots
 * @param call the elapsed time of its rounds of calls
 * @param persist the elapsed time until its journal held the changes
 * @since 0.1
 */
public record ShardProgress(
    int shard,
    long input,
    long rows,
    long calls,
    long groups,
    long bytes,
    long journalBytes,
    Duration call,
    Duration persist)
    implements JsonReport {
  /** Checks the components. */
  public ShardProgress {
    requireNonNull(call, "call");
    requireNonNull(persist, "persist");
  }
}
