package io.vellamo.persistence.message;

import io.vellamo.persistence.journal.BinaryInput;
import io.vellamo.persistence.journal.BinaryOutput;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The layout of times and durations, to the nanosecond. */
final class TimeFormat {
  private TimeFormat() {}

  static void write(Instant time, BinaryOutput out) {
    out.writeSigned(time.getEpochSecond());
    out.writeUnsigned(time.getNano());
  }

  static Instant readInstant(BinaryInput in) {
    return Instant.ofEpochSecond(in.readSigned(), in.readUnsigned());
  }

  static void write(Optional<Instant> time, BinaryOutput out) {
    out.writeByte(time.isPresent() ? 1 : 0);
    time.ifPresent(present -> write(present, out));
  }

  static Optional<Instant> readOptional(BinaryInput in) {
    return in.readByte() == 0 ? Optional.empty() : Optional.of(readInstant(in));
  }

  static void write(Duration duration, BinaryOutput out) {
    out.writeSigned(duration.getSeconds());
    out.writeUnsigned(duration.getNano());
  }

  static Duration readDuration(BinaryInput in) {
    return Duration.ofSeconds(in.readSigned(), in.readUnsigned());
  }
}
