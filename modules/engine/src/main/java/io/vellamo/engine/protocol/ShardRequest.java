package io.vellamo.engine.protocol;

import io.vellamo.api.source.OffsetRange;
import io.vellamo.engine.group.GroupKey;
import io.vellamo.engine.shard.ParkRequest;
import io.vellamo.engine.time.EpochTimes;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request to a shard. A network may lose it, or its reply, so it may arrive twice, late, and in
 * another order than others.
 */
public sealed interface ShardRequest {
  /** Returns what identifies the request, and its reply; null if it has no fence. */
  default @Nullable Fence fence() {
    return null;
  }

  /**
   * Request to report at the beginning of a run, or after the shard was started again, and to
   * ignore earlier runs from now on. The shard replies with {@link ShardReply.Opened} or {@link
   * ShardReply.Failed}.
   *
   * @param incarnation the run of the query
   * @param readStates whether to fail if a state can't be read, which takes reading all of them
   * @param layouts all layouts that states and keys of the query have ever had
   */
  record Open(long incarnation, boolean readStates, List<String> layouts) implements ShardRequest {
    /** Copies the layouts. */
    public Open {
      layouts = List.copyOf(layouts);
    }
  }

  /**
   * Request to run an epoch: to call each group with its events, fire due timers, write, and reply
   * with {@link ShardReply.Done} or {@link ShardReply.Failed}. If the shard holds the epoch
   * already, it replies from memory.
   *
   * <p>The whole result follows the write in pages: the shard replies with the first {@link
   * ShardReply.Page}, and goes on with each {@link NextPage}. It has one page in memory.
   *
   * <p>The epoch's events for the shard, an {@link EpochInput}, are sent with the request.
   *
   * @param fence identifies the request
   * @param times the epoch's clocks
   * @param ranges the ranges that the epoch reads
   * @param wholeResult whether the operator emits the whole result, and all of the shard's part of
   *     it is requested, not just what the epoch changes
   */
  record RunEpoch(Fence fence, EpochTimes times, List<OffsetRange> ranges, boolean wholeResult)
      implements ShardRequest {
    /** Checks the epoch and copies the ranges. */
    public RunEpoch {
      if (fence.epoch() != times.epoch()) {
        throw new IllegalArgumentException(
            "times must be those of epoch [%d], were of [%d]"
                .formatted(fence.epoch(), times.epoch()));
      }
      ranges = List.copyOf(ranges);
    }
  }

  /**
   * Request for the next page of the whole result that a {@link RunEpoch} has requested, or for its
   * end. The shard replies with {@link ShardReply.Page} or {@link ShardReply.Done}.
   *
   * @param fence that of the {@link RunEpoch}
   * @param number the number of the page
   */
  record NextPage(Fence fence, int number) implements ShardRequest {}

  /**
   * Request for the rows of the last epoch, which the query has committed, as the sink lacks them.
   * The shard replies with {@link ShardReply.Done}, without rows if it had no part in the epoch.
   *
   * @param fence identifies the request
   */
  record SendRows(Fence fence) implements ShardRequest {}

  /**
   * Request for the parked groups.
   *
   * @param fence identifies the request: the last planned epoch, and the request's number in place
   *     of an attempt
   */
  record ListParked(Fence fence) implements ShardRequest {}

  /**
   * Requests to parked groups. They are written in one write, while no epoch runs, and carried out
   * by the next epoch that is not planned yet. The shard is not asked to run that epoch before it
   * has answered them, so that it can tell requests that arrive again, perhaps at another
   * activation, when they have been carried out: those are ignored.
   *
   * @param fence identifies the requests: the last planned epoch, and their number in place of an
   *     attempt
   * @param requests the requests
   */
  record RequestParks(Fence fence, List<Requested> requests) implements ShardRequest {
    /** Copies the requests. */
    public RequestParks {
      requests = List.copyOf(requests);
    }

    /**
     * A request to a parked group.
     *
     * @param key the group
     * @param request the request
     */
    public record Requested(GroupKey key, ParkRequest request) {}
  }

  /**
   * Request for groups, as they are after the last epoch that the shard has written.
   *
   * @param fence identifies the request: the last planned epoch, and the request's number in place
   *     of an attempt
   * @param reads the parts of the request
   */
  record ReadGroups(Fence fence, List<Read> reads) implements ShardRequest {
    /** Copies the parts. */
    public ReadGroups {
      reads = List.copyOf(reads);
    }

    /** A part of a request for groups. */
    public sealed interface Read {}

    /**
     * Request for one group.
     *
     * @param key the group
     */
    public record Single(GroupKey key) implements Read {}

    /**
     * Request for the groups after a key, in the order of their keys.
     *
     * @param after the key; null for the first groups
     * @param limit the maximum number of groups, positive
     */
    public record Following(@Nullable GroupKey after, int limit) implements Read {}
  }

  /**
   * Request for a digest of what the shard keeps, to whichever activation it reaches.
   *
   * @param id identifies the request
   */
  record Digest(long id) implements ShardRequest {}
}
