package io.vellamo.engine.protocol;

import io.vellamo.api.sink.DeadLetter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The output of a shard for an epoch, or a page of it.
 *
 * @param rows the rows of its groups, in order; of an operator that emits the whole result, the
 *     changes of the result, or the rows of a page; empty if the whole result was sent in pages
 * @param deadLetters the dead letters of its groups
 * @param inPages the whole result of its groups after the epoch; null if it was not requested
 */
public record EpochOutput(
    List<Object> rows, List<DeadLetter> deadLetters, @Nullable InPages inPages) {
  /**
   * A shard's part of the whole result that was sent in pages.
   *
   * @param pages the number of pages
   * @param changes the number of rows that the epoch has changed; of an epoch that the shard held
   *     before it was requested, the number of all rows, as the changes are not kept
   */
  public record InPages(int pages, long changes) {}

  /** Creates an output without the whole result. */
  public EpochOutput(List<Object> rows, List<DeadLetter> deadLetters) {
    this(rows, deadLetters, null);
  }
}
