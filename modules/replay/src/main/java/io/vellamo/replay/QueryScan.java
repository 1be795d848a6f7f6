package io.vellamo.replay;

import io.vellamo.api.query.EventCounts;
import io.vellamo.engine.epoch.EpochCommit;
import io.vellamo.engine.epoch.EpochPlan;
import io.vellamo.engine.epoch.QueryLedger;
import io.vellamo.engine.journal.DefinitionRecord.LayoutsAdded;
import io.vellamo.engine.journal.DefinitionRecord.OperatorsAdded;
import io.vellamo.engine.journal.DefinitionRecord.VariablesDeclared;
import io.vellamo.engine.journal.JournalEntry;
import io.vellamo.engine.journal.JournalRecord.EpochCommitted;
import io.vellamo.engine.journal.JournalRecord.EpochPlanned;
import io.vellamo.engine.journal.JournalRecord.QueryCreated;
import io.vellamo.engine.journal.JournalRecord.QueryRecord;
import io.vellamo.engine.journal.JournalRecord.QueryResumed;
import io.vellamo.engine.journal.JournalRecord.QuerySnapshot;
import io.vellamo.engine.journal.JournalRecord.SnapshotMark;
import io.vellamo.engine.journal.ReshardRecord;
import io.vellamo.engine.journal.ShardLayout;
import io.vellamo.engine.journal.SinkRecord.SinkCommitted;
import io.vellamo.engine.journal.SinkRecord.SinkDivided;
import io.vellamo.engine.time.Watermark;
import io.vellamo.persistence.codec.RecordLayouts;
import io.vellamo.persistence.journal.MissingRecordsException;
import io.vellamo.persistence.journal.PersistenceIds;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A query's own history, from the first record in its journal. */
final class QueryScan {
  private final String name;
  private final Consumer<String> problems;
  private final long watched;
  private final EpochTable epochs = new EpochTable();
  private final RecordLayouts layouts = new RecordLayouts();
  private @Nullable QueryCreated created;
  private final Map<Long, Long> firstEpochs = new HashMap<>();
  private long runs;
  private long writer;
  private long planned;
  private long committed;
  private Watermark watermark = Watermark.NONE;
  private EventCounts total = EventCounts.NONE;
  private long sequenceNr;
  private @Nullable MissingRecordsException gap;
  private @Nullable EpochPlan watchedPlan;
  private @Nullable EpochCommit watchedCommit;

  /** Creates a scan that reports inconsistencies of the records. */
  QueryScan(String name, Consumer<String> problems) {
    this(name, problems, 0);
  }

  /**
   * Creates a scan that also keeps the records of an epoch.
   *
   * @param watched the epoch; 0 for none
   */
  QueryScan(String name, Consumer<String> problems, long watched) {
    this.name = name;
    this.problems = problems;
    this.watched = watched;
  }

  void accept(JournalEntry<QueryRecord> entry) {
    long nextSequenceNr = entry.sequenceNr();
    if (sequenceNr != 0 && nextSequenceNr != sequenceNr + 1) {
      gap =
          new MissingRecordsException(
              Objects.requireNonNull(PersistenceIds.query(name).id()),
              sequenceNr + 1,
              nextSequenceNr - 1,
              "[" + nextSequenceNr + "]");
      problems.accept(
          "records [%d] to [%d] of the query are missing"
              .formatted(sequenceNr + 1, nextSequenceNr - 1));
    }
    sequenceNr = nextSequenceNr;
    if (entry.writer() < writer) {
      problems.accept(
          "record [%d] is of run [%d] of the query and comes after run [%d]"
              .formatted(nextSequenceNr, entry.writer(), writer));
    }
    writer = Math.max(writer, entry.writer());
    QueryRecord record = entry.record();
    if (record instanceof QueryCreated first) {
      created = first;
    } else if (record instanceof OperatorsAdded added) {
      created = created().with(added.operators());
    } else if (record instanceof VariablesDeclared declared) {
      created = created().with(declared);
    } else if (record instanceof LayoutsAdded added) {
      layouts.add(added.layouts());
    } else if (record instanceof QueryResumed resumed) {
      runs = resumed.incarnation();
      firstEpochs.put(runs, committed + 1);
    } else if (record instanceof EpochPlanned next) {
      plan(next.plan());
    } else if (record instanceof EpochCommitted next) {
      commit(next.commit());
    } else if (record instanceof QuerySnapshot snapshot) {
      restore(snapshot);
    } else if (record instanceof ReshardRecord.Begun begun) {
      runs = begun.incarnation();
    } else if (record instanceof ReshardRecord.Ended ended) {
      created = created().with(ended.layout());
    } else if (!isIrrelevant(record)) {
      throw new AssertionError("unhandled " + record.getClass());
    }
  }

