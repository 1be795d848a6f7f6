package io.vellamo.persistence.journal;

import io.vellamo.api.group.GroupStateTimeout;
import io.vellamo.api.query.WatermarkPolicy;
import io.vellamo.engine.epoch.EpochCommit;
import io.vellamo.engine.epoch.EpochPlan;
import io.vellamo.engine.epoch.QueryLedger;
import io.vellamo.engine.group.GroupKey;
import io.vellamo.engine.group.StoredValue;
import io.vellamo.engine.shard.ParkChange;
import io.vellamo.engine.shard.ParkRequest;
import io.vellamo.engine.shard.ShardChange;
import io.vellamo.engine.shard.ShardDeadLetters;
import io.vellamo.engine.shard.ShardInputs;
import io.vellamo.engine.shard.ShardParks;
import io.vellamo.engine.shard.SnapshotPart;
import java.util.ArrayList;
import java.util.List;
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
   * @param shards the number of shards of each of its operators, fixed for ever
   * @param operators all stateful operators it has ever had; an operator's number is its place in
   *     this list, and never changes
   * @param inputs the number of its sources, fixed for ever
   * @param policy what its watermarks make together, fixed for ever
   */
  record QueryCreated(
      UUID id, int shards, List<CreatedOperator> operators, int inputs, WatermarkPolicy policy)
      implements QueryRecord {
    /** Copies the operators. */
    public QueryCreated {
      operators = List.copyOf(operators);
    }

    /** Returns this query with further operators. */
    public QueryCreated with(List<CreatedOperator> added) {
      List<CreatedOperator> all = new ArrayList<>(operators);
      all.addAll(added);
      return new QueryCreated(id, shards, all, inputs, policy);
    }

    /** Returns the number of the shards of all operators; they are counted through. */
    public int allShards() {
      return shards * operators.size();
    }

    /** Returns the operator of a shard, which is counted through all operators. */
    public CreatedOperator operatorOf(int shard) {
      return operators.get(operatorIndexOf(shard));
    }

    /** Returns the place, from 0, of the operator of a shard. */
    public int operatorIndexOf(int shard) {
      return shard / shards;
    }

    /**
     * Returns the shard of a key, counted through all operators.
     *
     * @param operator the place of the operator, from 0
     * @param key a key of that operator
     */
    public int shardOf(int operator, GroupKey key) {
      return operator * shards + key.shard(shards);
    }

    /**
     * Returns the shard in which a key that was found in some shard belongs: one of the same
     * operator.
     *
     * @param shard where it was found, counted through all operators
     * @param key the key
     */
    public int rightShardOf(int shard, GroupKey key) {
      return shardOf(operatorIndexOf(shard), key);
    }
  }

  /**
   * A stateful operator of a query.
   *
   * @param name its name, which no other operator of the query has
   * @param timeout the clock of its timeouts
   */
  record CreatedOperator(String name, GroupStateTimeout timeout) {}

  /**
   * A query was started with stateful operators that it did not have before.
   *
   * @param operators the new operators; their numbers follow those that are known
   */
  record OperatorsAdded(List<CreatedOperator> operators) implements QueryRecord {
    /** Copies the operators. */
    public OperatorsAdded {
      operators = List.copyOf(operators);
    }
  }

  /**
   * A query was started.
   *
   * @param incarnation how often it has been, this time included
   * @param stateShape how it reads states; empty if it has none, or was written before shapes were
   */
  record QueryResumed(long incarnation, String stateShape) implements QueryRecord {}

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
   * A snapshot of a query: everything before it in the journal is in it.
   *
   * @param created how the query began
   * @param ledger what it remembers
   */
  record QuerySnapshot(QueryCreated created, QueryLedger ledger) implements QueryRecord {}

  /**
   * An epoch changed a shard. Together with the {@link ShardChangedPart}s of the same epoch in
   * front of it, these are all the changes.
   *
   * @param change the changes of all its groups, or the last of them
   */
  record ShardChanged(ShardChange change) implements ShardRecord {}

  /**
   * A part of an epoch's changes that is too large for one record. It counts once the {@link
   * ShardChanged} of the same epoch and run follows.
   *
   * @param part some of the changes
   */
  record ShardChangedPart(ShardChange part) implements ShardRecord {}

  /**
   * The events of an epoch, or some of them, if inputs are recorded. They count once the {@link
   * ShardChanged} of the same epoch and run follows.
   *
   * @param inputs the events by group
   */
  record InputsRecorded(ShardInputs inputs) implements ShardRecord {}

  /**
   * The dead letters of an epoch, or some of them. They count once the {@link ShardChanged} of the
   * same epoch and run follows.
   *
   * @param letters the dead letters
   */
  record DeadLettersRecorded(ShardDeadLetters letters) implements ShardRecord {}

  /**
   * What an epoch did to parked groups, or some of it. It counts once the {@link ShardChanged} of
   * the same epoch and run follows.
   *
   * @param parks the changes
   */
  record ParksChanged(ShardParks parks) implements ShardRecord {}

  /**
   * Something is wanted of a parked group.
   *
   * @param key the group
   * @param request what is wanted
   */
  record ParkRequested(GroupKey key, ParkRequest request) implements ShardRecord {}

  /**
   * A part of a shard's snapshot: parked groups. They come in front of the other parts.
   *
   * @param parks some of the parked groups, or some of what waits
   */
  record ParksSnapshotPart(List<ParkChange> parks) implements ShardRecord {
    /** Copies the changes. */
    public ParksSnapshotPart {
      parks = List.copyOf(parks);
    }
  }

  /**
   * A part of a shard's snapshot.
   *
   * @param part some of the groups
   */
  record ShardSnapshotPart(SnapshotPart part) implements ShardRecord {}

  /**
   * The place where a recovery may begin: everything that it needs comes after that record. It is
   * in the snapshot store, and in a shard's journal after the last part of each snapshot.
   *
   * @param sequenceNr the record after which the recovery begins
   */
  record SnapshotMark(long sequenceNr) implements QueryRecord, ShardRecord {}

  /**
   * A snapshot of a shard in one piece, as it was written once. It is read only.
   *
   * @param incarnation the newest run of the coordinator that the shard knew
   * @param lastEpoch the last epoch that changed the shard
   * @param lastRows the rows of that epoch
   * @param groups the groups
   */
  record ShardSnapshot(
      long incarnation, long lastEpoch, List<StoredValue> lastRows, List<SnapshotPart.Group> groups)
      implements ShardRecord {
    /** Copies rows and groups. */
    public ShardSnapshot {
      lastRows = List.copyOf(lastRows);
      groups = List.copyOf(groups);
    }
  }
}
