package io.vellamo.engine.group;

import io.vellamo.engine.variable.GroupVariables;
import io.vellamo.engine.variable.VariablesView;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The data of a group that is kept between epochs: its serialized state and its timeout, or its
 * variables and timers.
 *
 * <p>An entry with a state or timeout is a copy of what the shard keeps. That of a group with
 * variables is kept by the shard itself, and changes with them.
 */
public sealed class GroupEntry permits VariablesEntry {
  /** The entry of a group that is not kept: neither state nor timeout. */
  public static final GroupEntry EMPTY = new GroupEntry(null, GroupEntry.NO_TIMEOUT);

  /** Bytes for lengths and timeout. */
  private static final int OVERHEAD = 10;

  /** A due time that denotes no timeout. */
  public static final long NO_TIMEOUT = Long.MIN_VALUE;

  /** An epoch that denotes that the state's epoch is not known. */
  public static final long NO_EPOCH = -1;

  private final byte @Nullable [] state;
  private final long timeoutMillis;
  private final long stateEpoch;

  private GroupEntry(byte @Nullable [] state, long timeoutMillis, long stateEpoch) {
    this.state = state;
    this.timeoutMillis = timeoutMillis;
    this.stateEpoch = stateEpoch;
  }

  /** Creates an entry with neither state nor timeout. */
  GroupEntry() {
    this(null, NO_TIMEOUT);
  }

  private GroupEntry(byte @Nullable [] state, long timeoutMillis) {
    this(state, timeoutMillis, NO_EPOCH);
  }

  /**
   * Returns an entry.
   *
   * @param state the serialized state, not copied; null if there is none
   * @param timeoutMillis the group's timeout; null if there is none
   */
  public static GroupEntry of(byte @Nullable [] state, @Nullable Long timeoutMillis) {
    if (state == null && timeoutMillis == null) {
      return EMPTY;
    }
    return new GroupEntry(state, timeoutMillis == null ? NO_TIMEOUT : timeoutMillis);
  }

  /**
   * Returns the entry of a group that a shard keeps.
   *
   * @param state the serialized state, not copied; null if there is none
   * @param timeoutMillis the group's timeout; {@link #NO_TIMEOUT} if there is none
   * @param stateEpoch the epoch in which the state was written; {@link #NO_EPOCH} if not known
   */
  public static GroupEntry kept(byte @Nullable [] state, long timeoutMillis, long stateEpoch) {
    return new GroupEntry(state, timeoutMillis, stateEpoch);
  }

  /** Returns the entry of a group with variables. */
  public static GroupEntry of(VariablesView variables) {
    return new VariablesEntry(variables);
  }

  /**
   * Returns this entry as the beginning of several calls, whose changes must not affect this one:
   * the calls may be repeated.
   */
  GroupEntry beforeCalls() {
    return this;
  }

  /**
   * Returns the epoch in which the state was written; {@link #NO_EPOCH} if not known. A group has
   * the same state as in another entry of this shard with the same epoch.
   */
  public long stateEpoch() {
    return stateEpoch;
  }

  /** Returns the host's handle of a live group with variables; null if the group is not live. */
  public @Nullable Object hostHandle() {
    return null;
  }

  /** Sets the host's handle of a group with variables; null if the group is no longer live. */
  public void hostHandle(@Nullable Object handle) {
    throw new IllegalStateException("the entry of a group without variables is a copy");
  }

  /** Returns the serialized state, or null if there is none; must not be changed. */
  public byte @Nullable [] state() {
    return state;
  }

  /** Returns the variables; those of a group that is not kept if it has none. */
  public VariablesView variables() {
    return VariablesView.EMPTY;
  }

  /** Returns the variables that the shard keeps; null if the group has none. */
  public @Nullable GroupVariables keptVariables() {
    return null;
  }

  /** Returns the group's timeout, or null if there is none. */
  public @Nullable Long timeoutMillis() {
    return timeoutMillis == NO_TIMEOUT ? null : timeoutMillis;
  }

  /** Returns the group's timeout, or {@link #NO_TIMEOUT} if there is none; without an object. */
  public long dueMillis() {
    return timeoutMillis;
  }

  /** Returns the approximate size of this entry and its key in the journal; 0 if it is empty. */
  public long size(GroupKey key) {
    return isEmpty() ? 0 : contentSize() + sizeWithoutContent(key);
  }

  /** Returns the approximate size of a key, and of all of its entry but state and variables. */
  public static long sizeWithoutContent(GroupKey key) {
    return (long) key.bytes().length + OVERHEAD;
  }

  /** Returns the size of state or variables in the journal. */
  long contentSize() {
    return state == null ? 0 : state.length;
  }

  /** Returns the state or the variables; null if there is neither. */
  @Nullable Object content() {
    return state;
  }

  /** Returns whether there is neither state nor timeout, nor any variable with entries. */
  public boolean isEmpty() {
    return state == null && timeoutMillis == NO_TIMEOUT;
  }

  @Override
  public final boolean equals(Object other) {
    return other instanceof GroupEntry that
        && timeoutMillis == that.timeoutMillis
        && Objects.deepEquals(content(), that.content());
  }

  @Override
  public final int hashCode() {
    return 31 * Arrays.hashCode(state) + Long.hashCode(timeoutMillis);
  }

  @Override
  public final String toString() {
    return "GroupEntry["
        + (content() == null ? "no state" : contentSize() + " bytes")
        + ", timeout "
        + timeoutMillis()
        + "]";
  }
}
