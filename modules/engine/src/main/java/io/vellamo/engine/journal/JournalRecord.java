package io.vellamo.engine.journal;

import io.vellamo.api.group.GroupStateTimeout;
import io.vellamo.api.query.WatermarkPolicy;
import io.vellamo.engine.epoch.EpochCommit;
import io.vellamo.engine.epoch.EpochPlan;
import io.vellamo.engine.epoch.QueryLedger;
import io.vellamo.engine.group.GroupKey;
import io.vellamo.engine.journal.DefinitionRecord.VariablesDeclared;
import io.vellamo.engine.shard.ParkChange;
import io.vellamo.engine.shard.ParkRequest;
import io.vellamo.engine.shard.ShardChange;
import io.vellamo.engine.shard.ShardDeadLetters;
import io.vellamo.engine.shard.ShardInputs;
import io.vellamo.engine.shard.ShardParks;
import io.vellamo.engine.shard.SnapshotPart;
import io.vellamo.engine.variable.CreatedVariable;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** A record that Vellamo writes into a journal or snapshot store. */
public sealed interface JournalRecord
    permits JournalRecord.QueryRecord, JournalRecord.ShardRecord, InboxRecord {
  /** A record of a query's coordinator. */
  sealed interface QueryRecord extends JournalRecord
      permits QueryCreated,
          QueryResumed,
          EpochPlanned,
          EpochCommitted,
          QuerySnapshot,
          SnapshotMark,
          ReshardRecord,
          DefinitionRecord,
          SinkRecord {}

  /** A record of a shard. */
  sealed interface ShardRecord extends JournalRecord {}

  /**
   * A record of an epoch of a shard. The records of an epoch take effect together, with the {@link
   * ShardChanged} that is the last of them.
   */
  sealed interface EpochRecord extends ShardRecord {
    /** Returns the run of the query that requested the epoch. */
    long incarnation();

    /** Returns the epoch. */
    long epoch();

    /**
     * Returns the number of this record among those of the epoch, from 0. The record 0 voids all
     * records of the epoch before it.
     */
    int part();
  }

  /**
   * The first start of a query.
   *
   * @param id the query's identity across all runs
   * @param layout the shards of its operators; those in effect, if they have been changed since
   * @param operators all stateful operators it has ever had; an operator's number is its index in
   *     this list, and never changes
   * @param inputs the number of its sources, which never changes
   * @param policy the policy that combines its watermarks, which never changes
   */
  record QueryCreated(
      UUID id,
      ShardLayout layout,
      List<CreatedOperator> operators,
      int inputs,
      WatermarkPolicy policy)
      implements QueryRecord {
    /** Copies the operators. */
    public QueryCreated {
      operators = List.copyOf(operators);
    }

    /** Creates a query whose number of shards has not been changed. */
    public QueryCreated(
        UUID id, int shards, List<CreatedOperator> operators, int inputs, WatermarkPolicy policy) {
      this(id, ShardLayout.first(shards), operators, inputs, policy);
    }

    /** Returns the number of shards of each operator. */
    public int shards() {
      return layout.shards();
    }

    /** Returns this query with other shards. */
    public QueryCreated with(ShardLayout newLayout) {
      return new QueryCreated(id, newLayout, operators, inputs, policy);
    }

    /** Returns this query with further operators. */
    public QueryCreated with(List<CreatedOperator> added) {
      List<CreatedOperator> all = new ArrayList<>(operators);
      all.addAll(added);
      return new QueryCreated(id, layout, all, inputs, policy);
    }

    /** Returns this query with the variables that a start declared. */
    public QueryCreated with(VariablesDeclared declared) {
      List<CreatedOperator> all = new ArrayList<>(operators);
      all.set(declared.operator(), all.get(declared.operator()).with(declared.variables()));
      return new QueryCreated(id, layout, all, inputs, policy);
    }

    /** Returns the total number of shards of all operators. */
    public int allShards() {
      return shards() * operators.size();
    }

    /** Returns the operator of a shard; shards are numbered across all operators. */
    public CreatedOperator operatorOf(int shard) {
      return operators.get(operatorIndexOf(shard));
    }

    /** Returns the index, from 0, of the operator of a shard. */
    public int operatorIndexOf(int shard) {
      return shard / shards();
    }

    /**
     * Returns the shard of a key, numbered across all operators.
     *
     * @param operator the index of the operator, from 0
     * @param key a key of that operator
     */
    public int shardOf(int operator, GroupKey key) {
      return operator * shards() + key.shard(shards());
    }

    /**
     * Returns the shard that a key belongs to, among those of the operator in whose shard it was
     * found.
     *
     * @param shard the shard in which it was found, numbered across all operators
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
   * @param hasVariables whether its groups have variables and timers instead of a single state and
   *     timeout
   * @param variables the variables and timers that it has ever had; a variable's number is its
   *     index in this list, and never changes
   */
  record CreatedOperator(
      String name,
      GroupStateTimeout timeout,
      boolean hasVariables,
      List<CreatedVariable> variables) {
    /** Copies the variables. */
    public CreatedOperator {
      variables = List.copyOf(variables);
    }

    /** Creates an operator whose groups have a single state and timeout. */
    public CreatedOperator(String name, GroupStateTimeout timeout) {
      this(name, timeout, false, List.of());
    }

    /** Returns this operator with other variables. */
    public CreatedOperator with(List<CreatedVariable> newVariables) {
      return new CreatedOperator(name, timeout, hasVariables, newVariables);
    }
  }

  /**
   * A start of a query.
   *
   * @param incarnation the number of starts so far, including this one
   * @param stateShape the shape of its states; empty if it has none
   */
  record QueryResumed(long incarnation, String stateShape) implements QueryRecord {}

  /**
   * The plan of an epoch, written before the epoch runs.
   *
   * @param plan the epoch
   */
  record EpochPlanned(EpochPlan plan) implements QueryRecord {}

  /**
   * The commit of an epoch, whose rows are at the sink.
   *
   * @param commit the end of the epoch
   */
  record EpochCommitted(EpochCommit commit) implements QueryRecord {}

  /**
   * A snapshot of a query, which includes everything before it in the journal.
   *
   * @param created the first start of the query, with all operators added since
   * @param ledger its ledger at the snapshot
   * @param layouts all layouts that its states and keys have ever had
   * @param sinkRanges the ranges of shards at the sink; 0 if they were never divided
   * @param reshards the changes of the number of its shards
   */
  record QuerySnapshot(
      QueryCreated created,
      QueryLedger ledger,
      List<String> layouts,
      int sinkRanges,
      Reshards reshards)
      implements QueryRecord {
    /** Creates a snapshot of a query whose shards were never divided into ranges. */
    public QuerySnapshot(QueryCreated created, QueryLedger ledger, List<String> layouts) {
      this(created, ledger, layouts, 0, Reshards.NONE);
    }

    /** Copies the layouts. */
    public QuerySnapshot {
      layouts = List.copyOf(layouts);
    }
  }

  /**
   * The beginning of an activation of a shard, which takes the place of the next record of an
   * earlier activation. It is the first record that an activation writes, and voids the records of
   * an epoch that an earlier one did not complete.
   *
   * @param owner the number of activations so far, including this one
   * @param incarnation the run of the query that opened the shard
   * @param dropped the numbers of variables and timers of which groups have entries and which the
   *     operator no longer declares; the entries are forgotten
   */
  record ShardOwned(long owner, long incarnation, List<Integer> dropped) implements ShardRecord {
    /** Copies the list. */
    public ShardOwned {
      dropped = List.copyOf(dropped);
    }

    /** Creates a beginning without dropped variables. */
    public ShardOwned(long owner, long incarnation) {
      this(owner, incarnation, List.of());
    }
  }

  /**
   * The changes of an epoch to a shard, complete together with the preceding records of the same
   * epoch.
   *
   * @param part the number of this record, the last of the epoch
   * @param change the changes of all its groups, or the last of them
   */
  record ShardChanged(int part, ShardChange change) implements EpochRecord {
    /** Creates the only record of an epoch. */
    public ShardChanged(ShardChange change) {
      this(0, change);
    }

    @Override
    public long incarnation() {
      return change.incarnation();
    }

    @Override
    public long epoch() {
      return change.epoch();
    }
  }

  /**
   * A part of an epoch's changes that are too large for one record.
   *
   * @param part the number of this record
   * @param change some of the changes
   */
  record ShardChangedPart(int part, ShardChange change) implements EpochRecord {
    @Override
    public long incarnation() {
      return change.incarnation();
    }

    @Override
    public long epoch() {
      return change.epoch();
    }
  }

  /**
   * The events of an epoch, or some of them, if inputs are recorded.
   *
   * @param part the number of this record
   * @param inputs the events by group
   */
  record InputsRecorded(int part, ShardInputs inputs) implements EpochRecord {
    @Override
    public long incarnation() {
      return inputs.incarnation();
    }

    @Override
    public long epoch() {
      return inputs.epoch();
    }
  }

  /**
   * The dead letters of an epoch, or some of them.
   *
   * @param part the number of this record
   * @param letters the dead letters
   */
  record DeadLettersRecorded(int part, ShardDeadLetters letters) implements EpochRecord {
    @Override
    public long incarnation() {
      return letters.incarnation();
    }

    @Override
    public long epoch() {
      return letters.epoch();
    }
  }

  /**
   * The changes of an epoch to parked groups, or some of them.
   *
   * @param part the number of this record
   * @param parks the changes
   */
  record ParksChanged(int part, ShardParks parks) implements EpochRecord {
    @Override
    public long incarnation() {
      return parks.incarnation();
    }

    @Override
    public long epoch() {
      return parks.epoch();
    }
  }

  /**
   * A request for a parked group.
   *
   * @param key the group
   * @param request the request
   */
  record ParkRequested(GroupKey key, ParkRequest request) implements ShardRecord {}

  /**
   * A part of a shard's snapshot with parked groups. These parts precede the others.
   *
   * @param parks some of the parked groups, or some of their pending events
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
   * @param owner the activation that wrote it, as a recovery may begin after its {@link ShardOwned}
   * @param part some of the groups
   */
  record ShardSnapshotPart(long owner, SnapshotPart part) implements ShardRecord {}

  /**
   * The place where a recovery may begin: everything that it needs comes after that record. It is
   * in the snapshot store, and in a shard's journal after the last part of each snapshot.
   *
   * @param sequenceNr the record after which the recovery begins
   */
  record SnapshotMark(long sequenceNr) implements QueryRecord, ShardRecord, InboxRecord {}
}
