package io.vellamo.cluster.read;

import io.vellamo.engine.group.ShardEvents;
import io.vellamo.engine.protocol.EpochInput;
import io.vellamo.engine.shard.InitialGroups;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The encoded inputs of shards in one attempt to run an epoch, as far as one reader has them.
 *
 * <p><b>Threading</b> Immutable.
 */
public final class EncodedInputs {
  private static final byte[] NOTHING = {};

  private final Map<Integer, byte[]> byShard;

  private EncodedInputs(Map<Integer, byte[]> byShard) {
    this.byShard = byShard;
  }

  /**
   * Encodes the events of shards.
   *
   * <p><b>Failure</b> As thrown by {@code form}.
   *
   * <p><b>Cost</b> Serializes all events; to be called on a thread for user code.
   *
   * @param form writes an input, which has no initial states
   */
  public static EncodedInputs encode(
      Map<Integer, ShardEvents> shards, Function<EpochInput, byte[]> form) {
    Map<Integer, byte[]> byShard = new HashMap<>();
    shards.forEach(
        (shard, events) ->
            byShard.put(shard, form.apply(new EpochInput(events, InitialGroups.NONE))));
    return new EncodedInputs(byShard);
  }

  /**
   * Returns some consecutive chunks of a shard's input. The input of a shard without events is one
   * chunk without bytes.
   *
   * @param from the number of the first chunk, not negative
   * @param count the number of chunks, not negative; there are fewer at the end of the input
   */
  List<InputChunk> chunks(int shard, int from, int count) {
    byte[] bytes = byShard.getOrDefault(shard, NOTHING);
    int all = (bytes.length - 1) / InputChunk.MOST_BYTES + 1;
    List<InputChunk> chunks = new ArrayList<>();
    for (int number = from; number < all && number - from < count; number++) {
      int begin = number * InputChunk.MOST_BYTES;
      int end = Math.min(bytes.length - begin, InputChunk.MOST_BYTES) + begin;
      chunks.add(new InputChunk(number, all, Arrays.copyOfRange(bytes, begin, end)));
    }
    return chunks;
  }
}
