package io.vellamo.cluster.shard;

import io.vellamo.cluster.chunk.Chunk;
import io.vellamo.cluster.chunk.GiveInput;
import io.vellamo.cluster.chunk.InputPart;
import io.vellamo.engine.protocol.Fence;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;

/**
 * The inputs of the shards that have to run an epoch: what readers hold, and what the coordinator
 * adds.
 *
 * <p>A shard must never get a request with a part of its input: it would run the epoch with that.
 *
 * <p><b>Order</b> {@link #held} before {@link #begin} of the same attempt; {@link #discarded} once
 * nobody awaits the attempt.
 *
 * <p><b>Threading</b> Used by the link's actor only.
 */
final class RunInputs {
  /** The input of a shard; its own chunks are null until they are written. */
  private record Input(Fence fence, @Nullable List<Chunk> own) {}

  // By shard: the input of the last request.
  private final Map<Integer, Input> inputs = new HashMap<>();
  // By attempt and shard: the events that readers hold.
  private final Map<Long, Map<Integer, List<InputPart>>> held = new HashMap<>();

  /** Notes where the events of an attempt are, also if another reader has some of them now. */
  void held(long attempt, Map<Integer, List<InputPart>> parts) {
    held.put(attempt, parts);
  }

  /** Notes that readers no longer hold the events of an attempt. */
  void forgotten(long attempt) {
    held.remove(attempt);
  }

  /** Begins a request, whose own chunks are not written yet. */
  void begin(int shard, Fence fence) {
    inputs.put(shard, new Input(fence, null));
  }

  /**
   * Notes the coordinator's own chunks of a request.
   *
   * @param own the chunks; none if the readers have everything
   * @return whether the request is still to be sent
   */
  boolean written(int shard, Fence fence, List<Chunk> own) {
    if (!isCurrent(shard, fence)) {
      return false;
    }
    inputs.put(shard, new Input(fence, own));
    return true;
  }

  private boolean isCurrent(int shard, Fence fence) {
    Input input = inputs.get(shard);
    return input != null && input.fence.equals(fence);
  }

  /** Notes that a request is answered. */
  void done(int shard, Fence fence) {
    if (isCurrent(shard, fence)) {
      inputs.remove(shard);
    }
  }

  /** Notes that an attempt is discarded: its requests are not sent any more. */
  void discarded(long epoch, long attempt) {
    inputs
        .values()
        .removeIf(input -> input.fence.epoch() == epoch && input.fence.attempt() == attempt);
  }

  /** Returns whether readers hold events for a shard. */
  boolean areHeld(int shard, Fence fence) {
    return !partsOf(shard, fence).isEmpty();
  }

  private List<InputPart> partsOf(int shard, Fence fence) {
    return held.getOrDefault(fence.attempt(), Map.of()).getOrDefault(shard, List.of());
  }

  /**
   * Returns where a shard gets its input; null if the request is not to be sent.
   *
   * @param holder gives the coordinator's own chunks
   */
  @Nullable List<InputPart> parts(int shard, Fence fence, ActorRef<GiveInput> holder) {
    Input input = inputs.get(shard);
    if (input == null || !input.fence.equals(fence) || input.own == null) {
      return null;
    }
    List<InputPart> parts = new ArrayList<>(partsOf(shard, fence));
    if (!input.own.isEmpty()) {
      parts.add(new InputPart(holder, 0, input.own.size(), input.own.get(0)));
    }
    return parts;
  }

  /** Returns the coordinator's own chunks that a shard requests; none if it is out of date. */
  List<Chunk> own(GiveInput request) {
    Input input = inputs.get(request.shard());
    return input == null || !input.fence.equals(request.fence()) || input.own == null
        ? List.of()
        : input.own;
  }
}
