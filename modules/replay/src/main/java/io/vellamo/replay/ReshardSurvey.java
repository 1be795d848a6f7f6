package io.vellamo.replay;

import io.vellamo.engine.group.GroupKey;
import io.vellamo.engine.journal.JournalRecord.QueryCreated;
import io.vellamo.engine.shard.ShardLedger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.LongStream;

/**
 * A survey of all groups of a query: how many there are, and how they fall to shards of another
 * number.
 *
 * <p><b>Threading</b> Used by one thread at a time.
 */
final class ReshardSurvey {
  private final QueryCreated query;
  private final QueryCreated target;
  private final long epoch;
  private final List<OperatorSum> sums;
  private final long[] ofTarget;
  private long bytes;
  private boolean hasRows;

  /**
   * Creates a survey.
   *
   * @param query the query with the shards that are surveyed
   * @param target the query with other shards
   * @param epoch the last committed epoch
   */
  ReshardSurvey(QueryCreated query, QueryCreated target, long epoch) {
    this.query = query;
    this.target = target;
    this.epoch = epoch;
    this.sums = new ArrayList<>(Collections.nCopies(query.operators().size(), OperatorSum.NONE));
    this.ofTarget = new long[target.allShards()];
  }

  /** Takes a shard. */
  void take(int shard, ShardLedger ledger) {
    int operator = query.operatorIndexOf(shard);
    sums.set(operator, sums.get(operator).plus(ledger));
    bytes += ledger.bytes();
    hasRows |= ledger.lastEpoch() == epoch && !ledger.lastRows().isEmpty();
    for (GroupKey key : ledger.groups().keySet()) {
      ofTarget[target.shardOf(operator, key)]++;
    }
  }

  /** Returns the digests of the operators, in order. */
  List<OperatorSum> sums() {
    return List.copyOf(sums);
  }

  /** Returns whether the last committed epoch has rows. */
  boolean hasRows() {
    return hasRows;
  }

  ReshardReport report(String name, ReshardReport.Outcome outcome, int removedJournals) {
    return new ReshardReport(
        name,
        outcome,
        query.shards(),
        target.shards(),
        epoch,
        sums.stream().mapToLong(OperatorSum::groups).sum(),
        sums.stream().mapToLong(OperatorSum::parked).sum(),
        bytes,
        LongStream.of(ofTarget).min().orElse(0),
        LongStream.of(ofTarget).max().orElse(0),
        removedJournals);
  }
}
