package io.vellamo.testkit.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The steps of a simulation in words, and a hash of all of them.
 *
 * <p><b>Threading</b> Used by one thread at a time.
 *
 * @since 0.1
 */
public final class Trace {
  private static final long FNV_OFFSET = 0xcbf29ce484222325L;
  private static final long FNV_PRIME = 0x100000001b3L;

  private final boolean keepsLines;
  private final List<String> lines = new ArrayList<>();
  private long hash = FNV_OFFSET;
  private int size;

  /**
   * Creates an empty trace.
   *
   * @param keepsLines whether lines are kept, not only hashed
   */
  public Trace(boolean keepsLines) {
    this.keepsLines = keepsLines;
  }

  /**
   * Adds a step.
   *
   * @param line the step in words
   */
  public void add(String line) {
    for (int i = 0; i < line.length(); i++) {
      hash = (hash ^ line.charAt(i)) * FNV_PRIME;
    }
    hash = (hash ^ '\n') * FNV_PRIME;
    size++;
    if (keepsLines) {
      lines.add(String.format(Locale.ROOT, "%5d  %s", size, line));
    }
  }

  /** Returns a hash of all lines. */
  public long hash() {
    return hash;
  }

  /** Returns the number of lines. */
  public int size() {
    return size;
  }

  /** Returns the lines; empty unless they are kept. */
  public List<String> lines() {
    return List.copyOf(lines);
  }
}
