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
 * <p>A plain class with a sentinel for no timeout instead of a record: a shard holds millions of
 * entries. Those with variables have a class of their own, so that no access to an entry reads the
 * header of its state: the shard's own accesses would load it from memory in vain.
 */
public sealed class GroupEntry permits VariablesEntry {
  /** The entry of a group that is not kept: neither state nor timeout. */
  public static final GroupEntry EMPTY = new GroupEntry(null, GroupEntry.NO_TIMEOUT, null);

  /** Bytes for lengths and timeout. */
  private static final int OVERHEAD = 10;

  /** A due time that denotes no timeout. */
  public static final long NO_TIMEOUT = Long.MIN_VALUE;

  private final byte @Nullable [] state;
  private final int stateSize;
  private final long timeoutMillis;
  private final @Nullable GroupKey key;
  private @Nullable Object hostHandle;
  private @Nullable GroupTimer timer;

  private GroupEntry(byte @Nullable [] state, long timeoutMillis, @Nullable GroupKey key) {
    this.state = state;
    this.stateSize = state == null ? 0 : state.length;
    this.timeoutMillis = timeoutMillis;
    this.key = key;
  }

  /** Creates an entry with neither state nor timeout. */
  GroupEntry(@Nullable GroupKey key) {
    this(null, NO_TIMEOUT, key);
  }

  /**
   * Returns an entry.
   *
   * @param state the serialized state, not copied; null if there is none
   * @param timeoutMillis the group's timeout; null if there is none
   */
  public static GroupEntry of(byte @Nullable [] state, @Nullable Long timeoutMillis) {
    return of(state, timeoutMillis, null);
  }

  /** Returns an entry that holds the shared instance of its key. */
  static GroupEntry of(
      byte @Nullable [] state, @Nullable Long timeoutMillis, @Nullable GroupKey key) {
    if (state == null && timeoutMillis == null) {
      return EMPTY;
    }
    return new GroupEntry(state, timeoutMillis == null ? NO_TIMEOUT : timeoutMillis, key);
  }

  /** Returns the entry of a group with variables. */
  public static GroupEntry of(VariablesView variables, @Nullable GroupKey key) {
    return new VariablesEntry(variables, key);
  }

  /** Returns an entry with the same state and timeout, without host handle and timer. */
  public GroupEntry copy(GroupKey group) {
    return of(state, timeoutMillis(), group);
  }

  /**
   * Returns this entry as the beginning of several calls, whose changes must not affect this one:
   * the calls may be repeated.
   */
  GroupEntry beforeCalls() {
    return this;
  }

  final @Nullable GroupKey key() {
    return key;
  }

  /**
   * Replaces the batch's key by the stored instance, if there is one, so that lookups compare
   * references.
   */
  public void shareKey(GroupBatch<?> batch) {
    if (key != null) {
      batch.shareKey(key);
    }
  }

  /**
   * Returns the host's handle of the live group; null if the group is not live. The handle is not
   * persisted. It is stored here because the caller of a group already has its entry, and a lookup
   * in a separate map took a tenth of all time.
   */
  public @Nullable Object hostHandle() {
    return hostHandle;
  }

  /**
   * Sets the handle of the live group; null if the group is no longer live. The entry must not be
   * empty.
   */
  public void hostHandle(@Nullable Object handle) {
    requireKept();
    hostHandle = handle;
  }

  /** Returns the group's timer in the shard's index; null if it has none. */
  public @Nullable GroupTimer timer() {
    return timer;
  }

  /** Sets the group's timer; null if it has none. The entry must not be empty. */
  public void timer(@Nullable GroupTimer newTimer) {
    requireKept();
    timer = newTimer;
  }

  /** Rejects the empty entry, which all groups that are not kept share. */
  private void requireKept() {
    if (isEmpty()) {
      throw new IllegalStateException("a group that is not kept has neither host handle nor timer");
    }
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
    return stateSize;
  }

  /** Returns the state or the variables; null if there is neither. */
  @Nullable Object content() {
    return state;
  }

  /** Returns the difference between {@link #size} and that of the group's previous entry. */
  public long growth(GroupEntry before, GroupKey ofKey) {
    // Usually both entries exist, and the key's size cancels out.
    return isEmpty() == before.isEmpty()
        ? stateSize - before.stateSize
        : size(ofKey) - before.size(ofKey);
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
