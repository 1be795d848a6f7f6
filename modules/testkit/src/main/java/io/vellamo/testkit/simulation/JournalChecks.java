package io.vellamo.testkit.simulation;

import io.vellamo.api.group.GroupStateTimeout;
import io.vellamo.engine.journal.DefinitionRecord.LayoutsAdded;
import io.vellamo.engine.journal.DefinitionRecord.OperatorsAdded;
import io.vellamo.engine.journal.JournalRecord;
import io.vellamo.engine.journal.JournalRecord.QueryCreated;
import io.vellamo.engine.journal.JournalRecord.QueryRecord;
import io.vellamo.engine.journal.JournalRecord.QueryResumed;
import io.vellamo.engine.journal.JournalRecord.ShardOwned;
import io.vellamo.engine.journal.JournalRecord.ShardRecord;
import io.vellamo.engine.journal.JournalRecord.SnapshotMark;
import io.vellamo.engine.journal.QueryState;
import io.vellamo.engine.journal.ShardRecovery;
import io.vellamo.engine.journal.SinkRecord.SinkDivided;
import io.vellamo.engine.local.LocalQuery;
import io.vellamo.engine.local.LocalRun;
import io.vellamo.engine.local.LocalShard;
import io.vellamo.engine.shard.ShardDigest;
import io.vellamo.engine.shard.ShardLedger;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/** What must hold of the journals of any query. */
final class JournalChecks {
  private final SimulatedJournal journal;
  private final LocalQuery query;

  JournalChecks(SimulatedJournal journal, LocalQuery query) {
    this.journal = journal;
    this.query = query;
  }

  /** Checks the journals, and that the shards of a simulation's newest run hold the same. */
  void check(Simulation finished) {
    check();
    SimulatedRun newest = finished.newest();
    if (newest != null && !newest.isEnded()) {
      for (LocalShard shard : newest.shards()) {
        checkMemory(shard.log(), ShardDigest.of(shard.ledger()));
      }
    }
  }

  /** Checks the journals. */
  void check() {
    for (String log : journal.names()) {
      checkWriters(log);
      if (!log.equals(LocalRun.QUERY_LOG)) {
        checkRecovery(log);
      }
    }
    checkQueryRecovery();
  }

  /** Checks that what a shard holds is what a recovery from its whole log gives. */
  void checkMemory(String log, ShardDigest held) {
    same("the memory of [" + log + "]", held, ShardDigest.of(recover(query, journal, log, 0)));
  }

  /**
   * Checks that the records after a claim are of the writer of the claim, and that no shard is
   * claimed for a run that another one has replaced.
   */
  private void checkWriters(String log) {
    String owner = null;
    long number = 0;
    long incarnation = 0;
    for (SimulatedJournal.Entry entry : journal.entries(log)) {
      JournalRecord record = entry.record();
      if (record instanceof QueryResumed || record instanceof ShardOwned) {
        long next =
            record instanceof QueryResumed resumed
                ? resumed.incarnation()
                : ((ShardOwned) record).owner();
        requireHigher(log, number, next);
        number = next;
        owner = entry.writer();
        if (record instanceof ShardOwned owned) {
          requireNotReplaced(log, incarnation, owned.incarnation());
          incarnation = owned.incarnation();
        }
      } else if (!precedesClaim(record) && !entry.writer().equals(owner)) {
        throw new AssertionError(
            "record [%s] in [%s] must be written by [%s], was written by [%s]"
                .formatted(record.getClass().getSimpleName(), log, owner, entry.writer()));
      }
    }
  }

  /** Returns whether a run writes a record before the one that claims the journal for it. */
  private static boolean precedesClaim(JournalRecord record) {
    return record instanceof QueryCreated
        || record instanceof OperatorsAdded
        || record instanceof LayoutsAdded
        || record instanceof SinkDivided;
  }

  private static void requireHigher(String log, long before, long next) {
    if (next <= before) {
      throw new AssertionError(
          "each claim in [%s] must have a higher number, [%d] follows [%d]"
              .formatted(log, next, before));
    }
  }

  private static void requireNotReplaced(String log, long before, long next) {
    if (next < before) {
      throw new AssertionError(
          "[%s] must not be claimed for run [%d], as it belonged to run [%d]"
              .formatted(log, next, before));
    }
  }

  /** Checks recoveries from the newest mark, and from the others before which nothing is needed. */
  private void checkRecovery(String log) {
    ShardDigest whole = ShardDigest.of(recover(query, journal, log, 0));
    Set<Long> marks = new TreeSet<>();
    marks.add(journal.mark(log));
    for (SimulatedJournal.Entry entry : journal.entries(log)) {
      if (entry.record() instanceof SnapshotMark mark
          && mark.sequenceNr() >= journal.deleted(log)) {
        marks.add(mark.sequenceNr());
      }
    }
    for (long mark : marks) {
      same(
          "a recovery of [%s] from record [%d]".formatted(log, mark),
          ShardDigest.of(recover(query, journal, log, mark)),
          whole);
    }
  }

  private static void same(String what, ShardDigest found, ShardDigest expected) {
    if (!found.equals(expected)) {
      throw new AssertionError(
          "%s must be the result of the whole journal [%s], is [%s]"
              .formatted(what, expected, found));
    }
  }

  private void checkQueryRecovery() {
    String log = LocalRun.QUERY_LOG;
    QueryState whole = recoverQuery(journal);
    QueryState part = recoverQuery(journal.readAfter(log, journal.mark(log)).records());
    if (!Objects.equals(whole.ledger(), part.ledger())) {
      throw new AssertionError(
          "a recovery of the query from record [%d] must be the result of the whole journal"
              .formatted(journal.mark(log)));
    }
  }

  /** Returns the query as a recovery from its whole log gives it. */
  static QueryState recoverQuery(SimulatedJournal journal) {
    return recoverQuery(journal.readAfter(LocalRun.QUERY_LOG, 0).records());
  }

  private static QueryState recoverQuery(List<JournalRecord> records) {
    QueryState state = QueryState.EMPTY;
    for (JournalRecord record : records) {
      state = state.after((QueryRecord) record);
    }
    return state;
  }

  /** Returns a shard as a recovery after a record gives it. */
  static ShardLedger recover(
      LocalQuery query, SimulatedJournal journal, String log, long beginsAfter) {
    int shard = Integer.parseInt(log.substring(log.indexOf('-') + 1));
    GroupStateTimeout timeout = query.prepared().operators().get(shard / query.shards()).timeout();
    ShardLedger ledger = new ShardLedger(timeout);
    for (JournalRecord record : journal.readAfter(log, beginsAfter).records()) {
      ShardRecovery.apply((ShardRecord) record, ledger);
    }
    ledger.recovered();
    return ledger;
  }
}
