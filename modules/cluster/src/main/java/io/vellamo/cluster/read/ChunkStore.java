package io.vellamo.cluster.read;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The encoded inputs that a reader keeps for the shards of its query: those of the epoch that runs,
 * and of the epoch that is read ahead.
 *
 * <p>An input is given out as often as shards ask for it: chunks get lost, and a shard that moves
 * to another node pulls its input again.
 *
 * <p><b>Threading</b> Used by one thread at a time.
 */
public final class ChunkStore {
  private final Map<EpochAttempt, EncodedInputs> kept = new HashMap<>();

  /**
   * Keeps the inputs of an attempt, and discards those of earlier runs, of earlier attempts to run
   * the same epoch, and of epochs before the preceding one.
   *
   * @return whether they are kept; not if inputs of the attempt are kept already, of which a shard
   *     may have some chunks, or if the attempt has been replaced
   */
  public boolean keep(EpochAttempt attempt, EncodedInputs inputs) {
    if (kept.containsKey(attempt) || kept.keySet().stream().anyMatch(attempt::isReplacedBy)) {
      return false;
    }
    kept.keySet().removeIf(other -> other.isReplacedBy(attempt));
    kept.put(attempt, inputs);
    return true;
  }

  /**
   * Returns consecutive chunks of a shard's input.
   *
   * @param from the number of the first chunk
   * @param count the number of chunks
   * @return the chunks, in order; fewer at the end of the input, none if the attempt is not kept
   * @throws IllegalArgumentException if {@code from} or {@code count} is negative
   */
  public List<InputChunk> give(EpochAttempt attempt, int shard, int from, int count) {
    if (from < 0 || count < 0) {
      throw new IllegalArgumentException(
          "from and count must not be negative, were [%d] and [%d]".formatted(from, count));
    }
    EncodedInputs inputs = kept.get(attempt);
    return inputs == null ? List.of() : inputs.chunks(shard, from, count);
  }

  /** Returns whether the inputs of an attempt are kept. */
  public boolean has(EpochAttempt attempt) {
    return kept.containsKey(attempt);
  }

  /** Discards the inputs of an attempt. */
  public void discard(EpochAttempt attempt) {
    kept.remove(attempt);
  }

  /** Discards the inputs of all epochs up to one that the query has committed. */
  public void committed(long epoch) {
    kept.keySet().removeIf(attempt -> attempt.epoch() <= epoch);
  }
}
