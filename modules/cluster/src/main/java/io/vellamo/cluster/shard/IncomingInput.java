package io.vellamo.cluster.shard;

import io.vellamo.cluster.chunk.GiveInput;
import io.vellamo.cluster.chunk.InputChunk;
import io.vellamo.cluster.chunk.InputPart;
import io.vellamo.cluster.chunk.PendingChunks;
import io.vellamo.engine.group.ShardEvents;
import io.vellamo.engine.protocol.EpochInput;
import io.vellamo.engine.protocol.Fence;
import io.vellamo.engine.shard.InitialGroups;
import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.actor.typed.ActorRef;

/**
 * The input of a shard for an epoch while it arrives, in parts.
 *
 * <p><b>Threading</b> Used by the entity's actor only.
 */
final class IncomingInput {
  /** No input, for a request whose input the shard has already. */
  static final EpochInput NONE = new EpochInput(new ShardEvents(false), InitialGroups.NONE);

  private final ToShard.Run run;
  private final ActorRef<InputChunk> entity;
  private final List<PendingChunks> pending = new ArrayList<>();

  IncomingInput(ToShard.Run run, ActorRef<InputChunk> entity) {
    this.run = run;
    this.entity = entity;
    for (InputPart part : run.parts()) {
      PendingChunks chunks = new PendingChunks(part.chunks());
      if (!part.first().isEmpty()) {
        chunks.take(0, part.first());
      }
      pending.add(chunks);
    }
  }

  ToShard.Run run() {
    return run;
  }

  boolean isOf(Fence fence) {
    return run.request().fence().equals(fence);
  }

  /** Returns whether a request is the same, and names the same holders. */
  boolean isFor(ToShard.Run other) {
    return isOf(other.request().fence()) && holders(run).equals(holders(other));
  }

  private static List<ActorRef<GiveInput>> holders(ToShard.Run request) {
    return request.parts().stream().map(InputPart::holder).toList();
  }

  void take(InputChunk chunk) {
    pending.get(chunk.part()).take(chunk.number(), chunk.chunk());
  }

  boolean isComplete() {
    return pending.stream().allMatch(PendingChunks::isComplete);
  }

  /** Requests what is missing from the holders. */
  void request(long nowMillis) {
    for (int part = 0; part < pending.size(); part++) {
      int from = pending.get(part).toRequest(nowMillis);
      if (from >= 0) {
        InputPart asked = run.parts().get(part);
        asked
            .holder()
            .tell(
                new GiveInput(
                    run.shard(),
                    run.request().fence(),
                    part,
                    asked.held(),
                    from,
                    PendingChunks.WINDOW,
                    entity));
      }
    }
  }

  /** Returns the bytes of each part. */
  List<byte[]> parts() {
    return pending.stream().map(PendingChunks::bytes).toList();
  }
}
