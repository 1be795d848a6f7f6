package io.vellamo.testkit.simulation;

import io.vellamo.engine.epoch.EpochCommit;
import io.vellamo.engine.group.GroupChange;
import io.vellamo.engine.group.GroupChange.Effect;
import io.vellamo.engine.group.GroupKey;
import io.vellamo.engine.journal.JournalRecord;
import io.vellamo.engine.journal.JournalRecord.EpochCommitted;
import io.vellamo.engine.journal.JournalRecord.ShardChanged;
import io.vellamo.engine.journal.JournalRecord.ShardChangedPart;
import io.vellamo.engine.shard.ShardChange;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Faults planted into what is written to a journal, or read from it. */
final class JournalFaults {
  private JournalFaults() {}

  /** A journal that lets former owners write. */
  static final class WithoutFence implements PlantedFault {
    @Override
    public SimulatedJournal journal() {
      return new SimulatedJournal() {
        @Override
        void makeRoom(String log, List<Entry> written, long after, String writer) {}
      };
    }
  }

  /** A journal in which former owners overwrite what later ones have written. */
  static final class Overwriting implements PlantedFault {
    @Override
    public SimulatedJournal journal() {
      return new SimulatedJournal() {
        @Override
        void makeRoom(String log, List<Entry> written, long after, String writer) {
          written.subList(Math.toIntExact(Math.min(after, written.size())), written.size()).clear();
        }
      };
    }
  }

  /** Timeouts are not written. */
  static final class TimersNotWritten implements PlantedFault {
    @Override
    public SimulatedJournal journal() {
      return new SimulatedJournal() {
        @Override
        public long append(
            String log, long after, String writer, List<? extends JournalRecord> records) {
          List<JournalRecord> changed =
              records.stream().map(each -> changed(each, JournalFaults::withoutTimer)).toList();
          return super.append(log, after, writer, changed);
        }
      };
    }
  }

  /** A recovered shard does not know that a timeout has fired. */
  static final class DoubleFire implements PlantedFault {
    @Override
    public SimulatedJournal journal() {
      return new SimulatedJournal() {
        @Override
        public Recovery read(String log) {
          Recovery read = super.read(log);
          Map<GroupKey, Long> timers = new HashMap<>();
          List<JournalRecord> changed =
              read.records().stream()
                  .map(each -> changed(each, group -> withFormerTimer(group, timers)))
                  .toList();
          return new Recovery(changed, read.lastSequenceNr());
        }
      };
    }
  }

  /** A recovered shard does not know the rows of its last epoch. */
  static final class RowsForgotten implements PlantedFault {
    @Override
    public SimulatedJournal journal() {
      return new ChangedRecovery(each -> changed(each, JournalFaults::withoutRows));
    }
  }

  /** A recovered query does not know the watermarks of its streams, only their combination. */
  static final class StreamWatermarksForgotten implements PlantedFault {
    @Override
    public SimulatedJournal journal() {
      return new ChangedRecovery(StreamWatermarksForgotten::withoutInputs);
    }

    private static JournalRecord withoutInputs(JournalRecord record) {
      if (!(record instanceof EpochCommitted committed)) {
        return record;
      }
      EpochCommit commit = committed.commit();
      return new EpochCommitted(
          new EpochCommit(commit.epoch(), commit.nextWatermark(), commit.events()));
    }
  }

  /** A truncation deletes the first record that a recovery from the mark needs. */
  static final class TruncatedBeyondMark implements PlantedFault {
    @Override
    public SimulatedJournal journal() {
      return new SimulatedJournal() {
        @Override
        void truncate(String log, long through) {
          super.truncate(log, mark(log) + 1);
        }
      };
    }
  }

  private static JournalRecord changed(JournalRecord record, UnaryOperator<GroupChange> change) {
    if (record instanceof ShardChanged changed) {
      return new ShardChanged(changed.part(), changed(changed.change(), change));
    }
    return record instanceof ShardChangedPart part
        ? new ShardChangedPart(part.part(), changed(part.change(), change))
        : record;
  }

  private static ShardChange changed(ShardChange of, UnaryOperator<GroupChange> change) {
    return new ShardChange(of.incarnation(), of.epoch(), of.groups().stream().map(change).toList());
  }

  private static GroupChange withoutTimer(GroupChange change) {
    return switch (change.effect()) {
      case NONE, REMOVED, VARIABLES -> change;
      case STATE, TIMEOUT ->
          new GroupChange(change.key(), change.effect(), change.state(), null, change.rows());
      case TIMEOUT_WITHOUT_STATE ->
          new GroupChange(change.key(), Effect.REMOVED, null, null, change.rows());
    };
  }

  private static GroupChange withFormerTimer(GroupChange change, Map<GroupKey, Long> timers) {
    Long timer = change.timeoutMillis();
    Long former = timers.get(change.key());
    if (timer != null) {
      timers.put(change.key(), timer);
      return change;
    }
    if (former == null || change.effect() == Effect.NONE) {
      return change;
    }
    Effect effect =
        change.effect() == Effect.REMOVED ? Effect.TIMEOUT_WITHOUT_STATE : change.effect();
    return new GroupChange(change.key(), effect, change.state(), former, change.rows());
  }

  private static GroupChange withoutRows(GroupChange change) {
    return new GroupChange(
        change.key(), change.effect(), change.state(), change.timeoutMillis(), List.of());
  }
}
