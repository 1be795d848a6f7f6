package io.vellamo.api.query;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Where a query's watermark stands, and what holds it there.
 *
 * <p>The watermark trails the newest event time by the delay; so what holds it back is always that
 * no newer event came. This says which event it was, and what has come since.
 *
 * @param watermark the watermark of the next epoch; empty while no event had an event time
 * @param delay how far it trails the newest event time
 * @param heldBy the newest event of this run; empty until the run has seen one that moved the
 *     watermark
 * @param eventsSince how many events of this run came in epochs after that one, and were not newer
 * @param futureEvents how many future events of this run did not move it
 * @since 0.1
 */
public record WatermarkReport(
    Optional<Instant> watermark,
    Duration delay,
    Optional<NewestEvent> heldBy,
    long eventsSince,
    long futureEvents) {
  /**
   * The event with the newest event time.
   *
   * @param eventTime when it happened
   * @param partition the source partition it came from
   * @param offset where it stands there
   * @param epoch the epoch that processed it
   * @param since the processing time of that epoch: since then the watermark has stood still
   */
  public record NewestEvent(
      Instant eventTime, String partition, long offset, long epoch, Instant since) {
    public NewestEvent {
      requireNonNull(eventTime, "eventTime");
      requireNonNull(partition, "partition");
      requireNonNull(since, "since");
    }
  }

  public WatermarkReport {
    requireNonNull(watermark, "watermark");
    requireNonNull(delay, "delay");
    requireNonNull(heldBy, "heldBy");
  }

  /**
   * Returns this report as a sentence for people.
   *
   * @return what the watermark is, by what, and since when
   */
  public String explanation() {
    if (watermark.isEmpty()) {
      return "There is no watermark yet: no event had an event time";
    }
    String held =
        heldBy
            .map(
                newest ->
                    "the newest event time is [%s], of [%s@%d] in epoch [%d] at [%s]"
                        .formatted(
                            newest.eventTime,
                            newest.partition,
                            newest.offset,
                            newest.epoch,
                            newest.since))
            .orElse("no event of this run was newer than those before it");
    String future =
        futureEvents == 0 ? "" : "; [%d] future events did not move it".formatted(futureEvents);
    return "The watermark is [%s], the delay [%s] behind: %s; [%d] events since were not newer%s"
        .formatted(watermark.get(), delay, held, eventsSince, future);
  }
}
