package io.vellamo.replay;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * A change of entries of a variable or of timers in an epoch.
 *
 * @param variable the name of the variable or of the timers
 * @param kind the kind of variable
 * @param effect the change
 * @param key the key of a map's entry, or the tag of a timer; null for other entries, for the timer
 *     without a tag, and if several entries changed
 * @param value the new value as JSON if the effect is {@link Effect#PUT}, else null
 * @param dueMillis the time at which the entry expires or expired or, as a timer, fires or was to
 *     fire, in milliseconds since 1970; null if there is none, and if several entries changed
 * @param entryCount the number of entries that changed
 * @since 0.1
 */
public record EntryChange(
    String variable,
    VariableView.Kind kind,
    Effect effect,
    @Nullable JsonNode key,
    @Nullable JsonNode value,
    @Nullable Long dueMillis,
    long entryCount) {
  /** A change of entries. */
  public enum Effect {
    /** A value was set, an element appended, or a map's entry put. */
    PUT,
    /**
     * A value or a map's entry was removed; a timer, if the journal no longer holds the clocks of
     * the epoch.
     */
    REMOVED,
    /** The first elements of a list were removed. */
    DROPPED,
    /** All entries were removed. */
    CLEARED,
    /** Entries were removed because their time to live had passed. */
    EXPIRED,
    /** A timer was set. */
    SET,
    /** A timer that was not due was removed. */
    CANCELLED,
    /**
     * A timer that was due was removed: it fired, or an earlier call of the epoch cancelled it,
     * which the journal does not tell apart.
     */
    FIRED
  }
}
