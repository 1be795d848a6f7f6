package io.vellamo.engine.protocol;

import io.vellamo.api.sink.DeadLetter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a shard gives for an epoch.
 *
 * @param rows the rows of its groups, in order; of an operator that emits the whole result, the
 *     changes of the result
 * @param deadLetters the dead letters of its groups
 * @param result the whole result of its groups after the epoch; null if it was not requested
 */
public record EpochOutput(
    List<Object> rows, List<DeadLetter> deadLetters, @Nullable List<Object> result) {
  /** Creates an output without the whole result. */
  public EpochOutput(List<Object> rows, List<DeadLetter> deadLetters) {
    this(rows, deadLetters, null);
  }
}