  private static boolean isIrrelevant(QueryRecord record) {
    return record instanceof SnapshotMark
        || record instanceof SinkDivided
        || record instanceof SinkCommitted
        || record instanceof ReshardRecord.Removed;
  }

  private void plan(EpochPlan plan) {
    if (planned != committed || plan.epoch() != committed + 1) {
      problems.accept(
          "epoch [%d] is planned after epoch [%d] was planned and [%d] committed"
              .formatted(plan.epoch(), planned, committed));
    }
    planned = plan.epoch();
    watch(plan);
    epochs.add(plan.times());
  }

  private void watch(EpochPlan plan) {
    if (plan.epoch() == watched) {
      watchedPlan = plan;
    }
  }

  private void commit(EpochCommit commit) {
    if (commit.epoch() == watched) {
      watchedCommit = commit;
    }
    if (commit.epoch() != planned || commit.epoch() != committed + 1) {
      problems.accept(
          "epoch [%d] is committed after epoch [%d] was planned and [%d] committed"
              .formatted(commit.epoch(), planned, committed));
    }
    committed = commit.epoch();
    watermark = commit.nextWatermark();
    total = total.plus(commit.events());
  }

  /**
   * Takes a snapshot, which replaces deleted records; if none were deleted, it adds nothing new.
   */
  private void restore(QuerySnapshot snapshot) {
    QueryLedger ledger = snapshot.ledger();
    if (created != null && ledger.committedEpoch() != committed) {
      problems.accept(
          "a snapshot of the query holds epoch [%d], the records before it end with [%d]"
              .formatted(ledger.committedEpoch(), committed));
    }
    EpochPlan plan = ledger.planned();
    if (plan != null && epochs.times(plan.epoch()) == null) {
      watch(plan);
      epochs.add(plan.times());
    }
    created = snapshot.created();
    layouts.add(snapshot.layouts());
    runs = ledger.incarnation();
    committed = ledger.committedEpoch();
    planned = plan == null ? committed : plan.epoch();
    watermark = ledger.nextWatermark();
    total = ledger.total();
  }

  /**
   * Checks that no record is missing between two others.
   *
   * @throws MissingRecordsException if one is
   */
  void requireWhole() {
    if (gap != null) {
      throw gap;
    }
  }

  /** Takes other shards for those in effect, to check them before they are. */
  void assume(ShardLayout layout) {
    created = created().with(layout);
  }

  /** Returns whether the journal holds the query. */
  boolean exists() {
    return created != null;
  }

  QueryCreated created() {
    return Objects.requireNonNull(created, "created");
  }

  /** Returns the layouts of its states and keys. */
  RecordLayouts layouts() {
    return layouts;
  }

  EpochTable epochs() {
    return epochs;
  }

  /** Returns what is known of the watched epoch. */
  EpochOutline watchedOutline() {
    return EpochOutline.of(watched, watchedPlan, watchedCommit);
  }

  /** Returns the first epoch of a run; 0 if the journal no longer has the start of the run. */
  long firstEpochOf(long incarnation) {
    return firstEpochs.getOrDefault(incarnation, 0L);
  }

  long planned() {
    return planned;
  }

  long committed() {
    return committed;
  }

  /** Returns whether the query has a known watermark after the last record. */
  boolean hasWatermark() {
    return watermark.isKnown();
  }

  QueryOverview overview() {
    QueryCreated first = created();
    return new QueryOverview(
        name,
        first.id(),
        first.shards(),
        first.operators().stream().map(QueryOverview.Operator::of).toList(),
        runs,
        epochs.first(),
        planned,
        committed,
        watermark.isKnown() ? watermark.toInstant() : null,
        total);
  }
}
