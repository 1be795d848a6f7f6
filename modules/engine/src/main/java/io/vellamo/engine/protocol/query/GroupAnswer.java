package io.vellamo.engine.protocol.query;

import io.vellamo.engine.shard.GroupContent;
import io.vellamo.engine.time.EpochTimes;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a request for groups.
 *
 * @param groups the groups, in order
 * @param next the position after them; null if no groups follow
 */
public record GroupAnswer(List<Committed> groups, @Nullable GroupPosition next) {
  /** Copies the groups. */
  public GroupAnswer {
    groups = List.copyOf(groups);
  }

  /**
   * A group as of a committed epoch.
   *
   * @param times the clocks of the epoch, by which entries have expired
   * @param content the group
   */
  public record Committed(EpochTimes times, GroupContent content) {}
}
