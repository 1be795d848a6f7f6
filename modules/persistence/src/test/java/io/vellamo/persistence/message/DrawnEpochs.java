package io.vellamo.persistence.message;

import io.vellamo.api.group.KeyValue;
import io.vellamo.api.sink.DeadLetter;
import io.vellamo.api.sink.LateEvent;
import io.vellamo.engine.aggregate.PartialResult;
import io.vellamo.engine.aggregate.PreAggregation;
import io.vellamo.engine.group.GroupBatch;
import io.vellamo.engine.group.GroupKey;
import io.vellamo.engine.group.ResultRow;
import io.vellamo.engine.group.ShardEvents;
import io.vellamo.engine.group.TimedRow;
import io.vellamo.engine.pipeline.PreparedQuery;
import io.vellamo.engine.pipeline.RangeOutput;
import io.vellamo.engine.pipeline.ShareReport;
import io.vellamo.engine.protocol.EpochInput;
import io.vellamo.engine.protocol.EpochOutput;
import io.vellamo.engine.shard.InitialGroups;
import io.vellamo.engine.time.NewestEventTime;
import io.vellamo.engine.time.EventTimeSums;
import io.vellamo.engine.time.SeenTimes;
import io.vellamo.persistence.message.ExampleQuery.Note;
import io.vellamo.persistence.message.ExampleQuery.Place;
import io.vellamo.persistence.message.ExampleQuery.Reading;
import io.vellamo.persistence.message.ExampleQuery.Total;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** Inputs, outputs and parts of epochs of {@link ExampleQuery}, which a seed draws. */
final class DrawnEpochs {
  private final PreparedQuery query;
  private final PreAggregation reduction;
  private final Draw draw;

  DrawnEpochs(PreparedQuery query, Draw draw) {
    this.query = query;
    this.reduction =
        Objects.requireNonNull(
            query.compiled().operators().get(ExampleQuery.TOTALS).preAggregation(), "reduction");
    this.draw = draw;
  }

  /** Draws the input of a shard of the operator whose keys are records. */
  EpochInput byPlace(int events) {
    return new EpochInput(events(ExampleQuery.BY_PLACE, events), initial());
  }

  /** Draws the input of a shard of the aggregation, with partial results among the events. */
  EpochInput totals(int events) {
    ShardEvents all = events(ExampleQuery.TOTALS, events);
    all.countReduced(draw.below(300));
    return new EpochInput(all, InitialGroups.NONE);
  }

  private ShardEvents events(int operator, int count) {
    ShardEvents events = new ShardEvents(draw.chance());
    long offset = draw.number();
    for (int left = count; left > 0; left--) {
      Object userKey = userKey(operator);
      offset = draw.below(9) == 0 ? draw.number() : offset + 1;
      Instant time = draw.below(5) == 0 ? null : draw.time();
      events.add(
          query.operators().get(operator).keyCodec().write(userKey),
          userKey,
          event(operator),
          draw.below(4) == 0 ? GroupBatch.NO_RANGE : draw.below(3),
          offset,
          time);
    }
    return events;
  }

  private Object userKey(int operator) {
    return operator == ExampleQuery.BY_PLACE
        ? new Place("place " + draw.below(9))
        : Long.valueOf(draw.below(9));
  }

  private Object event(int operator) {
    if (operator == ExampleQuery.TOTALS && draw.chance()) {
      PartialResult partial = reduction.begin(reading());
      reduction.add(partial, reading());
      return partial;
    }
    return event();
  }

  Object event() {
    return switch (draw.below(4)) {
      case 0 -> note();
      case 1 -> new KeyValue<>(draw.text(), draw.signed());
      default -> reading();
    };
  }

  private Reading reading() {
    return new Reading(draw.text(), draw.signed(), draw.fraction(), draw.time());
  }

  private Note note() {
    Note note = new Note();
    note.text = draw.text();
    note.numbers = draw.some(draw::count);
    return note;
  }

  private InitialGroups initial() {
    Map<GroupKey, byte[]> states = new LinkedHashMap<>();
    Map<GroupKey, List<byte[]>> rows = new LinkedHashMap<>();
    draw.some(draw::bytes).forEach(key -> states.put(GroupKey.of(key), draw.bytes()));
    draw.some(draw::bytes).forEach(key -> rows.put(GroupKey.of(key), draw.some(draw::bytes)));
    return states.isEmpty() && rows.isEmpty()
        ? InitialGroups.NONE
        : new InitialGroups(states, rows, draw.chance());
  }

  EpochOutput rows() {
    return new EpochOutput(draw.some(this::row), draw.some(this::deadLetter));
  }

  EpochOutput wholeResult() {
    return new EpochOutput(
        draw.some(this::change),
        draw.some(this::deadLetter),
        new EpochOutput.InPages(draw.count(), draw.number()));
  }

  private Object row() {
    Total row = total();
    return draw.chance() ? row : new TimedRow(row, draw.time());
  }

  private Object change() {
    ResultRow.Place place = new ResultRow.Place(GroupKey.of(draw.bytes()), draw.signed());
    return new ResultRow(place, draw.chance() ? null : total(), draw.count());
  }

  private Total total() {
    return new Total(draw.text(), draw.nullable());
  }

  private DeadLetter deadLetter() {
    return new DeadLetter(
        draw.maybe(() -> new DeadLetter.Position(draw.text(), draw.number())),
        draw.number(),
        draw.text(),
        draw.maybe(draw::text),
        draw.maybe(draw::text),
        draw.maybe(draw::text),
        draw.maybe(this::event),
        draw.maybe(draw::text));
  }

  ShareReport report() {
    DrawnNews news = new DrawnNews(draw);
    Map<Integer, Integer> sizes = new TreeMap<>();
    draw.some(draw::count).forEach(shard -> sizes.put(shard, draw.count()));
    return new ShareReport(
        draw.some(draw::count),
        draw.some(this::output),
        news.counts(),
        new EventTimeSums(
            draw.number(), draw.number(), draw.signed(), draw.signed(), draw.signed() / 3.0),
        draw.some(draw::number),
        draw.some(this::seen),
        sizes);
  }

  private RangeOutput output() {
    Map<Integer, List<LateEvent>> late = new TreeMap<>();
    draw.some(draw::count)
        .forEach(
            operator ->
                late.put(
                    operator,
                    draw.some(() -> new LateEvent(event(), draw.time(), draw.time()))));
    return new RangeOutput(
        draw.count(), draw.some(this::event), draw.some(this::deadLetter), late);
  }

  private SeenTimes seen() {
    return new SeenTimes(
        draw.number(),
        draw.number(),
        draw.chance() ? null : new NewestEventTime(draw.signed(), draw.count() - 1, draw.number()),
        draw.some(() -> new SeenTimes.OfRange(draw.count(), draw.nullable())));
  }
}
