package io.vellamo.engine.group;

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
    List<StoredRow> rows) {

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
      case STATE -> GroupEntry.of(state, timeoutMillis);
      case TIMEOUT_WITHOUT_STATE -> GroupEntry.of(null, timeoutMillis);
      case TIMEOUT -> GroupEntry.of(before.state(), timeoutMillis);
      case REMOVED -> GroupEntry.EMPTY;
    };
  }

  /** Returns whether there is nothing to remember. */
  public boolean isNothing() {
    return effect == Effect.NONE && rows.isEmpty();
  }
}
