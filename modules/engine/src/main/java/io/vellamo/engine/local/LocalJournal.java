package io.vellamo.engine.local;

import io.vellamo.engine.journal.JournalRecord;
import java.util.List;

/**
 * The journals of a query, its shards and its inboxes, and the places where their recoveries begin.
 * Each log has a name; its records are numbered from 1.
 */
public interface LocalJournal {
  /**
   * Appends records atomically.
   *
   * @param log the log
   * @param after the number of the last record, as far as the writer knows
   * @param writer who writes, for messages and checks
   * @param records the records
   * @return the number of the last of them
   * @throws Exception if the place after that record is occupied, or the log can't be written
   */
  long append(String log, long after, String writer, List<? extends JournalRecord> records)
      throws Exception;

  /**
   * Stores the place where a recovery may begin. An earlier place does not replace a later one.
   *
   * @param log the log
   * @param beginsAfter the number of the record after which it may begin
   * @param before the number of the record after which it could begin so far, up to which records
   *     may be deleted; 0 if none may be
   */
  void mark(String log, long beginsAfter, long before) throws Exception;

  /** Returns the records of a log from which its writer can be recovered. */
  Recovery read(String log) throws Exception;

  /**
   * What a recovery reads.
   *
   * @param records the records after the mark, or all
   * @param lastSequenceNr the number of the last record in the log; 0 if there is none
   */
  record Recovery(List<JournalRecord> records, long lastSequenceNr) {
    /** Copies the records. */
    public Recovery {
      records = List.copyOf(records);
    }
  }
}
