package io.vellamo.persistence.message;

import io.vellamo.api.SerializationException;
import io.vellamo.api.sink.DeadLetter;
import io.vellamo.api.sink.DeadLetter.Position;
import io.vellamo.api.sink.LateEvent;
import io.vellamo.engine.group.StoredValue;
import io.vellamo.engine.group.ValueCodec;
import io.vellamo.persistence.journal.BinaryInput;
import io.vellamo.persistence.journal.BinaryOutput;
import io.vellamo.persistence.journal.ValueClasses;
import java.util.List;
import java.util.Optional;

/** The layout of the events that do not reach their groups: dead letters and late events. */
final class EventsFormat {
  private final ValueCodec codec;
  private final ValueClasses classes = new ValueClasses();

  /** Creates the format of the events of one message. */
  EventsFormat(ValueCodec codec) {
    this.codec = codec;
  }

  void writeDeadLetters(List<DeadLetter> letters, BinaryOutput out) {
    ListFormat.write(letters, this::write, out);
  }

  List<DeadLetter> readDeadLetters(BinaryInput in) {
    return ListFormat.read(this::readDeadLetter, in);
  }

  void writeLateEvents(List<LateEvent> events, BinaryOutput out) {
    ListFormat.write(events, this::write, out);
  }

  List<LateEvent> readLateEvents(BinaryInput in) {
    return ListFormat.read(this::readLateEvent, in);
  }

  private void write(DeadLetter letter, BinaryOutput out) {
    ListFormat.<Position>write(letter.position(), EventsFormat::write, out);
    out.writeUnsigned(letter.epoch());
    out.writeShownText(letter.reason());
    ListFormat.write(letter.key(), ListFormat::writeShown, out);
    ListFormat.write(letter.error(), ListFormat::writeShown, out);
    ListFormat.write(letter.message(), ListFormat::writeShown, out);
    classes.write(letter.event().map(this::writable).orElse(List.of()), out);
    ListFormat.write(letter.entry(), ListFormat::writeShown, out);
  }

  private DeadLetter readDeadLetter(BinaryInput in) {
    return new DeadLetter(
        ListFormat.readOptional(EventsFormat::readPosition, in),
        in.readUnsigned(),
        in.readText(),
        ListFormat.readOptional(BinaryInput::readText, in),
        ListFormat.readOptional(BinaryInput::readText, in),
        ListFormat.readOptional(BinaryInput::readText, in),
        classes.read(in).stream().findFirst().map(codec::read),
        ListFormat.readOptional(BinaryInput::readText, in));
  }

  /** Returns the event of a dead letter, or nothing if it can't be written, as in the journal. */
  private List<StoredValue> writable(Object event) {
    try {
      return List.of(codec.write(event));
    } catch (SerializationException e) {
      return List.of();
    }
  }

  private static void write(Position position, BinaryOutput out) {
    out.writeText(position.partition());
    out.writeUnsigned(position.offset());
  }

  private static Position readPosition(BinaryInput in) {
    return new Position(in.readText(), in.readUnsigned());
  }

  private void write(LateEvent late, BinaryOutput out) {
    classes.write(List.of(codec.write(late.event()).at(late.eventTime())), out);
    TimeFormat.write(late.watermark(), out);
  }

  private LateEvent readLateEvent(BinaryInput in) {
    List<StoredValue> event = classes.read(in);
    if (event.size() != 1 || event.get(0).eventTime() == null) {
      throw new IllegalArgumentException("a late event has a value and an event time");
    }
    StoredValue value = event.get(0);
    return new LateEvent(
        codec.read(value),
        Optional.ofNullable(value.eventTime()).orElseThrow(),
        TimeFormat.readInstant(in));
  }
}
