package io.vellamo.api.query;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The position of a query's watermark, and the events that hold it there.
 *
 * <p>A stream's watermark trails its newest event time by the delay, so it advances only when a
 * newer event arrives. This report names for each stream the newest event, and counts the events
 * since. The query's {@link WatermarkPolicy} combines the watermarks of several streams.
 *
 * @param watermark the watermark of the next epoch; empty if there is none yet
 * @param inputs the streams with a watermark, from the first source to the last
 * @since 0.1
 */
public record WatermarkReport(Optional<Instant> watermark, List<Input> inputs)
    implements JsonReport {
  public WatermarkReport {
    requireNonNull(watermark, "watermark");
    inputs = List.copyOf(inputs);
  }

  /**
   * One stream with a watermark.
   *
   * @param name the source of the stream, or the operator that emits its rows
   * @param watermark the watermark of this stream alone; empty if no event has had an event time
   *     yet
   * @param delay the distance by which the watermark trails the newest event time
   * @param heldBy the newest event of this run; empty until an event of the run has moved the
   *     watermark
   * @param eventsSince the number of events of this run in epochs after that event's epoch, none of
   *     them newer
   * @param futureEvents the number of future events of this run, which did not move the watermark
   * @param idle whether the stream has been silent for so long that it does not hold back the
   *     watermark
   * @param partitions the partitions of the source that have had events, by name, if each has a
   *     watermark of its own; otherwise empty
   */
  public record Input(
      String name,
      Optional<Instant> watermark,
      Duration delay,
      Optional<NewestEvent> heldBy,
      long eventsSince,
      long futureEvents,
      boolean idle,
      List<Partition> partitions)
      implements JsonReport {
    public Input {
      requireNonNull(name, "name");
      requireNonNull(watermark, "watermark");
      requireNonNull(delay, "delay");
      requireNonNull(heldBy, "heldBy");
      partitions = List.copyOf(partitions);
    }

    /**
     * Creates the report of a stream whose partitions have no watermarks of their own.
     *
     * @param name as above
     * @param watermark as above
     * @param delay as above
     * @param heldBy as above
     * @param eventsSince as above
     * @param futureEvents as above
     * @param idle as above
     */
    public Input(
        String name,
        Optional<Instant> watermark,
        Duration delay,
        Optional<NewestEvent> heldBy,
        long eventsSince,
        long futureEvents,
        boolean idle) {
      this(name, watermark, delay, heldBy, eventsSince, futureEvents, idle, List.of());
    }

    /**
     * Returns the partition that holds back the watermark of the stream.
     *
     * @return the partition with the earliest watermark that is not idle; empty if there is none
     */
    public Optional<Partition> slowest() {
      return partitions.stream()
          .filter(partition -> !partition.idle)
          .min(Comparator.comparing(partition -> partition.watermark.orElse(Instant.MIN)));
    }

    private String explanation() {
      String future =
          futureEvents == 0 ? "" : "; [%d] future events did not move it".formatted(futureEvents);
      String silent = idle ? "; it is idle and holds nothing back" : "";
      if (watermark.isEmpty()) {
        return "no event had an event time" + future + silent;
      }
      if (!partitions.isEmpty()) {
        return "it stands at [%s]%s; [%d] of [%d] partitions are idle%s%s"
            .formatted(
                watermark.get(),
                slowest().map(Partition::explanation).orElse(""),
                partitions.stream().filter(Partition::idle).count(),
                partitions.size(),
                future,
                silent);
      }
      String held =
          heldBy
              .map(NewestEvent::explanation)
              .orElse("no event of this run was newer than those before it");
      return "it stands at [%s], the delay [%s] behind: %s; [%d] events since were not newer%s%s"
          .formatted(watermark.get(), delay, held, eventsSince, future, silent);
    }
  }

  /**
   * A partition of a source with a watermark of its own.
   *
   * @param name the name of the partition
   * @param watermark its watermark; empty before an event has moved it
   * @param idle whether it has been silent for so long that it does not hold back the watermark
   */
  public record Partition(String name, Optional<Instant> watermark, boolean idle)
      implements JsonReport {
    public Partition {
      requireNonNull(name, "name");
      requireNonNull(watermark, "watermark");
    }

    private String explanation() {
      return ", held back by partition [%s] at [%s]"
          .formatted(name, watermark.map(Instant::toString).orElse("no event time"));
    }
  }

  /**
   * The event with the newest event time.
   *
   * @param eventTime the event time
   * @param partition the source partition of the event; for a row, the operator
   * @param offset the offset in the partition
   * @param epoch the epoch that processed it
   * @param since the processing time of that epoch; the stream's watermark has not moved since
   */
  public record NewestEvent(
      Instant eventTime, String partition, long offset, long epoch, Instant since)
      implements JsonReport {
    public NewestEvent {
      requireNonNull(eventTime, "eventTime");
      requireNonNull(partition, "partition");
      requireNonNull(since, "since");
    }

    private String explanation() {
      return "the newest event time is [%s], of [%s@%d] in epoch [%d] at [%s]"
          .formatted(eventTime, partition, offset, epoch, since);
    }
  }

  /**
   * Returns this report as human-readable text.
   *
   * @return text that names the watermark, the events that hold it, and since when
   */
  public String explanation() {
    StringBuilder text = new StringBuilder();
    text.append(
        watermark.map("The watermark is [%s]"::formatted).orElse("There is no watermark yet"));
    for (Input input : inputs) {
      text.append(inputs.size() == 1 ? ": " : "; of " + input.name + ": ");
      text.append(input.explanation());
    }
    return text.toString();
  }
}
