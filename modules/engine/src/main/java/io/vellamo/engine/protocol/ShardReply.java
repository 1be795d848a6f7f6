package io.vellamo.engine.protocol;

import io.vellamo.api.query.ParkedGroup;
import io.vellamo.engine.shard.GroupContent;
import io.vellamo.engine.shard.NextDue;
import io.vellamo.engine.shard.ShardDigest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A reply of a shard. */
public sealed interface ShardReply {
  /** Returns the shard's number among all shards of the query. */
  int shard();

  /** Returns the fence of the request that is answered; null if it has none. */
  default @Nullable Fence fence() {
    return null;
  }

  /**
   * Reply that the shard has recovered and that this activation owns its journal.
   *
   * @param shard the shard
   * @param incarnation the run of the query that it belongs to
   * @param owner the activation of the shard
   * @param due when something is due
   * @param size how much it keeps
   */
  record Opened(int shard, long incarnation, long owner, NextDue due, ShardSize size)
      implements ShardReply {}

  /**
   * Reply with a page of the shard's part of the whole result; the shard holds the epoch durably.
   * An {@link EpochOutput} with the rows of the page is sent with it.
   *
   * @param shard the shard
   * @param fence identifies the request to run the epoch
   * @param number the number of the page, from 0
   */
  record Page(int shard, Fence fence, int number) implements ShardReply {}

  /**
   * Reply that the shard holds the epoch durably, after all pages if the whole result was
   * requested. An {@link EpochOutput} is sent with it.
   *
   * @param shard the shard
   * @param fence identifies the request
   * @param rows the number of rows; of the whole result, those that count as changed
   * @param deadLettered the number of the epoch's events that became dead letters
   * @param due when something is due next
   * @param size how much it keeps now
   * @param updated the number of groups that were written
   * @param removed the number of groups that were removed
   * @param work the effort; none if the shard held the epoch already
   */
  record Done(
      int shard,
      Fence fence,
      long rows,
      long deadLettered,
      NextDue due,
      ShardSize size,
      long updated,
      long removed,
      ShardWork work)
      implements ShardReply {}

  /**
   * Reply that the shard must be opened first: this activation has not been opened by the run that
   * asks, or is another one than the request is for.
   *
   * @param shard the shard
   * @param fence identifies the request
   */
  record NotOpened(int shard, Fence fence) implements ShardReply {}

  /**
   * Reply with the parked groups.
   *
   * @param shard the shard
   * @param fence identifies the request
   * @param groups its parked groups, in the order of their keys
   */
  record Parked(int shard, Fence fence, List<ParkedGroup> groups) implements ShardReply {}

  /**
   * Reply that requests to parked groups are in the journal, except those to groups that are not
   * parked.
   *
   * @param shard the shard
   * @param fence identifies the requests
   * @param found whether the group of each request is parked, in their order
   * @param due when something is due next
   */
  record ParksRequested(int shard, Fence fence, List<Boolean> found, NextDue due)
      implements ShardReply {}

  /**
   * Reply with groups. If they are large, the last parts of the request are left out, and have to
   * be requested again.
   *
   * @param shard the shard
   * @param fence identifies the request
   * @param epoch the last epoch that the shard has written, which the groups reflect; the query may
   *     not have committed it
   * @param found the groups of each part of the request, in order; at least of the first
   */
  record GroupsRead(int shard, Fence fence, long epoch, List<Found> found) implements ShardReply {
    /** Copies the parts. */
    public GroupsRead {
      found = List.copyOf(found);
    }

    /**
     * The groups of a part of the request.
     *
     * @param groups the groups, in the order of their keys; without those that do not exist
     * @param isEnd whether the shard has no groups after them
     */
    public record Found(List<GroupContent> groups, boolean isEnd) {
      /** Copies the groups. */
      public Found {
        groups = List.copyOf(groups);
      }
    }
  }

  /**
   * Reply with a digest as of the last written epoch.
   *
   * @param shard the shard
   * @param id identifies the request
   * @param digest the digest
   */
  record Digested(int shard, long id, ShardDigest digest) implements ShardReply {}

  /**
   * Reply that the shard could not begin the run, or could not run the epoch and holds nothing of
   * it, or refuses a request.
   *
   * @param shard the shard
   * @param fence identifies the request; null if it was one to open the shard
   * @param failure why
   */
  record Failed(int shard, @Nullable Fence fence, ShardFailure failure) implements ShardReply {}
}
