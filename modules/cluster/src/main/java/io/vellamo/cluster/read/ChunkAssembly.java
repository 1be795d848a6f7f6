package io.vellamo.cluster.read;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The input of a shard in one attempt to run an epoch, pulled chunk by chunk from the readers that
 * have events for the shard. Chunks may get lost, and arrive more than once and in any order.
 *
 * <p>At most {@value IncomingInput#MOST_AHEAD} chunks of each reader are on their way, so that no
 * queue between nodes overflows. A reader that is silent is asked again for what is missing, each
 * time after twice the time.
 *
 * <p><b>Order</b> {@link #asks} first, after each chunk that was new, and when the time of {@link
 * #asksAgainAtMillis} has come.
 *
 * <p><b>Threading</b> Used by one thread at a time.
 *
 * <p><b>Time</b> Monotonic milliseconds, as an argument.
 *
 * @param <R> the readers
 */
public final class ChunkAssembly<R> {
  /**
   * A request for consecutive chunks.
   *
   * @param <R> the readers
   * @param reader the reader that has them
   * @param from the number of the first one
   * @param count how many, at least one; the input may have fewer
   */
  public record Ask<R>(R reader, int from, int count) {}

  private final Map<R, IncomingInput> inputs = new LinkedHashMap<>();

  /**
   * Creates an assembly that has no chunk yet.
   *
   * @param readers the readers that have events for the shard; none if there are no events
   * @param firstSilenceMillis how long a reader may be silent before it is asked again; positive
   * @param longestSilenceMillis the longest time between two requests to a silent reader
   * @throws IllegalArgumentException if the first time is not positive, or exceeds the longest
   */
  public ChunkAssembly(Collection<R> readers, long firstSilenceMillis, long longestSilenceMillis) {
    if (firstSilenceMillis <= 0 || longestSilenceMillis < firstSilenceMillis) {
      throw new IllegalArgumentException(
          "firstSilenceMillis [%d] must be positive, and at most longestSilenceMillis [%d]"
              .formatted(firstSilenceMillis, longestSilenceMillis));
    }
    readers.forEach(
        reader -> inputs.put(reader, new IncomingInput(firstSilenceMillis, longestSilenceMillis)));
  }

  /**
   * Takes a chunk.
   *
   * @return whether it is new; a chunk of another reader is not
   */
  public boolean take(R reader, InputChunk chunk, long nowMillis) {
    IncomingInput input = inputs.get(reader);
    return input != null && input.take(chunk, nowMillis);
  }

  /** Returns the requests that are to be sent now, and takes them as sent. */
  public List<Ask<R>> asks(long nowMillis) {
    List<Ask<R>> asks = new ArrayList<>();
    inputs.forEach(
        (reader, input) ->
            input
                .asks(nowMillis)
                .forEach(run -> asks.add(new Ask<>(reader, run.from(), run.count()))));
    return asks;
  }

  /** Returns when the next silent reader is to be asked again; the end of time if none is. */
  public long asksAgainAtMillis() {
    return inputs.values().stream()
        .filter(input -> !input.isComplete())
        .mapToLong(IncomingInput::askAgainAtMillis)
        .min()
        .orElse(Long.MAX_VALUE);
  }

  /** Returns whether all chunks of all readers have arrived. */
  public boolean isComplete() {
    return inputs.values().stream().allMatch(IncomingInput::isComplete);
  }

  /**
   * Returns the encoded input of each reader, in the order in which the readers were given.
   *
   * @throws IllegalStateException if the assembly is not complete
   */
  public Map<R, byte[]> bytes() {
    if (!isComplete()) {
      throw new IllegalStateException(
          "The input must be complete, chunks of [%d] readers are missing; wait for isComplete()"
              .formatted(inputs.values().stream().filter(input -> !input.isComplete()).count()));
    }
    Map<R, byte[]> all = new LinkedHashMap<>();
    inputs.forEach((reader, input) -> all.put(reader, input.bytes()));
    return all;
  }
}
