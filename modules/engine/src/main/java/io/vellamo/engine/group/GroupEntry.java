package io.vellamo.engine.group;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of a group between epochs: its serialized state and its timeout.
 *
 * <p>A plain class with a named sentinel, since a shard holds millions.
 */
public final class GroupEntry {
  /** Neither state nor timeout: a group that is not kept. */
  public static final GroupEntry EMPTY = new GroupEntry(null, GroupEntry.NO_TIMEOUT, null);

  /** Lengths and timeout. */
  private static final int OVERHEAD = 10;

  private static final long NO_TIMEOUT = Long.MIN_VALUE;

  private final byte @Nullable [] state;
  private final int stateSize;
  private final long timeoutMillis;
  private final @Nullable GroupKey key;
  private @Nullable Object seat;
  private @Nullable GroupTimer timer;

  private GroupEntry(byte @Nullable [] state, long timeoutMillis, @Nullable GroupKey key) {
    this.state = state;
    this.stateSize = state == null ? 0 : state.length;
    this.timeoutMillis = timeoutMillis;
    this.key = key;
  }

  /**
   * Returns an entry.
   *
   * @param state the serialized state, not copied; null if there is none
   * @param timeoutMillis when the group times out; null if it does not
   */
  public static GroupEntry of(byte @Nullable [] state, @Nullable Long timeoutMillis) {
    return of(state, timeoutMillis, null);
  }

  /** Returns an entry that knows its key as others know it. */
  static GroupEntry of(
      byte @Nullable [] state, @Nullable Long timeoutMillis, @Nullable GroupKey key) {
    if (state == null && timeoutMillis == null) {
      return EMPTY;
    }
    return new GroupEntry(state, timeoutMillis == null ? NO_TIMEOUT : timeoutMillis, key);
  }

  /** Returns another entry that keeps the same, without seat and timer. */
  public GroupEntry copy(GroupKey group) {
    return of(state, timeoutMillis(), group);
  }

  /**
   * Lets a batch of this group have the very key that is kept, if it is known: whoever looks for
   * the group from then on finds it without comparing bytes.
   */
  public void shareKey(GroupBatch<?> batch) {
    if (key != null) {
      batch.shareKey(key);
    }
  }

  /**
   * Returns where the group is live, as its host noted it; null if it is not. No part of what is
   * kept: it is here since whoever calls a group has its entry at hand, and finding its seat in a
   * map of its own cost a tenth of all time.
   */
  public @Nullable Object seat() {
    return seat;
  }

  /** Notes where the group of a kept entry is live; null if it is no longer. */
  public void seat(@Nullable Object newSeat) {
    requireKept();
    seat = newSeat;
  }

  /** Returns the group's timer among those of its shard; null if it has none. */
  public @Nullable GroupTimer timer() {
    return timer;
  }

  /** Notes the timer of the group of a kept entry; null if it has none. */
  public void timer(@Nullable GroupTimer newTimer) {
    requireKept();
    timer = newTimer;
  }

  /** All groups that are not kept share one entry. */
  private void requireKept() {
    if (isEmpty()) {
      throw new IllegalStateException("a group that is not kept has neither seat nor timer");
    }
  }

  /** Returns the serialized state, or null if there is none; must not be changed. */
  public byte @Nullable [] state() {
    return state;
  }

  /** Returns when the group times out, or null if it does not. */
  public @Nullable Long timeoutMillis() {
    return timeoutMillis == NO_TIMEOUT ? null : timeoutMillis;
  }

  /** Returns roughly how large this and its key are in the journal; 0 if nothing is kept. */
  public long size(GroupKey key) {
    return isEmpty() ? 0 : (long) key.bytes().length + stateSize + OVERHEAD;
  }

  /** Returns by how much {@link #size} is more than that of the group's entry before. */
  public long growth(GroupEntry before, GroupKey ofKey) {
    // Most have both an entry before and one after, whose keys need not be looked at.
    return isEmpty() == before.isEmpty()
        ? stateSize - before.stateSize
        : size(ofKey) - before.size(ofKey);
  }

  /** Returns whether there is nothing to keep. */
  public boolean isEmpty() {
    return state == null && timeoutMillis == NO_TIMEOUT;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof GroupEntry that
        && timeoutMillis == that.timeoutMillis
        && Arrays.equals(state, that.state);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(state) + Long.hashCode(timeoutMillis);
  }

  @Override
  public String toString() {
    return "GroupEntry["
        + (state == null ? "no state" : state.length + " bytes")
        + ", timeout "
        + timeoutMillis()
        + "]";
  }
}
