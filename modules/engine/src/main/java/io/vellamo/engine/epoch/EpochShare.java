package io.vellamo.engine.epoch;

import io.vellamo.api.source.OffsetRange;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * The ranges of an epoch that one reader reads.
 *
 * @param plan the epoch
 * @param ranges the indexes of its ranges in the plan, in rising order; at least one
 */
public record EpochShare(EpochPlan plan, List<Integer> ranges) {
  /**
   * Copies the list.
   *
   * @throws IllegalArgumentException if there are no ranges, or they are not in order
   * @throws IndexOutOfBoundsException if the plan has no such range
   */
  public EpochShare {
    ranges = List.copyOf(ranges);
    if (ranges.isEmpty()) {
      throw new IllegalArgumentException(
          "ranges of epoch [%d] must not be empty; an epoch without data is not read"
              .formatted(plan.epoch()));
    }
    int before = -1;
    for (int range : ranges) {
      if (range <= before) {
        throw new IllegalArgumentException(
            "ranges of epoch [%d] must rise, were %s".formatted(plan.epoch(), ranges));
      }
      before = range;
    }
    Objects.checkIndex(before, plan.ranges().size());
  }

  /** Returns all ranges of an epoch, which must have at least one. */
  public static EpochShare whole(EpochPlan plan) {
    return new EpochShare(plan, IntStream.range(0, plan.ranges().size()).boxed().toList());
  }

  /** Returns the number of ranges. */
  public int size() {
    return ranges.size();
  }

  /** Returns the range at a place of this share. */
  public OffsetRange range(int place) {
    return plan.ranges().get(ranges.get(place));
  }
}
