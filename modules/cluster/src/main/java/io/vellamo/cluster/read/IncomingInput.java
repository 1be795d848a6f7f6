package io.vellamo.cluster.read;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The chunks that a shard has of one reader's input, and those it has asked for.
 *
 * <p><b>Threading</b> Used by one thread at a time.
 */
final class IncomingInput {
  /** Consecutive chunks. */
  record Run(int from, int count) {}

  /** The most chunks that are asked for and have not arrived. */
  static final int MOST_AHEAD = 4;

  private final long firstSilenceMillis;
  private final long longestSilenceMillis;
  // By number; empty until the first chunk tells how many there are.
  private @Nullable InputChunk[] chunks = {};
  private int arrived;
  // The number after the last chunk that was asked for.
  private int askedUntil;
  private long silenceMillis;
  private long askAgainAtMillis;

  IncomingInput(long firstSilenceMillis, long longestSilenceMillis) {
    this.firstSilenceMillis = firstSilenceMillis;
    this.longestSilenceMillis = longestSilenceMillis;
    this.silenceMillis = firstSilenceMillis;
  }

  /** Takes a chunk; returns whether it is new. */
  boolean take(InputChunk chunk, long nowMillis) {
    if (chunks.length == 0) {
      chunks = new InputChunk[chunk.count()];
      askedUntil = Math.min(askedUntil, chunk.count());
    }
    if (chunk.count() != chunks.length || chunks[chunk.number()] != null) {
      return false;
    }
    chunks[chunk.number()] = chunk;
    arrived++;
    silenceMillis = firstSilenceMillis;
    askAgainAtMillis = nowMillis + silenceMillis;
    return true;
  }

  boolean isComplete() {
    return arrived > 0 && arrived == chunks.length;
  }

  long askAgainAtMillis() {
    return askAgainAtMillis;
  }

  /** Returns what is to be asked for now, and takes it as asked for. */
  List<Run> asks(long nowMillis) {
    if (isComplete()) {
      return List.of();
    }
    if (askedUntil == 0) {
      askedUntil = MOST_AHEAD;
      askAgainAtMillis = nowMillis + silenceMillis;
      return List.of(new Run(0, MOST_AHEAD));
    }
    if (nowMillis >= askAgainAtMillis) {
      silenceMillis = Math.min(2 * silenceMillis, longestSilenceMillis);
      askAgainAtMillis = nowMillis + silenceMillis;
      return withMore(missing());
    }
    // In pairs, which needs half as many messages.
    return missing().stream().mapToInt(Run::count).sum() <= MOST_AHEAD / 2
        ? withMore(new ArrayList<>())
        : List.of();
  }

  /** Returns the chunks that were asked for and have not arrived. */
  private List<Run> missing() {
    List<Run> missing = new ArrayList<>();
    int number = 0;
    while (number < askedUntil) {
      int from = number;
      while (number < askedUntil && !hasArrived(number)) {
        number++;
      }
      if (number > from) {
        missing.add(new Run(from, number - from));
      }
      number++;
    }
    return missing;
  }

  private boolean hasArrived(int number) {
    return number < chunks.length && chunks[number] != null;
  }

  /** Adds the chunks that follow, as far as few enough are on their way. */
  private List<Run> withMore(List<Run> asks) {
    int ahead = missing().stream().mapToInt(Run::count).sum();
    int more = Math.min(MOST_AHEAD - ahead, chunks.length - askedUntil);
    if (more > 0) {
      asks.add(new Run(askedUntil, more));
      askedUntil += more;
    }
    return asks;
  }

  /** Returns the bytes of the input, which must be complete. */
  byte[] bytes() {
    int size = 0;
    for (InputChunk chunk : chunks) {
      size = Math.addExact(size, chunk == null ? 0 : chunk.bytes().length);
    }
    byte[] all = new byte[size];
    int end = 0;
    for (InputChunk chunk : chunks) {
      if (chunk != null) {
        System.arraycopy(chunk.bytes(), 0, all, end, chunk.bytes().length);
        end += chunk.bytes().length;
      }
    }
    return all;
  }
}
