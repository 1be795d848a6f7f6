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
 * The conversion of an epoch's events to forms that outlive it: serialized, with their origins.
 *
 * @param epoch the epoch's number
 * @param ranges the ranges it reads
 * @param keyCodec the codec of keys
 * @param eventCodec the codec of events
 */
public record EventForms(
    long epoch, List<OffsetRange> ranges, KeyCodec keyCodec, ValueCodec eventCodec) {
  /** Range of an event that was buffered while its group was parked. */
  public static final int WAITED = -2;

  /**
   * Returns the events of a batch from an index on, in the form of pending events.
   *
   * @param letters receives dead letters for the events that can't be written
   * @throws SerializationException if the class of an event can't be written
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
   * Returns the pending events of a group, followed by its events of this epoch.
   *
   * @throws SerializationException if an event can't be read
   */
  GroupBatch<Object> together(ParkedEntry parked, @Nullable GroupBatch<Object> batch) {
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
   * Returns the serialized form of an event.
   *
   * @throws SerializationException if it can't be written
   */
  public StoredValue form(GroupBatch<Object> batch, int place) {
    StoredValue kept = batch.form(place);
    return kept == null ? eventCodec.write(batch.events().get(place)) : kept;
  }

  /** Returns the dead letter of an event that a call left out. */
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

  /**
   * Returns the serialized form of an event, or null if it can't be written: its dead letter has no
   * event then.
   */
  private @Nullable StoredValue written(GroupBatch<Object> batch, int place) {
    try {
      return form(batch, place);
    } catch (SerializationException e) {
      return null;
    }
  }
}
