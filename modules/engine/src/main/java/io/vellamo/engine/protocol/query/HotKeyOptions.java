package io.vellamo.engine.protocol.query;

import io.vellamo.engine.group.KeyCodec;
import java.util.List;

/**
 * The options of the reports of groups with large shares of events and time.
 *
 * @param count the number of groups that are reported for each operator; 0 for none
 * @param keys the codec of each operator's keys, by its index
 */
public record HotKeyOptions(int count, List<KeyCodec> keys) {
  /** No reports. */
  public static final HotKeyOptions NONE = new HotKeyOptions(0, List.of());

  /** The number of groups that a sketch holds for each reported one. */
  private static final int CAPACITY_OF_A_KEY = 10;

  /** Copies the codecs. */
  public HotKeyOptions {
    keys = List.copyOf(keys);
  }

  /**
   * Returns the most groups of a sketch, which is also the number of parts of a shard's or an
   * epoch's work of which a group has to have more than one to be added to the sketch.
   *
   * @param count the number of groups that are reported for each operator
   */
  public static int capacity(int count) {
    return count * CAPACITY_OF_A_KEY;
  }
}
