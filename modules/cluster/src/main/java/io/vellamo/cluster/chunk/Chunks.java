package io.vellamo.cluster.chunk;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The division of bytes into chunks that Pekko delivers in one message each. */
public final class Chunks {
  /** Half of what Pekko sends in a message, headers and paths of actors included. */
  public static final int SIZE = 128 * 1024;

  private Chunks() {}

  /** Returns the chunks of some bytes, at least one. */
  public static List<Chunk> of(byte[] bytes) {
    List<Chunk> chunks = new ArrayList<>();
    for (int from = 0; from == 0 || from < bytes.length; from += SIZE) {
      chunks.add(new Chunk(Arrays.copyOfRange(bytes, from, Math.min(from + SIZE, bytes.length))));
    }
    return chunks;
  }
}
