package io.vellamo.actors.shard;

import io.vellamo.api.source.OffsetRange;
import io.vellamo.engine.group.GroupKey;
import io.vellamo.engine.group.ShardEvents;
import io.vellamo.engine.shard.EpochCall;
import io.vellamo.engine.shard.InitialGroups;
import io.vellamo.engine.shard.ParkRequest;
import io.vellamo.engine.shard.ShardDigest;
import io.vellamo.engine.time.EpochTimes;
import java.util.List;
import org.apache.pekko.actor.typed.ActorRef;

/** A message to a shard. */
public sealed interface ShardCommand {
  /**
   * Request to report at the beginning of a run, and to refuse earlier runs from now on.
   *
   * @param incarnation the run
   * @param readStates whether to fail if a state can't be read, which takes reading all of them
   * @param replyTo gets a {@link ShardReply.Opened} or {@link ShardReply.Failed}
   */
  record Open(long incarnation, boolean readStates, ActorRef<ShardReply> replyTo)
      implements ShardCommand {}

  /**
   * Request to run an epoch: call each group with its events, fire due timers, write, and reply. If
   * the shard holds the epoch already, it replies from memory.
   *
   * @param incarnation the run that asks
   * @param times the epoch's clocks
   * @param ranges the ranges that the epoch reads
   * @param events the shard's events
   * @param initial the states that groups have before the epoch; none except in the first
   * @param replyTo gets a {@link ShardReply.Done} or {@link ShardReply.Failed}
   */
  record RunEpoch(
      long incarnation,
      EpochTimes times,
      List<OffsetRange> ranges,
      ShardEvents events,
      InitialGroups initial,
      ActorRef<ShardReply> replyTo)
      implements ShardCommand {}

  /**
   * Request for a digest of what the shard keeps.
   *
   * @param replyTo gets the digest as of the last written epoch
   */
  record Digest(ActorRef<ShardDigest> replyTo) implements ShardCommand {}

  /**
   * Request for the parked groups.
   *
   * @param id identifies this request; only one is under way at a time
   * @param replyTo gets a {@link ShardReply.Parked}
   */
  record TellParked(long id, ActorRef<ShardReply> replyTo) implements ShardCommand {}

  /**
   * Requests to parked groups. They are written in one write, while no epoch runs, and carried out
   * by the next epoch that is not planned yet.
   *
   * @param id identifies these requests; only one set is under way at a time
   * @param requests the requests
   * @param replyTo gets a {@link ShardReply.ParksRequested}
   */
  record RequestParks(long id, List<Requested> requests, ActorRef<ShardReply> replyTo)
      implements ShardCommand {
    /**
     * A request to a parked group.
     *
     * @param key the group
     * @param request the request
     */
    public record Requested(GroupKey key, ParkRequest request) {}
  }

  /**
   * Notification that the host has called all groups it was told to call.
   *
   * @param results in the order of the calls
   */
  record Stepped(List<StepResult> results) implements ShardCommand {}

  /**
   * Request to repeat calls that threw, if the epoch still runs.
   *
   * @param epoch the epoch's number
   * @param calls the calls
   */
  record CallAgain(long epoch, List<EpochCall> calls) implements ShardCommand {}

  /** Request to write the next part of an epoch's effects. */
  enum WriteNext implements ShardCommand {
    /** The only value. */
    INSTANCE
  }

  /** Request to write the next parts of the snapshot. */
  enum Snapshot implements ShardCommand {
    /** The only value. */
    INSTANCE
  }
}
