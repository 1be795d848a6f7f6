package io.vellamo.persistence.codec;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Records of all plain types, with components that a seed draws. */
final class DrawnRecords {
  enum Colour {
    RED,
    GREEN {
      @Override
      boolean isWarm() {
        return false;
      }
    };

    boolean isWarm() {
      return true;
    }
  }

  record Primitives(
      byte b, short s, int i, long l, float f, double d, boolean z, char c, long last) {}

  record Boxes(
      @Nullable Byte b,
      @Nullable Short s,
      @Nullable Integer i,
      @Nullable Long l,
      @Nullable Float f,
      @Nullable Double d,
      @Nullable Boolean z,
      @Nullable Character c) {}

  record Times(
      @Nullable Instant instant,
      @Nullable Duration duration,
      @Nullable LocalDate date,
      @Nullable LocalTime time,
      @Nullable LocalDateTime dateTime,
      @Nullable OffsetDateTime offsetDateTime) {}

  record Values(
      @Nullable String text,
      @Nullable UUID id,
      @Nullable BigDecimal decimal,
      @Nullable BigInteger integer,
      @Nullable Colour colour) {}

  /** All types without parts, and the containers whose order is their own. */
  record Kinds(
      Primitives primitives,
      Boxes boxes,
      Times times,
      Values values,
      List<Primitives> list,
      Map<Colour, Optional<Long>> map,
      Set<Long> set) {}

  record Both<A, B>(@Nullable A one, @Nullable B other) {}

  record Tree(
      @Nullable Primitives primitives,
      @Nullable Boxes boxes,
      @Nullable Times times,
      @Nullable Values values,
      @Nullable Tree one,
      Optional<String> name,
      Optional<Tree> other,
      @Nullable List<@Nullable Tree> children,
      @Nullable Set<Values> distinct,
      @Nullable Map<String, @Nullable Tree> byName,
      @Nullable Map<Colour, List<@Nullable Long>> byColour,
      @Nullable Map<Integer, Optional<Instant>> byNumber,
      @Nullable Both<Long, Both<String, Values>> both) {}

  private final Random random;
  private int left = 30;

  DrawnRecords(long seed) {
    this.random = new Random(seed);
  }

  Tree tree() {
    left--;
    return new Tree(
        orNull(this::primitives),
        orNull(this::boxes),
        orNull(this::times),
        orNull(this::values),
        orNull(this::child),
        Optional.ofNullable(orNull(this::text)),
        Optional.ofNullable(orNull(this::child)),
        orNull(() -> list(() -> orNull(this::child))),
        orNull(() -> new HashSet<>(list(this::values))),
        orNull(() -> map(this::text, this::child)),
        orNull(() -> map(this::colour, () -> list(() -> orNull(this::whole)))),
        orNull(() -> map(() -> (int) whole(), () -> Optional.ofNullable(orNull(this::instant)))),
        orNull(() -> new Both<>(orNull(this::whole), new Both<>(text(), orNull(this::values)))));
  }

  Kinds kinds() {
    return new Kinds(
        primitives(),
        boxes(),
        times(),
        values(),
        list(this::primitives),
        map(this::colour, () -> Optional.ofNullable(orNull(this::whole))),
        Set.of(whole()));
  }

  Primitives primitives() {
    return new Primitives(
        (byte) whole(),
        (short) whole(),
        (int) whole(),
        whole(),
        Float.intBitsToFloat(random.nextInt()),
        number(),
        random.nextBoolean(),
        (char) random.nextInt(0xd800),
        whole());
  }

  /** Returns values of the types without parts. */
  List<Object> scalars() {
    Boxes boxes = boxes();
    Times times = times();
    Values values = values();
    return Stream.of(
            boxes.b,
            boxes.s,
            boxes.i,
            boxes.l,
            boxes.f,
            boxes.d,
            boxes.z,
            boxes.c,
            times.instant,
            times.duration,
            times.date,
            times.time,
            times.dateTime,
            times.offsetDateTime,
            values.text,
            values.id,
            values.decimal,
            values.integer,
            values.colour)
        .<Object>flatMap(Stream::ofNullable)
        .toList();
  }

  private Boxes boxes() {
    return new Boxes(
        orNull(() -> (byte) whole()),
        orNull(() -> (short) whole()),
        orNull(() -> (int) whole()),
        orNull(this::whole),
        orNull(() -> (float) number()),
        orNull(this::number),
        orNull(random::nextBoolean),
        orNull(() -> (char) random.nextInt(0xd800)));
  }

  private Times times() {
    return new Times(
        orNull(this::instant),
        orNull(() -> Duration.ofSeconds(whole() / 16, random.nextInt(1_000_000_000))),
        orNull(() -> dateTime().toLocalDate()),
        orNull(() -> dateTime().toLocalTime()),
        orNull(this::dateTime),
        orNull(() -> dateTime().atOffset(ZoneOffset.ofTotalSeconds(random.nextInt(64_000)))));
  }

  private Values values() {
    return new Values(
        orNull(this::text),
        orNull(() -> new UUID(random.nextLong(), random.nextLong())),
        orNull(() -> new BigDecimal(integer(), random.nextInt(40) - 10)),
        orNull(this::integer),
        orNull(this::colour));
  }

  private @Nullable Tree child() {
    return left > 0 ? tree() : null;
  }

  private Instant instant() {
    long most = Instant.MAX.getEpochSecond();
    long second = Math.max(-most, Math.min(most, whole()));
    return random.nextBoolean()
        ? Instant.ofEpochSecond(second, random.nextInt(1_000) * 1_000_000L)
        : Instant.ofEpochSecond(second, random.nextInt(1_000_000_000));
  }

  private LocalDateTime dateTime() {
    return LocalDateTime.ofEpochSecond(
        random.nextLong(-1L << 38, 1L << 38), random.nextInt(1_000_000_000), ZoneOffset.UTC);
  }

  private BigInteger integer() {
    BigInteger drawn = new BigInteger(random.nextInt(200), random);
    return random.nextBoolean() ? drawn : drawn.negate();
  }

  private Colour colour() {
    return Colour.values()[random.nextInt(2)];
  }

  /** Returns a number of any length, small ones as often as large ones. */
  private long whole() {
    return random.nextLong() >> random.nextInt(64);
  }

  private double number() {
    return switch (random.nextInt(4)) {
      case 0 -> -0.0;
      case 1 -> random.nextInt(100);
      case 2 -> Double.NEGATIVE_INFINITY;
      default -> random.nextDouble();
    };
  }

  private String text() {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(40); i > 0; i--) {
      text.appendCodePoint(random.nextInt(20) == 0 ? 0x1f600 + i : ' ' + random.nextInt(300));
    }
    return text.toString();
  }

  private <T> List<T> list(Supplier<T> element) {
    List<T> list = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      list.add(element.get());
    }
    return list;
  }

  private <A, B> Map<A, B> map(Supplier<A> key, Supplier<B> value) {
    Map<A, B> map = new LinkedHashMap<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      map.put(key.get(), value.get());
    }
    return map;
  }

  private <T> @Nullable T orNull(Supplier<T> value) {
    return random.nextInt(4) == 0 ? null : value.get();
  }
}
