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

/** What a shard is told. */
public sealed interface ShardCommand {
  /**
   * A run of the query begins: report, and refuse earlier runs from now on.
   *
   * @param incarnation the run
   * @param readStates whether to fail if a state can't be read, which takes reading all of them
   * @param replyTo gets a {@link ShardReply.Opened} or {@link ShardReply.Failed}
   */
  record Open(long incarnation, boolean readStates, ActorRef<ShardReply> replyTo)
      implements ShardCommand {}

  /**
   * Run an epoch: call each group with its events, fire what is due, write, answer. An epoch that
   * the shard holds already is answered from memory.
   *
   * @param incarnation the run that asks
   * @param times the epoch's clocks
   * @param ranges what the epoch reads
   * @param events the shard's events
   * @param initial the states that groups have before the epoch; none but in the first
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
   * Tell what is kept, in a few numbers.
   *
   * @param replyTo gets the digest as of the last epoch that is written
   */
  record Digest(ActorRef<ShardDigest> replyTo) implements ShardCommand {}

  /**
   * Tell the parked groups.
   *
   * @param id the question; only one is under way at a time
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
   * The host has called all groups it was told to.
   *
   * @param results in the order of the calls
   */
  record Stepped(List<StepResult> results) implements ShardCommand {}

  /**
   * Calls that threw are to be made again, if the epoch still runs.
   *
   * @param epoch the epoch's number
   * @param calls the calls
   */
  record CallAgain(long epoch, List<EpochCall> calls) implements ShardCommand {}

  /** The journal holds a part of what an epoch leaves; the next is to be written. */
  enum WriteNext implements ShardCommand {
    /** The one message. */
    INSTANCE
  }

  /** The next parts of the snapshot are to be written. */
  enum Snapshot implements ShardCommand {
    /** The one message. */
    INSTANCE
  }
}
