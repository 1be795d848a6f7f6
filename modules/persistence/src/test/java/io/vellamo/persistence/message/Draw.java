package io.vellamo.persistence.message;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Plain values of all magnitudes, which a seed draws. */
final class Draw {
  private final Random random;

  Draw(long seed) {
    random = new Random(seed);
  }

  boolean chance() {
    return random.nextBoolean();
  }

  int below(int bound) {
    return random.nextInt(bound);
  }

  /** Draws a number that is not negative, often a small one. */
  long number() {
    return random.nextLong() >>> (1 + random.nextInt(63));
  }

  int count() {
    return random.nextInt() >>> (1 + random.nextInt(31));
  }

  long signed() {
    return random.nextLong() >> random.nextInt(64);
  }

  double fraction() {
    return random.nextGaussian();
  }

  @Nullable Long nullable() {
    return chance() ? null : Long.valueOf(signed());
  }

  String text() {
    return random
        .ints(random.nextInt(6), 'a', 'ä' + 1)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .append(chance() ? "" : "🌊")
        .toString();
  }

  byte[] bytes() {
    byte[] bytes = new byte[random.nextInt(6)];
    random.nextBytes(bytes);
    return bytes;
  }

  UUID uuid() {
    return new UUID(random.nextLong(), random.nextLong());
  }

  /** Draws a time in whole seconds, milliseconds, or to the nanosecond, and rarely an extreme. */
  Instant time() {
    return switch (random.nextInt(8)) {
      case 0 -> Instant.MIN;
      case 1 -> Instant.MAX;
      case 2 -> Instant.ofEpochSecond(random.nextInt(), random.nextInt(1_000_000_000));
      case 3 -> Instant.ofEpochSecond(random.nextInt());
      default -> Instant.ofEpochMilli(random.nextLong() >> 20);
    };
  }

  Duration duration() {
    return Duration.ofSeconds(random.nextInt(), random.nextInt(1_000_000_000));
  }

  <T> Optional<T> maybe(Supplier<T> value) {
    return chance() ? Optional.empty() : Optional.of(value.get());
  }

  <T> List<T> some(Supplier<T> value) {
    List<T> values = new ArrayList<>();
    for (int left = random.nextInt(4); left > 0; left--) {
      values.add(value.get());
    }
    return values;
  }

  <T> T one(List<T> values) {
    return values.get(random.nextInt(values.size()));
  }
}
