package io.vellamo.persistence.journal;

import io.vellamo.engine.group.GroupKey;
import io.vellamo.engine.group.StoredValue;
import io.vellamo.engine.journal.JournalRecord.ParkRequested;
import io.vellamo.engine.shard.EventOrigin;
import io.vellamo.engine.shard.GroupDeadLetter;
import io.vellamo.engine.shard.ParkChange;
import io.vellamo.engine.shard.ParkChange.Parked;
import io.vellamo.engine.shard.ParkChange.Unparked;
import io.vellamo.engine.shard.ParkChange.Waiting;
import io.vellamo.engine.shard.ParkRequest;
import io.vellamo.engine.shard.ParkRequest.Kind;
import io.vellamo.engine.shard.ParkedEvent;
import io.vellamo.engine.shard.ShardDeadLetters;
import io.vellamo.engine.shard.ShardParks;
import io.vellamo.engine.time.Watermark;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The layout of a shard's dead letters and parked groups. */
final class FailureFormat {
  private static final byte PARKED = 0;
  private static final byte WAITING = 1;
  private static final byte UNPARKED = 2;
  private static final byte PARKED_WITH_WATERMARK = 3;

  /** Indices in this list are written to the journal: append new kinds, never move one. */
  private static final List<Kind> REQUESTS = List.of(Kind.REDRIVE, Kind.RELEASE);

  private FailureFormat() {}

  static void writeDeadLetters(ShardDeadLetters letters, BinaryOutput out) {
    out.writeUnsigned(letters.incarnation());
    out.writeUnsigned(letters.epoch());
    ValueClasses classes = new ValueClasses();
    out.writeUnsigned(letters.letters().size());
    for (GroupDeadLetter letter : letters.letters()) {
      out.writeBytes(letter.key().bytes());
      EventOrigin origin = letter.origin();
      out.writeByte(origin == null ? 0 : 1);
      if (origin != null) {
        writeOrigin(origin, out);
      }
      out.writeText(letter.error());
      writeNullable(letter.message(), out);
      StoredValue event = letter.event();
      classes.write(event == null ? List.of() : List.of(event), out);
    }
  }

  static ShardDeadLetters readDeadLetters(BinaryInput in) {
    long incarnation = in.readUnsigned();
    long epoch = in.readUnsigned();
    ValueClasses classes = new ValueClasses();
    int count = in.readCount();
    List<GroupDeadLetter> letters = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      GroupKey key = GroupKey.of(in.readBytes());
      EventOrigin origin = in.readByte() == 0 ? null : readOrigin(in);
      String error = in.readText();
      String message = readNullable(in);
      letters.add(new GroupDeadLetter(key, origin, error, message, onlyOrNull(classes.read(in))));
    }
    return new ShardDeadLetters(incarnation, epoch, letters);
  }

  static void writeParks(ShardParks parks, BinaryOutput out) {
    out.writeUnsigned(parks.incarnation());
    out.writeUnsigned(parks.epoch());
    writeParkChanges(parks.changes(), out);
  }

  static ShardParks readParks(BinaryInput in) {
    return new ShardParks(in.readUnsigned(), in.readUnsigned(), readParkChanges(in));
  }

  static void writeParkChanges(List<ParkChange> changes, BinaryOutput out) {
    ValueClasses classes = new ValueClasses();
    out.writeUnsigned(changes.size());
    for (ParkChange change : changes) {
      out.writeBytes(change.key().bytes());
      if (change instanceof Parked parked) {
        writeReason(parked, out);
      } else if (change instanceof Waiting waiting) {
        out.writeByte(WAITING);
        writeWaiting(waiting, classes, out);
      } else {
        out.writeByte(UNPARKED);
      }
    }
  }

  static List<ParkChange> readParkChanges(BinaryInput in) {
    ValueClasses classes = new ValueClasses();
    int count = in.readCount();
    List<ParkChange> changes = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      GroupKey key = GroupKey.of(in.readBytes());
      int kind = in.readByte();
      changes.add(
          switch (kind) {
            case PARKED -> readReason(key, Watermark.NONE, in);
            case PARKED_WITH_WATERMARK -> readReason(key, in.readWatermark(), in);
            case WAITING -> readWaiting(key, classes, in);
            case UNPARKED -> new Unparked(key);
            default -> throw new IllegalArgumentException("unknown change of a parked group");
          });
    }
    return changes;
  }

  static void writeRequested(ParkRequested requested, BinaryOutput out) {
    out.writeBytes(requested.key().bytes());
    writeRequest(requested.request(), out);
  }

  static ParkRequested readRequested(BinaryInput in) {
    GroupKey key = GroupKey.of(in.readBytes());
    ParkRequest request = readRequest(in);
    return new ParkRequested(key, Objects.requireNonNull(request, "request"));
  }

  private static void writeReason(Parked parked, BinaryOutput out) {
    Watermark late = parked.lateWatermark();
    out.writeByte(late.isKnown() ? PARKED_WITH_WATERMARK : PARKED);
    if (late.isKnown()) {
      out.writeWatermark(late);
    }
    out.writeUnsigned(parked.sinceEpoch());
    out.writeText(parked.error());
    writeNullable(parked.message(), out);
    writeRequest(parked.request(), out);
  }

  private static Parked readReason(GroupKey key, Watermark late, BinaryInput in) {
    return new Parked(
        key, in.readUnsigned(), in.readText(), readNullable(in), readRequest(in), late);
  }

  private static void writeWaiting(Waiting waiting, ValueClasses classes, BinaryOutput out) {
    out.writeUnsigned(waiting.first());
    classes.write(waiting.events().stream().map(ParkedEvent::event).toList(), out);
    waiting.events().forEach(event -> writeOrigin(event.origin(), out));
  }

  private static Waiting readWaiting(GroupKey key, ValueClasses classes, BinaryInput in) {
    long first = in.readUnsigned();
    List<ParkedEvent> events = new ArrayList<>();
    for (StoredValue event : classes.read(in)) {
      events.add(new ParkedEvent(readOrigin(in), event));
    }
    return new Waiting(key, first, events);
  }

  private static void writeRequest(@Nullable ParkRequest request, BinaryOutput out) {
    out.writeByte(request == null ? 0 : 1 + REQUESTS.indexOf(request.kind()));
    if (request != null) {
      out.writeUnsigned(request.afterEpoch());
    }
  }

  private static @Nullable ParkRequest readRequest(BinaryInput in) {
    int kind = in.readByte();
    return kind == 0 ? null : new ParkRequest(REQUESTS.get(kind - 1), in.readUnsigned());
  }

  private static void writeNullable(@Nullable String text, BinaryOutput out) {
    out.writeByte(text == null ? 0 : 1);
    if (text != null) {
      // The message may quote anything and may have been cut between surrogates.
      out.writeShownText(text);
    }
  }

  private static @Nullable String readNullable(BinaryInput in) {
    return in.readByte() == 0 ? null : in.readText();
  }

  private static void writeOrigin(EventOrigin origin, BinaryOutput out) {
    out.writeUnsigned(origin.epoch());
    writeNullable(origin.partition(), out);
    out.writeUnsigned(origin.offset());
  }

  private static EventOrigin readOrigin(BinaryInput in) {
    return new EventOrigin(in.readUnsigned(), readNullable(in), in.readUnsigned());
  }

  private static @Nullable StoredValue onlyOrNull(List<StoredValue> values) {
    return values.isEmpty() ? null : values.get(0);
  }
}
