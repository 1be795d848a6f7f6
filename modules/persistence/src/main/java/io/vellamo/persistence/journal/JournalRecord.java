package io.vellamo.persistence.journal;

import io.vellamo.api.group.GroupStateTimeout;
import io.vellamo.engine.epoch.EpochCommit;
import io.vellamo.engine.epoch.EpochPlan;
import io.vellamo.engine.epoch.QueryLedger;
import io.vellamo.engine.group.GroupEntry;
import io.vellamo.engine.group.GroupKey;
import io.vellamo.engine.group.StoredRow;
import io.vellamo.engine.shard.ShardChange;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Everything that Vellamo writes into a journal or snapshot store. {@link JournalSerializer} lays
 * each out in bytes; records that were written once are read for ever.
 */
public sealed interface JournalRecord {
  /** A record of a query's coordinator. */
  sealed interface QueryRecord extends JournalRecord {}

  /** A record of a shard. */
  sealed interface ShardRecord extends JournalRecord {}

  /**
   * A query was started for the first time.
   *
   * @param id its identity over all runs
   * @param shards the number of its shards, fixed for ever
   * @param operator the name of its stateful operator; empty if it has none
   * @param timeout the clock of the operator's timeouts, fixed for ever
   */
  record QueryCreated(UUID id, int shards, String operator, GroupStateTimeout timeout)
      implements QueryRecord {}

  /**
   * A query was started.
   *
   * @param incarnation how often it has been, this time included
   */
  record QueryResumed(long incarnation) implements QueryRecord {}

  /**
   * An epoch is about to run.
   *
   * @param plan the epoch
   */
  record EpochPlanned(EpochPlan plan) implements QueryRecord {}

  /**
   * An epoch's rows are at the sink.
   *
   * @param commit the end of the epoch
   */
  record EpochCommitted(EpochCommit commit) implements QueryRecord {}

  /**
   * A snapshot of a query.
   *
   * @param created how the query began
   * @param ledger what it remembers
   */
  record QuerySnapshot(QueryCreated created, QueryLedger ledger) implements QueryRecord {}

  /**
   * An epoch changed a shard.
   *
   * @param change the changes of all its groups
   */
  record ShardChanged(ShardChange change) implements ShardRecord {}

  /**
   * A snapshot of a shard.
   *
   * @param incarnation the newest run of the coordinator that the shard knew
   * @param lastEpoch the last epoch that changed the shard
   * @param lastRows the rows of that epoch
   * @param groups the groups
   */
  record ShardSnapshot(
      long incarnation, long lastEpoch, List<StoredRow> lastRows, Map<GroupKey, GroupEntry> groups)
      implements ShardRecord {
    /** Copies rows and groups: the shard goes on while the snapshot is written. */
    public ShardSnapshot {
      lastRows = List.copyOf(lastRows);
      groups = Map.copyOf(groups);
    }
  }
}
