package io.vellamo.engine.local;

import io.vellamo.api.query.QueryClock;
import io.vellamo.engine.failure.Failures;
import io.vellamo.engine.group.GroupOperator;
import io.vellamo.engine.inbox.InboxLimits;
import io.vellamo.engine.journal.JournalLimits;
import io.vellamo.engine.pipeline.PreparedQuery;
import io.vellamo.engine.protocol.shard.ShardSpec;

/**
 * A query that can be run locally.
 *
 * @param prepared the query
 * @param clock its clock
 * @param shards the number of shards of each operator
 * @param limits the limits of what is journaled
 * @param callsAtOnce the maximum number of groups that a shard calls in one round
 * @param maxCompleteGroups the maximum number of groups of a query in mode {@code COMPLETE}
 */
public record LocalQuery(
    PreparedQuery prepared,
    QueryClock clock,
    int shards,
    JournalLimits limits,
    int callsAtOnce,
    int maxCompleteGroups) {
  private static final int INBOX_CAPACITY = 10_000;
  private static final int REMEMBERED_IDS = 100_000;

  /** Creates a query whose result may have any number of groups. */
  public LocalQuery(
      PreparedQuery prepared, QueryClock clock, int shards, JournalLimits limits, int callsAtOnce) {
    this(prepared, clock, shards, limits, callsAtOnce, Integer.MAX_VALUE);
  }

  /** Returns the number of shards of all operators. */
  public int allShards() {
    return shards * prepared.operators().size();
  }

  InboxLimits inboxLimits() {
    return new InboxLimits(INBOX_CAPACITY, REMEMBERED_IDS, limits);
  }

  Failures failures() {
    return Failures.of(true);
  }

  /** Returns the specification of a shard. */
  ShardSpec shard(int index, int[] variables) {
    int place = index / shards;
    GroupOperator<?, ?, ?, ?> operator = prepared.operators().get(place).numbered(variables);
    return new ShardSpec(
        prepared.name(),
        index,
        allShards(),
        operator,
        prepared.operatorNames().get(place),
        prepared.eventCodec(),
        key -> Failures.text(operator.keyCodec().read(key)),
        prepared.plan().errorPolicy(),
        limits,
        failures(),
        () -> callsAtOnce);
  }
}
