package io.vellamo.persistence.journal;

import io.vellamo.engine.group.GroupKey;
import io.vellamo.engine.group.StoredValue;
import io.vellamo.engine.shard.EventOrigin;
import io.vellamo.engine.shard.GroupDeadLetter;
import io.vellamo.engine.shard.ShardDeadLetters;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lays out what a shard keeps of calls that threw. */
final class FailureFormat {
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
      String message = letter.message();
      out.writeByte(message == null ? 0 : 1);
      if (message != null) {
        out.writeText(message);
      }
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
      String message = in.readByte() == 0 ? null : in.readText();
      letters.add(new GroupDeadLetter(key, origin, error, message, onlyOrNull(classes.read(in))));
    }
    return new ShardDeadLetters(incarnation, epoch, letters);
  }

  private static void writeOrigin(EventOrigin origin, BinaryOutput out) {
    out.writeUnsigned(origin.epoch());
    out.writeText(origin.partition());
    out.writeUnsigned(origin.offset());
  }

  private static EventOrigin readOrigin(BinaryInput in) {
    return new EventOrigin(in.readUnsigned(), in.readText(), in.readUnsigned());
  }

  private static @Nullable StoredValue onlyOrNull(List<StoredValue> values) {
    return values.isEmpty() ? null : values.get(0);
  }
}
