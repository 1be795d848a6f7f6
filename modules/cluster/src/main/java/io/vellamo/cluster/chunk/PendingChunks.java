package io.vellamo.cluster.chunk;

import java.io.ByteArrayOutputStream;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Bytes whose chunks are requested one window after the other, and may arrive in any order, twice,
 * or not at all.
 *
 * <p><b>Threading</b> Used by one thread.
 */
public final class PendingChunks {
  /** The most chunks that are requested at a time. */
  public static final int WINDOW = 4;

  private static final long SILENCE_MILLIS = 500;

  private final @Nullable Chunk[] chunks;
  private int firstMissing;
  private int requestedUntil;
  private long requestedMillis;

  /** Expects a number of chunks, at least one. */
  public PendingChunks(int count) {
    chunks = new Chunk[count];
  }

  /** Takes a chunk; ignores one that is here already. */
  public void take(int number, Chunk chunk) {
    Objects.checkIndex(number, chunks.length);
    if (chunks[number] == null) {
      chunks[number] = chunk;
    }
    while (firstMissing < chunks.length && chunks[firstMissing] != null) {
      firstMissing++;
    }
  }

  /** Returns whether all chunks have arrived. */
  public boolean isComplete() {
    return firstMissing == chunks.length;
  }

  /**
   * Returns the first chunk of a window to be requested now, or -1: a window is requested once the
   * one before is complete, and again if nothing completes it for half a second.
   */
  public int toRequest(long nowMillis) {
    boolean isSilent = nowMillis - requestedMillis >= SILENCE_MILLIS;
    if (isComplete() || (firstMissing < requestedUntil && !isSilent)) {
      return -1;
    }
    requestedUntil = firstMissing + WINDOW;
    requestedMillis = nowMillis;
    return firstMissing;
  }

  /** Returns the bytes; all chunks must have arrived. */
  public byte[] bytes() {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (Chunk chunk : chunks) {
      all.writeBytes(Objects.requireNonNull(chunk, "chunk").bytes());
    }
    return all.toByteArray();
  }
}
