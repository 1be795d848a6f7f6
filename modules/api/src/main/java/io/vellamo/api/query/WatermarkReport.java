package io.vellamo.api.query;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The position of a query's watermark, and the events that hold it there.
 *
 * <p>A stream's watermark trails its newest event time by the delay; so what holds it back is
 * always that no newer event came. This says for each stream which event it was, and what has come
 * since. Several streams make one watermark by the query's {@link WatermarkPolicy}.
 *
 * @param watermark the watermark of the next epoch; empty while there is none
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
   * @param name its source, or the operator whose rows they are
   * @param watermark how far its own events have carried it; empty while no event had an event time
   * @param delay how far it trails the newest event time
   * @param heldBy the newest event of this run; empty until the run has seen one that moved the
   *     watermark
   * @param eventsSince how many events of this run came in epochs after that one, and were not
   *     newer
   * @param futureEvents how many future events of this run did not move it
   * @param idle whether it has been silent for so long that it holds nothing back
   */
  public record Input(
      String name,
      Optional<Instant> watermark,
      Duration delay,
      Optional<NewestEvent> heldBy,
      long eventsSince,
      long futureEvents,
      boolean idle)
      implements JsonReport {
    public Input {
      requireNonNull(name, "name");
      requireNonNull(watermark, "watermark");
      requireNonNull(delay, "delay");
      requireNonNull(heldBy, "heldBy");
    }

    private String explanation() {
      String future =
          futureEvents == 0 ? "" : "; [%d] future events did not move it".formatted(futureEvents);
      String silent = idle ? "; it is idle and holds nothing back" : "";
      if (watermark.isEmpty()) {
        return "no event had an event time" + future + silent;
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
   * The event with the newest event time.
   *
   * @param eventTime when it happened
   * @param partition the source partition it came from; the operator for a row
   * @param offset where it stands there
   * @param epoch the epoch that processed it
   * @param since the processing time of that epoch: since then the watermark has stood still
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
   * Returns this report as a sentence for people, or several.
   *
   * @return what the watermark is, by what, and since when
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
