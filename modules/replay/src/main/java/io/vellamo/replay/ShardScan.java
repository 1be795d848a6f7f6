package io.vellamo.replay;

import io.vellamo.engine.group.GroupChange;
import io.vellamo.engine.group.GroupInputs;
import io.vellamo.engine.group.GroupKey;
import io.vellamo.engine.journal.JournalEntry;
import io.vellamo.engine.journal.JournalRecord.DeadLettersRecorded;
import io.vellamo.engine.journal.JournalRecord.EpochRecord;
import io.vellamo.engine.journal.JournalRecord.InputsRecorded;
import io.vellamo.engine.journal.JournalRecord.ParkRequested;
import io.vellamo.engine.journal.JournalRecord.ParksChanged;
import io.vellamo.engine.journal.JournalRecord.ParksSnapshotPart;
import io.vellamo.engine.journal.JournalRecord.ShardChanged;
import io.vellamo.engine.journal.JournalRecord.ShardChangedPart;
import io.vellamo.engine.journal.JournalRecord.ShardOwned;
import io.vellamo.engine.journal.JournalRecord.ShardRecord;
import io.vellamo.engine.journal.JournalRecord.ShardSnapshotPart;
import io.vellamo.engine.journal.JournalRecord.SnapshotMark;
import io.vellamo.engine.shard.GroupDeadLetter;
import io.vellamo.engine.shard.ParkChange;
import io.vellamo.engine.shard.ParkRequest;
import io.vellamo.engine.shard.ShardChange;
import io.vellamo.engine.shard.ShardChange.Expired;
import io.vellamo.engine.shard.SnapshotPart;
import io.vellamo.persistence.journal.MissingRecordsException;
import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.persistence.typed.PersistenceId;
import org.jspecify.annotations.Nullable;

/**
 * A scan that assembles a shard's records into epochs: the records of an epoch count once its
 * closing record follows, and are discarded if another epoch, run or activation of the shard comes
 * first.
 *
 * <p><b>Cost</b> Holds one epoch.
 */
final class ShardScan {
  /** A visitor of a shard's history. */
  interface Visitor {
    /**
     * Handles a gap: records are missing between two others.
     *
     * @throws MissingRecordsException unless the visitor handles gaps
     */
    default void missing(MissingRecordsException gap) {
      throw gap;
    }

    /** Takes the entry of each record before the record is handled; does nothing by default. */
    default void entry(JournalEntry<ShardRecord> entry) {}

    /** Takes an epoch; returns whether to continue. */
    boolean epoch(RecordedEpoch epoch);

    /** Takes a part of a snapshot; returns whether to continue. */
    default boolean part(SnapshotPart part) {
      return true;
    }

    /** Takes a part of a snapshot with parked groups. */
    default void parkedPart(List<ParkChange> parks) {}

    /** Takes a request for a parked group. */
    default void requested(GroupKey key, ParkRequest request) {}

    /** Takes the beginning of an activation of the shard; does nothing by default. */
    default void owned(long owner, long incarnation) {}

    /** Takes the variables that an activation of the shard has dropped; does nothing by default. */
    default void dropped(List<Integer> variables) {}

    /** Takes an epoch that has no closing record. */
    default void abandoned(long incarnation, long epoch, long nextIncarnation) {}
  }

  private final String id;
  private final Visitor visitor;
  private final List<GroupChange> changes = new ArrayList<>();
  private final List<GroupInputs> inputs = new ArrayList<>();
  private final List<GroupDeadLetter> deadLetters = new ArrayList<>();
  private final List<ParkChange> parks = new ArrayList<>();

  // Sequence number of the preceding record; 0 if there is none.
  private long lastSequenceNr;
  // Run and epoch of the buffered records; 0 if there are none.
  private long incarnation;
  private long epoch;

  ShardScan(PersistenceId id, Visitor visitor) {
    this.id = id.id();
    this.visitor = visitor;
  }

  /** Takes an entry; returns whether to continue. */
  boolean accept(JournalEntry<ShardRecord> entry) {
    long sequenceNr = entry.sequenceNr();
    if (lastSequenceNr != 0 && sequenceNr > lastSequenceNr + 1) {
      visitor.missing(
          new MissingRecordsException(
              id, lastSequenceNr + 1, sequenceNr - 1, "[" + sequenceNr + "]"));
    }
    lastSequenceNr = sequenceNr;
    visitor.entry(entry);
    ShardRecord record = entry.record();
    if (record instanceof EpochRecord part) {
      hold(part);
      return add(part);
    }
    if (record instanceof ShardOwned owned) {
      forget();
      visitor.owned(owned.owner(), owned.incarnation());
      visitor.dropped(owned.dropped());
      return true;
    }
    if (record instanceof ParkRequested wanted) {
      visitor.requested(wanted.key(), wanted.request());
      return true;
    }
    if (record instanceof ParksSnapshotPart part) {
      visitor.parkedPart(part.parks());
      return true;
    }
    if (record instanceof ShardSnapshotPart part) {
      return visitor.part(part.part());
    }
    if (record instanceof SnapshotMark) {
      return true;
    }
    throw new AssertionError("unhandled " + record.getClass());
  }

  /** Returns the epoch without a closing record so far; 0 if there is none. */
  long openEpoch() {
    return epoch;
  }

  private void hold(EpochRecord part) {
    boolean isNext = incarnation == part.incarnation() && epoch == part.epoch() && part.part() != 0;
    if (epoch != 0 && !isNext) {
      visitor.abandoned(incarnation, epoch, part.incarnation());
      forget();
    }
    incarnation = part.incarnation();
    epoch = part.epoch();
  }

  private boolean add(EpochRecord part) {
    if (part instanceof InputsRecorded recorded) {
      inputs.addAll(recorded.inputs().groups());
    } else if (part instanceof DeadLettersRecorded recorded) {
      deadLetters.addAll(recorded.letters().letters());
    } else if (part instanceof ParksChanged changed) {
      parks.addAll(changed.parks().changes());
    } else if (part instanceof ShardChangedPart some) {
      changes.addAll(some.change().groups());
    } else if (part instanceof ShardChanged last) {
      changes.addAll(last.change().groups());
      return close(last.change().expired());
    } else {
      throw new AssertionError("unhandled " + part.getClass());
    }
    return true;
  }

  private boolean close(@Nullable Expired expired) {
    RecordedEpoch whole =
        new RecordedEpoch(
            new ShardChange(incarnation, epoch, List.copyOf(changes), expired),
            List.copyOf(inputs),
            List.copyOf(deadLetters),
            List.copyOf(parks));
    forget();
    return visitor.epoch(whole);
  }

  private void forget() {
    changes.clear();
    inputs.clear();
    deadLetters.clear();
    parks.clear();
    incarnation = 0;
    epoch = 0;
  }
}
