package io.vellamo.engine.shard;

import io.vellamo.api.SerializationException;
import io.vellamo.api.source.OffsetRange;
import io.vellamo.engine.group.EventCopies;
import io.vellamo.engine.group.GroupBatch;
import io.vellamo.engine.group.KeyCodec;
import io.vellamo.engine.group.StoredValue;
import io.vellamo.engine.group.ValueCodec;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The events of an epoch as they are kept beyond it: with where they came from, and serialized.
 *
 * @param epoch the epoch's number
 * @param ranges what it reads
 * @param keyCodec reads keys
 * @param eventCodec writes and reads events
 */
public record EventForms(
    long epoch, List<OffsetRange> ranges, KeyCodec keyCodec, ValueCodec eventCodec) {
  /** Stands for the range of an event that waited while its group was parked. */
  public static final int WAITED = -2;

  /**
   * Returns the events of a batch from a place on.
   *
   * @param letters takes those that can't be written, and so can't wait
   * @throws SerializationException if the class of one can't be written
   */
  List<ParkedEvent> parked(GroupBatch<Object> batch, int from, List<GroupDeadLetter> letters) {
    List<ParkedEvent> events = new ArrayList<>(batch.size() - from);
    for (int place = from; place < batch.size(); place++) {
      EventOrigin origin = origin(batch, place);
      try {
        StoredValue event = form(batch, place);
        events.add(new ParkedEvent(origin, event.at(batch.eventTime(place))));
      } catch (SerializationException e) {
        if (!e.isOfValue()) {
          throw e;
        }
        letters.add(GroupDeadLetter.of(batch.key(), origin, e, null));
      }
    }
    return events;
  }

  /**
   * Returns what waits of a group, and behind it its events of this epoch.
   *
   * @throws SerializationException if an event can't be read
   */
  GroupBatch<Object> together(ParkedGroup parked, @Nullable GroupBatch<Object> batch) {
    GroupBatch<Object> all = new GroupBatch<>(parked.key(), keyCodec.read(parked.key()), true);
    for (ParkedEvent event : parked.events()) {
      all.add(
          eventCodec.read(event.event()),
          WAITED,
          event.origin().offset(),
          event.event().eventTime());
    }
    if (batch != null) {
      for (int place = 0; place < batch.size(); place++) {
        all.add(
            batch.events().get(place),
            batch.range(place),
            batch.offset(place),
            batch.eventTime(place));
      }
    }
    all.keep(EventCopies.by(eventCodec));
    return all;
  }

  /**
   * Returns the written form of an event.
   *
   * @throws SerializationException if it can't be written
   */
  public StoredValue form(GroupBatch<Object> batch, int place) {
    StoredValue kept = batch.form(place);
    return kept == null ? eventCodec.write(batch.events().get(place)) : kept;
  }

  /** Returns an event that a call left out, as a dead letter. */
  GroupDeadLetter deadLetter(EpochCall call, GroupBatch<Object> batch, int place, Throwable cause) {
    List<ParkedEvent> waiting = call.waiting();
    if (waiting != null && place < waiting.size()) {
      ParkedEvent event = waiting.get(place);
      return GroupDeadLetter.of(call.key(), event.origin(), cause, event.event());
    }
    return GroupDeadLetter.of(call.key(), origin(batch, place), cause, written(batch, place));
  }

  private EventOrigin origin(GroupBatch<Object> batch, int place) {
    if (batch.range(place) == GroupBatch.NO_RANGE) {
      return EventOrigin.ofRow(epoch);
    }
    OffsetRange range = ranges.get(batch.range(place));
    return new EventOrigin(epoch, range.partition().name(), batch.offset(place));
  }

  /** An event that can't be written is told of without itself. */
  private @Nullable StoredValue written(GroupBatch<Object> batch, int place) {
    try {
      return form(batch, place);
    } catch (SerializationException e) {
      return null;
    }
  }
}
