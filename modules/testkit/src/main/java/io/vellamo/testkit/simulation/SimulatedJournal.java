package io.vellamo.testkit.simulation;

import io.vellamo.engine.journal.JournalRecord;
import io.vellamo.engine.journal.JournalRecord.EpochRecord;
import io.vellamo.engine.journal.JournalRecord.ShardChanged;
import io.vellamo.engine.local.LocalJournal;
import io.vellamo.engine.local.MemoryJournal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The journals of a simulation. A record's place can be taken once; a write can be cut off by a
 * crash.
 *
 * <p><b>Threading</b> Used by one thread at a time.
 */
class SimulatedJournal implements LocalJournal {
  /**
   * A record in a log.
   *
   * @param record the record
   * @param writer who has written it
   */
  record Entry(JournalRecord record, String writer) {}

  private final Map<String, List<Entry>> logs = new TreeMap<>();
  private final Map<String, Long> marks = new TreeMap<>();
  // The last record of each log that may be deleted, and the last that is; the records themselves
  // are kept for checks.
  private final Map<String, Long> deletable = new TreeMap<>();
  private final Map<String, Long> deleted = new TreeMap<>();
  private int most = Integer.MAX_VALUE;

  /** Lets the next write be cut off after so many records. */
  void cutOff(int records) {
    most = records;
  }

  @Override
  public long append(String log, long after, String writer, List<? extends JournalRecord> records) {
    List<Entry> written = logs.computeIfAbsent(log, none -> new ArrayList<>());
    makeRoom(log, written, after, writer);
    int kept = Math.min(most, records.size());
    most = Integer.MAX_VALUE;
    records.subList(0, kept).forEach(record -> written.add(new Entry(record, writer)));
    return written.size();
  }

  /** Throws if the place of a write is taken. */
  void makeRoom(String log, List<Entry> written, long after, String writer) {
    if (written.size() != after) {
      throw MemoryJournal.occupied(log, after, writer);
    }
  }

  @Override
  public void mark(String log, long beginsAfter, long before) {
    marks.merge(log, beginsAfter, Math::max);
    deletable.merge(log, before, Math::max);
  }

  /** Returns whether there are records before the snapshot that precedes the mark. */
  boolean mayTruncate(String log) {
    return deletable(log) > deleted(log);
  }

  /** Returns the last record that may be deleted; 0 if there is none. */
  long deletable(String log) {
    return deletable.getOrDefault(log, 0L);
  }

  /** Deletes the records through a number: no recovery can read them any more. */
  void truncate(String log, long through) {
    deleted.merge(log, through, Math::max);
  }

  /** Returns the last deleted record; 0 if there is none. */
  long deleted(String log) {
    return deleted.getOrDefault(log, 0L);
  }

  @Override
  public Recovery read(String log) {
    if (deleted(log) > mark(log)) {
      throw new AssertionError(
          "a recovery of [%s] must find all records after [%d], those through [%d] are deleted"
              .formatted(log, mark(log), deleted(log)));
    }
    return readAfter(log, mark(log));
  }

  /** Reads a log after a record. */
  Recovery readAfter(String log, long beginsAfter) {
    List<Entry> all = entries(log);
    List<JournalRecord> records =
        all.subList(Math.toIntExact(beginsAfter), all.size()).stream().map(Entry::record).toList();
    return new Recovery(records, all.size());
  }

  /** Returns all records of a log, with their writers. */
  List<Entry> entries(String log) {
    return logs.getOrDefault(log, List.of());
  }

  /** Returns whether the last epoch in a log lacks its last part. */
  boolean endsWithinEpoch(String log) {
    List<Entry> all = entries(log);
    JournalRecord last = all.isEmpty() ? null : all.get(all.size() - 1).record();
    return last instanceof EpochRecord && !(last instanceof ShardChanged);
  }

  /** Returns the names of the logs. */
  List<String> names() {
    return List.copyOf(logs.keySet());
  }

  /** Returns the place where a recovery begins; 0 if it is the beginning. */
  long mark(String log) {
    return marks.getOrDefault(log, 0L);
  }
}
