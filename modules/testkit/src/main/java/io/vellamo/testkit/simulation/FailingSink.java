package io.vellamo.testkit.simulation;

import io.vellamo.api.sink.RowId;
import io.vellamo.api.sink.RowSink;
import java.util.List;

/** A sink in memory whose writes can fail after some rows. */
interface FailingSink<U> extends RowSink<U> {
  /** A row that was written. */
  record Written<U>(long epoch, RowId id, U row) {}

  /** No failure. */
  int NEVER = -1;

  /** Lets writes fail after so many rows, or {@link #NEVER}. */
  void failAfter(int rows);

  /**
   * Lets the next calls fail as if the sink could not be reached.
   *
   * @param kept the number of rows that a failing write leaves nevertheless
   */
  void beginOutage(int calls, int kept);

  /** Lets the next calls of a part of the sink fail, if it has parts. */
  default void beginOutage(Dice dice, int calls, int kept) {
    beginOutage(calls, kept);
  }

  /** Lets all calls succeed again. */
  void endOutage();

  /** Returns the visible rows as they were written, in order. */
  List<Written<U>> written();

  /** Returns the rows at the sink, in the order of their epochs. */
  List<U> rows();
}
