package io.vellamo.engine.protocol;

import java.util.List;

/**
 * The effort of a shard for an epoch.
 *
 * @param calls the number of calls of the function
 * @param callNanos the elapsed time of its rounds of calls
 * @param functionNanos the time in the function, added up over all calls
 * @param persistNanos the elapsed time until the journal held the changes
 * @param journalBytes the approximate size of the changes in the journal
 * @param hot the groups with large shares of the events or of the function's time
 */
public record ShardWork(
    long calls,
    long callNanos,
    long functionNanos,
    long persistNanos,
    long journalBytes,
    List<HotGroup> hot) {
  /** No effort: the shard held the epoch already. */
  public static final ShardWork NONE = new ShardWork(0, 0, 0, 0, 0, List.of());

  /** Copies the groups. */
  public ShardWork {
    hot = List.copyOf(hot);
  }
}
