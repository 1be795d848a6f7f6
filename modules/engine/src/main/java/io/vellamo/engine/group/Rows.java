package io.vellamo.engine.group;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A collector of the rows of a call. A row is serialized when it is emitted, and is passed on in
 * that form: the caller may modify the object afterwards, for instance to emit it again.
 *
 * @param <U> the rows
 */
public interface Rows<U> {
  /**
   * Emits a row.
   *
   * @throws NullPointerException if it is null
   */
  void emit(U row);

  /**
   * Emits a row with an event time.
   *
   * @param eventTime the time; null for a row that has none where others do
   */
  void emit(U row, @Nullable Instant eventTime);

  /**
   * Puts a row into the operator's whole result, which it emits in every epoch.
   *
   * @param place the number of the row among those of its group; a row that was put there before is
   *     replaced
   */
  void put(long place, U row);

  /** Removes a row of the group from the whole result; does nothing if there is none. */
  void remove(long place);
}
