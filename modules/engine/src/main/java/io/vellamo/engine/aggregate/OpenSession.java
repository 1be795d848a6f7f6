package io.vellamo.engine.aggregate;

import org.jspecify.annotations.Nullable;

/** A session during a call. */
final class OpenSession {
  // Null for a session that is not stored.
  private final @Nullable Long storedAt;
  private final Object[] buffers;
  private long start;
  private long end;
  private boolean isChanged;

  OpenSession(@Nullable Long storedAt, long start, long end, Object[] buffers) {
    this.storedAt = storedAt;
    this.start = start;
    this.end = end;
    this.buffers = buffers;
    this.isChanged = storedAt == null;
  }

  /** Returns whether an interval, both ends inclusive, touches it. */
  boolean touches(long from, long to) {
    return from <= end && start <= to;
  }

  void extend(long from, long to) {
    start = Math.min(start, from);
    end = Math.max(end, to);
    isChanged = true;
  }

  @Nullable Long storedAt() {
    return storedAt;
  }

  long start() {
    return start;
  }

  long end() {
    return end;
  }

  Object[] buffers() {
    return buffers;
  }

  boolean isChanged() {
    return isChanged;
  }
}
