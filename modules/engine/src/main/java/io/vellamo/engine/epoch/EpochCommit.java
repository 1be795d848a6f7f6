package io.vellamo.engine.epoch;

import io.vellamo.api.query.EventCounts;
import io.vellamo.engine.time.Watermark;
import java.util.List;

/**
 * The end of an epoch: its rows are at the sink.
 *
 * @param epoch the epoch's number
 * @param nextWatermark the watermark of the next epoch
 * @param events the fate of the epoch's events
 * @param inputs the query's watermarks, by number; empty in journals from before a query could have
 *     more than one
 */
public record EpochCommit(
    long epoch, Watermark nextWatermark, EventCounts events, List<InputWatermark> inputs) {
  /** Copies the list. */
  public EpochCommit {
    inputs = List.copyOf(inputs);
  }

  /** Creates the end of an epoch without the watermarks of the query's streams. */
  public EpochCommit(long epoch, Watermark nextWatermark, EventCounts events) {
    this(epoch, nextWatermark, events, List.of());
  }
}
