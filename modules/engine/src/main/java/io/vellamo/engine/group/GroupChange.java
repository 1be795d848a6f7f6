package io.vellamo.engine.group;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one call of the user's function changed and emitted: an event of that group.
 *
 * @param key the group
 * @param effect what becomes of the group's entry
 * @param state the new state if {@code effect} is {@link Effect#STATE}, else null
 * @param timeoutMillis the timeout from now on, null for none
 * @param rows what the call emitted
 */
@SuppressWarnings("ArrayRecordComponent") // never compared; a wrapper costs an object a group
public record GroupChange(
    GroupKey key,
    Effect effect,
    byte @Nullable [] state,
    @Nullable Long timeoutMillis,
    List<StoredValue> rows) {

  /** Lengths, effect, timeout. */
  private static final int OVERHEAD = 10;

  /** What becomes of a group's entry. */
  public enum Effect {
    /** Nothing: neither state nor timeout changed. */
    NONE,
    /** A new state, and the timeout as given. */
    STATE,
    /** No state, but the timeout as given. */
    TIMEOUT_WITHOUT_STATE,
    /** The state as before, and the timeout as given. */
    TIMEOUT,
    /** The entry goes. */
    REMOVED
  }

  /** Returns the group's entry after this change. */
  public GroupEntry applyTo(GroupEntry before) {
    return switch (effect) {
      case NONE -> before;
      case STATE -> GroupEntry.of(state, timeoutMillis, key);
      case TIMEOUT_WITHOUT_STATE -> GroupEntry.of(null, timeoutMillis, key);
      case TIMEOUT -> GroupEntry.of(before.state(), timeoutMillis, key);
      case REMOVED -> GroupEntry.EMPTY;
    };
  }

  /** Returns this change and the group's next one as one; the rows of both, in order. */
  public GroupChange then(GroupChange next) {
    List<StoredValue> allRows = new ArrayList<>(rows);
    allRows.addAll(next.rows);
    return switch (next.effect) {
      case NONE -> new GroupChange(key, effect, state, timeoutMillis, allRows);
      case TIMEOUT -> {
        Effect both = effect == Effect.STATE ? Effect.STATE : Effect.TIMEOUT;
        yield new GroupChange(key, both, state, next.timeoutMillis, allRows);
      }
      case STATE, TIMEOUT_WITHOUT_STATE, REMOVED ->
          new GroupChange(key, next.effect, next.state, next.timeoutMillis, allRows);
    };
  }

  /** Returns roughly how large this is in the journal. */
  public long size() {
    long size = sizeWithoutRows();
    // Most changes have no rows; an iterator for each of them was a tenth of what was allocated.
    for (int i = 0; i < rows.size(); i++) {
      size += rows.get(i).size();
    }
    return size;
  }

  private long sizeWithoutRows() {
    return (long) key.bytes().length + (state == null ? 0 : state.length) + OVERHEAD;
  }

  /**
   * Returns this change in pieces of at most a size, as far as single rows and the state allow: the
   * rows one after the other, and what becomes of the entry with the last of them.
   */
  public List<GroupChange> split(long maxSize) {
    long room = maxSize - sizeWithoutRows();
    List<List<StoredValue>> runs = Pieces.of(rows, StoredValue::size, room);
    List<GroupChange> pieces = new ArrayList<>();
    for (List<StoredValue> run : runs.subList(0, runs.size() - 1)) {
      pieces.add(new GroupChange(key, Effect.NONE, null, null, run));
    }
    pieces.add(new GroupChange(key, effect, state, timeoutMillis, runs.get(runs.size() - 1)));
    return pieces;
  }

  /** Returns whether there is nothing to remember. */
  public boolean isNothing() {
    return effect == Effect.NONE && rows.isEmpty();
  }
}
