package io.vellamo.persistence.journal;

import io.vellamo.engine.journal.JournalRecord.SnapshotMark;
import org.apache.pekko.persistence.typed.SnapshotAdapter;

/**
 * An adapter for the marks in the snapshot store. Snapshots themselves are records in the journal;
 * a mark only says where recovery begins.
 *
 * <p><b>Threading</b> Used by the actor that recovers.
 *
 * @param sequence takes the place where recovery begins
 * @param empty the state before the first record
 * @param <S> the state of the actor
 */
public record SnapshotMarkAdapter<S>(RecordSequence sequence, S empty)
    implements SnapshotAdapter<S> {
  @Override
  public Object toJournal(S state) {
    throw new AssertionError("a mark is saved by SnapshotMarker, never the state itself");
  }

  @Override
  public S fromJournal(Object from) {
    sequence.beginAfter((SnapshotMark) from);
    return empty;
  }
}
