package io.vellamo.engine.shard;

import io.vellamo.api.process.TimeDomain;
import io.vellamo.engine.group.GroupChange;
import io.vellamo.engine.group.Pieces;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The changes of one epoch in a shard: states, timeouts and rows of its groups, written atomically.
 *
 * @param incarnation the run of the query's coordinator that requested the epoch
 * @param epoch the epoch's number
 * @param groups the groups' changes, in the order in which their rows are emitted
 * @param expired the times until which entries of variables have expired, which are removed after
 *     the groups' changes; null if none has
 * @param size the approximate size in the journal
 */
public record ShardChange(
    long incarnation, long epoch, List<GroupChange> groups, @Nullable Expired expired, long size) {
  /** Creates changes and computes their size once, since it is read repeatedly. */
  public ShardChange(
      long incarnation, long epoch, List<GroupChange> groups, @Nullable Expired expired) {
    this(incarnation, epoch, groups, expired, sizeOf(groups));
  }

  /** Creates changes of an epoch in which no entry has expired. */
  public ShardChange(long incarnation, long epoch, List<GroupChange> groups) {
    this(incarnation, epoch, groups, null);
  }

  /**
   * The times until which entries of variables have expired.
   *
   * @param eventTimeMillis the time in event time
   * @param processingTimeMillis the time in processing time
   */
  public record Expired(long eventTimeMillis, long processingTimeMillis) {
    /** Returns the time of a clock. */
    public long millis(TimeDomain domain) {
      return domain == TimeDomain.EVENT_TIME ? eventTimeMillis : processingTimeMillis;
    }
  }

  private static long sizeOf(List<GroupChange> groups) {
    long size = 0;
    for (GroupChange group : groups) {
      size += group.size();
    }
    return size;
  }

  /**
   * Returns this change in parts, in order, which together are equivalent to it.
   *
   * @param maxSize the maximum size of a part, unless a single state or row is larger
   */
  public List<ShardChange> split(long maxSize) {
    if (size <= maxSize) {
      return List.of(this);
    }
    List<GroupChange> small = new ArrayList<>(groups.size());
    for (GroupChange group : groups) {
      small.addAll(group.split(maxSize));
    }
    List<ShardChange> parts = new ArrayList<>();
    List<List<GroupChange>> runs = Pieces.of(small, GroupChange::size, maxSize);
    for (List<GroupChange> some : runs) {
      Expired atTheEnd = parts.size() == runs.size() - 1 ? expired : null;
      parts.add(new ShardChange(incarnation, epoch, some, atTheEnd));
    }
    return parts;
  }
}
