package io.vellamo.engine.local;

import io.vellamo.engine.journal.JournalRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Journals in memory, which keep all records.
 *
 * <p><b>Threading</b> Used by one thread at a time.
 */
public final class MemoryJournal implements LocalJournal {
  private final Map<String, List<JournalRecord>> logs = new TreeMap<>();
  private final Map<String, Long> marks = new TreeMap<>();

  /** Creates empty journals. */
  public MemoryJournal() {}

  @Override
  public long append(String log, long after, String writer, List<? extends JournalRecord> records) {
    List<JournalRecord> written = logs.computeIfAbsent(log, none -> new ArrayList<>());
    if (written.size() != after) {
      throw occupied(log, after, writer);
    }
    written.addAll(records);
    return written.size();
  }

  /** Returns the failure of a write whose place another writer has taken. */
  public static IllegalStateException occupied(String log, long after, String writer) {
    return new IllegalStateException(
        "record [%d] of [%s] must be written once, another writer than [%s] has written it"
            .formatted(after + 1, log, writer));
  }

  @Override
  public void mark(String log, long beginsAfter, long before) {
    marks.merge(log, beginsAfter, Math::max);
  }

  @Override
  public Recovery read(String log) {
    List<JournalRecord> all = logs.getOrDefault(log, List.of());
    int from = Math.toIntExact(marks.getOrDefault(log, 0L));
    return new Recovery(all.subList(from, all.size()), all.size());
  }
}
