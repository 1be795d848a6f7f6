package io.vellamo.persistence.message;

import io.vellamo.api.query.EventCounts;
import io.vellamo.api.sink.DeadLetter;
import io.vellamo.api.sink.LateEvent;
import io.vellamo.engine.pipeline.RangeOutput;
import io.vellamo.engine.pipeline.ShareReport;
import io.vellamo.engine.time.EventTimeSums;
import io.vellamo.engine.aggregate.PartialResult;
import io.vellamo.engine.aggregate.PreAggregation;
import io.vellamo.engine.group.GroupBatch;
import io.vellamo.engine.group.GroupKey;
import io.vellamo.engine.group.ResultRow;
import io.vellamo.engine.group.ShardEvents;
import io.vellamo.engine.group.TimedRow;
import io.vellamo.engine.pipeline.PreparedQuery;
import io.vellamo.engine.protocol.EpochInput;
import io.vellamo.engine.protocol.EpochOutput;
import io.vellamo.engine.shard.InitialGroups;
import io.vellamo.engine.time.NewestEventTime;
import io.vellamo.engine.time.SeenTimes;
import io.vellamo.persistence.message.ExampleQuery.Note;
import io.vellamo.persistence.message.ExampleQuery.Place;
import io.vellamo.persistence.message.ExampleQuery.Reading;
import io.vellamo.persistence.message.ExampleQuery.Total;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Inputs, outputs and a part of an epoch of {@link ExampleQuery}, for golden files. */
final class SampleEpochs {

  private static final PreparedQuery QUERY = ExampleQuery.prepared();
  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
  private static final GroupKey KEY = GroupKey.of(new byte[] {1, -1});

  private SampleEpochs() {}

  /** Returns events with times of every precision, of two keys and two classes. */
  static EpochInput timed() {
    ShardEvents events = new ShardEvents(true);
    add(events, "Turku", reading(1), 0, 300, NOON);
    add(events, "Åbo", reading(2), 0, 301, NOON.plusMillis(1));
    add(events, "Turku", note(), 1, 7, NOON.plusNanos(1));
    add(events, "Turku", note(), 1, 9, null);
    add(events, "Åbo", reading(3), GroupBatch.NO_RANGE, 0, Instant.MIN);
    add(events, "Åbo", reading(4), GroupBatch.NO_RANGE, 0, NOON);
    return new EpochInput(
        events,
        new InitialGroups(
            Map.of(KEY, new byte[] {5}), Map.of(KEY, List.of(new byte[] {6}, new byte[0])), true));
  }

  private static void add(
      ShardEvents events,
      String place,
      Object event,
      int range,
      long offset,
      @Nullable Instant at) {
    Place key = new Place(place);
    events.add(
        QUERY.operators().get(ExampleQuery.BY_PLACE).keyCodec().write(key),
        key,
        event,
        range,
        offset,
        at);
  }

  /** Returns events without times, of which one is a partial result of three. */
  static EpochInput partial() {
    PreAggregation reduction =
        Objects.requireNonNull(
            QUERY.compiled().operators().get(ExampleQuery.TOTALS).preAggregation(), "reduction");
    ShardEvents events = new ShardEvents(false);
    PartialResult partial = reduction.begin(reading(1));
    reduction.add(partial, reading(2));
    reduction.add(partial, reading(3));
    events.countReduced(2);
    GroupKey key = QUERY.operators().get(ExampleQuery.TOTALS).keyCodec().write(5L);
    events.add(key, 5L, partial, 0, 300, null);
    events.add(key, 5L, reading(4), 0, 303, null);
    return new EpochInput(events, InitialGroups.NONE);
  }

  static EpochOutput rows() {
    return new EpochOutput(
        List.of(
            new Total("a", 5L),
            new TimedRow(new Total("b", null), NOON.plusNanos(1)),
            "a row of another class"),
        List.of(
            letter(
                Optional.of(new DeadLetter.Position("p0", 300)),
                Optional.of(reading(5)),
                Optional.empty()),
            letter(Optional.empty(), Optional.empty(), Optional.of("no JSON"))));
  }

  static EpochOutput result() {
    return new EpochOutput(
        List.of(
            new ResultRow(new ResultRow.Place(KEY, -5), new Total("a", 5L), 300),
            new ResultRow(new ResultRow.Place(KEY, 0), null, 0)),
        List.of(),
        new EpochOutput.InPages(3, 300));
  }

  static ShareReport report() {
    return new ShareReport(
        List.of(0, 1, 300),
        List.of(
            new RangeOutput(
                1,
                List.of(reading(1), note()),
                List.of(letter(Optional.empty(), Optional.empty(), Optional.of("no JSON"))),
                Map.of(2, List.of(new LateEvent(reading(6), NOON, NOON.plusMillis(1)))))),
        new EventCounts(4, 1, 300),
        new EventTimeSums(300, 5, -1, 1_000, 0.5),
        List.of(1L, 300L),
        List.of(
            new SeenTimes(
                5,
                1,
                new NewestEventTime(NOON.toEpochMilli(), 1, 300),
                List.of(new SeenTimes.OfRange(0, null), new SeenTimes.OfRange(1, -5L)))),
        Map.of(3, 4, 35, 300));
  }

  private static DeadLetter letter(
      Optional<DeadLetter.Position> position, Optional<Object> event, Optional<String> entry) {
    return new DeadLetter(
        position,
        129,
        "the function threw",
        Optional.of("ä"),
        Optional.of("java.lang.IllegalStateException"),
        Optional.empty(),
        event,
        entry);
  }

  private static Reading reading(long value) {
    return new Reading("s" + value, value, value / 2.0, NOON);
  }

  private static Note note() {
    Note note = new Note();
    note.text = "ä";
    note.numbers = List.of(1, 300);
    return note;
  }
}
