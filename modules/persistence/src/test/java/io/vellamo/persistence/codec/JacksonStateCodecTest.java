package io.vellamo.persistence.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.vellamo.api.SerializationException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class JacksonStateCodecTest {
  record Visit(String page, Instant at, Duration stay, Optional<String> referrer) {}

  record Session(int count, List<Visit> visits, Map<String, LocalDate> days) {}

  record Numbers(
      byte b,
      short s,
      char c,
      float f,
      double d,
      long l,
      boolean z,
      BigDecimal big,
      BigInteger huge,
      UUID id) {}

  record Times(
      Instant instant,
      LocalDate date,
      LocalTime time,
      LocalDateTime dateTime,
      OffsetDateTime offsetDateTime,
      ZonedDateTime zonedDateTime,
      OffsetTime offsetTime,
      Duration duration,
      Period period,
      Year year,
      YearMonth month) {}

  record Old(int kept, String dropped) {}

  record New(int kept, long added, @Nullable String text, Optional<String> optional) {}

  record Failing(String secret) {
    @Override
    public String secret() {
      throw new IllegalStateException("secret " + secret);
    }
  }

  record Ages(Map<String, Failing> byName) {}

  record Counts(Map<String, Integer> byName) {}

  record Texts(Map<String, String> byName) {}

  static final class Bean {
    private int value;

    public int getValue() {
      return value;
    }

    public void setValue(int value) {
      this.value = value;
    }
  }

  static final class PrivateConstructor {
    private final int value;

    private PrivateConstructor(int value) {
      this.value = value;
    }

    public int getValue() {
      return value;
    }
  }

  static final class NoProperties {}

  /** Jackson would take a lone constructor, but not choose among these. */
  static final class NoConstructor {
    private final int value;

    private NoConstructor(int one) {
      this(one, 0);
    }

    private NoConstructor(int one, int other) {
      this.value = one + other;
    }

    static NoConstructor make(int value) {
      return new NoConstructor(value);
    }

    public int getValue() {
      return value;
    }
  }

  sealed interface Shape permits Circle {
    @JsonProperty
    int size();
  }

  record Circle(int size) implements Shape {}

  record Drawing(List<Optional<Shape>> shapes) {}

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME)
  @JsonSubTypes(@JsonSubTypes.Type(value = Named.Square.class, name = "square"))
  sealed interface Named {
    record Square(int size) implements Named {}
  }

  record NamedDrawing(List<Named> shapes, Map<String, Named> byName, Named first) {}

  record Tree(int value, List<Tree> children, @Nullable Tree parent) {}

  // Round trips.

  @Test
  void state_ofNestedRecords_isReadAsItWasWritten() {
    Instant at = Instant.ofEpochSecond(1_700_000_000, 123_456_789);
    Session session =
        new Session(
            2,
            List.of(
                new Visit("/", at, Duration.ofMillis(1500), Optional.empty()),
                new Visit("/a", at, Duration.ofNanos(-1), Optional.of("/"))),
            Map.of("first", LocalDate.of(2026, 11, 22)));

    assertRoundTrip(Session.class, session);
  }

  @Test
  void state_ofNumbers_isReadAsItWasWritten() {
    assertRoundTrip(
        Numbers.class,
        new Numbers(
            (byte) -1,
            (short) -300,
            'ä',
            0.1f,
            -0.0,
            Long.MIN_VALUE,
            true,
            new BigDecimal("1.00"),
            BigInteger.TWO.pow(100),
            new UUID(1, -2)));
  }

  /** A live state and one read anew must be the same, or passivation would change results. */
  @ParameterizedTest
  @ValueSource(strings = {"Europe/Helsinki", "UTC", "Z", "+05:30"})
  void state_ofTimes_isReadAsItWasWritten(ZoneId zone) {
    Instant instant = Instant.ofEpochSecond(1_700_000_000, 123_456_789);
    LocalDateTime local = LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
    ZoneOffset offset = ZoneOffset.ofHours(2);

    assertRoundTrip(
        Times.class,
        new Times(
            instant,
            local.toLocalDate(),
            local.toLocalTime(),
            local,
            instant.atOffset(offset),
            instant.atZone(zone),
            OffsetTime.of(local.toLocalTime(), offset),
            Duration.ofSeconds(-5, 1),
            Period.of(1, 2, 3),
            Year.of(2026),
            YearMonth.of(2026, 11)));
  }

  @Test
  void state_ofBean_isReadAsItWasWritten() {
    JacksonStateCodec<Bean> codec = JacksonStateCodec.of(Bean.class);
    Bean bean = new Bean();
    bean.setValue(7);

    assertThat(codec.read(codec.write(bean)).getValue()).isEqualTo(7);
  }

  @Test
  void state_withPrivateConstructor_isReadAsItWasWritten() {
    JacksonStateCodec<PrivateConstructor> codec = JacksonStateCodec.of(PrivateConstructor.class);

    assertThat(codec.read(codec.write(new PrivateConstructor(7))).getValue()).isEqualTo(7);
  }

  @Test
  void state_ofNamedSubtypes_isReadAsItWasWritten() {
    Named.Square square = new Named.Square(3);

    assertRoundTrip(
        NamedDrawing.class, new NamedDrawing(List.of(square), Map.of("a", square), square));
    assertRoundTrip(Named.class, square);
  }

  @Test
  void state_ofRecursiveRecord_isReadAsItWasWritten() {
    Tree leaf = new Tree(2, List.of(), null);

    assertRoundTrip(Tree.class, new Tree(1, List.of(leaf), leaf));
  }

  // Evolution.

  @Test
  void property_lost_isIgnored() {
    byte[] old = JacksonStateCodec.of(Old.class).write(new Old(7, "x"));

    assertThat(JacksonStateCodec.of(New.class).read(old).kept()).isEqualTo(7);
  }

  @Test
  void property_gained_takesItsDefault() {
    byte[] old = JacksonStateCodec.of(Old.class).write(new Old(7, "x"));

    assertThat(JacksonStateCodec.of(New.class).read(old))
        .isEqualTo(new New(7, 0, null, Optional.empty()));
  }

  // What can change.

  @ParameterizedTest
  @ValueSource(
      classes = {
        int.class,
        Integer.class,
        String.class,
        Instant.class,
        ZonedDateTime.class,
        Duration.class,
        Thread.State.class,
        Numbers.class,
        Times.class,
        Old.class,
        Circle.class
      })
  void class_thatCanNotChange_isImmutable(Class<?> type) {
    assertThat(ImmutableTypes.isImmutable(type)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      classes = {
        Bean.class,
        Session.class,
        Visit.class,
        Tree.class,
        Ages.class,
        Object.class,
        List.class,
        int[].class,
        Shape.class,
        Number.class
      })
  void class_thatMightChange_isMutable(Class<?> type) {
    assertThat(ImmutableTypes.isImmutable(type)).isFalse();
  }

  @Test
  void codec_knowsWhetherItsClassIsImmutable() {
    assertThat(JacksonStateCodec.of(Numbers.class).isImmutable()).isTrue();
    assertThat(JacksonStateCodec.of(Bean.class).isImmutable()).isFalse();
  }

  @Test
  void recursiveRecord_ofImmutables_isImmutable() {
    record Chain(int value, @Nullable Chain next) {}

    assertThat(ImmutableTypes.isImmutable(Chain.class)).isTrue();
  }

  // Refusals.

  @Test
  void class_withoutProperties_isRefusedAtOnce() {
    assertRefused(NoProperties.class, "be written: Jackson finds no properties in it");
  }

  @Test
  void class_withoutConstructor_isRefusedAtOnce() {
    assertThat(NoConstructor.make(1).getValue()).isEqualTo(1);
    assertRefused(
        NoConstructor.class,
        "be read: Jackson finds no constructor to use in [" + NoConstructor.class.getName() + "]");
  }

  @Test
  void interface_withoutTypeInfo_isRefusedAtOnce() {
    assertThatExceptionOfType(SerializationException.class)
        .isThrownBy(() -> JacksonStateCodec.of(Shape.class))
        .withMessageContaining("can't be read: [" + Shape.class.getName() + "] is abstract");
  }

  @Test
  void nestedInterface_withoutTypeInfo_isRefusedAtOnce() {
    assertThatExceptionOfType(SerializationException.class)
        .isThrownBy(() -> JacksonStateCodec.of(Drawing.class))
        .withMessage(
            "state class [%s] can't be read at property [shapes.*]: [%s] is abstract and has no @JsonTypeInfo; use a"
                + " record, or a class with a constructor and getters that Jackson can use",
            Drawing.class.getName(), Shape.class.getName());
  }

  @Test
  void failureToWrite_namesPropertyAndNoPayload() {
    JacksonStateCodec<Failing> codec = JacksonStateCodec.of(Failing.class);

    assertThatExceptionOfType(SerializationException.class)
        .isThrownBy(() -> codec.write(new Failing("hunter2")))
        .withMessageStartingWith(
            "state class ["
                + Failing.class.getName()
                + "] can't be written at property [secret]: its code threw [java.lang.IllegalStateException]; let getters and serializers return a value")
        .satisfies(e -> assertThat(e).hasStackTraceContaining("JsonMappingException"))
        .satisfies(e -> assertThat(Payloads.trace(e)).doesNotContain("hunter2"));
  }

  @Test
  void failureToWrite_insideAMap_doesNotNameItsKeys() {
    JacksonStateCodec<Ages> codec = JacksonStateCodec.of(Ages.class);

    assertThatExceptionOfType(SerializationException.class)
        .isThrownBy(() -> codec.write(new Ages(Map.of("hunter2", new Failing("x")))))
        .withMessageContaining(" at property [byName.*.secret]")
        .satisfies(e -> assertThat(Payloads.trace(e)).doesNotContain("hunter2"));
  }

  @Test
  void failureToRead_insideAMap_doesNotNameItsKeysOrValues() {
    byte[] texts = JacksonStateCodec.of(Texts.class).write(new Texts(Map.of("hunter2", "hunter3")));
    JacksonStateCodec<Counts> codec = JacksonStateCodec.of(Counts.class);

    assertThatExceptionOfType(SerializationException.class)
        .isThrownBy(() -> codec.read(texts))
        .withMessageContaining(" at property [byName.*]")
        .satisfies(e -> assertThat(Payloads.trace(e)).doesNotContain("hunter"));
  }

  @Test
  void bytes_thatAreNoState_areRefused() {
    JacksonStateCodec<Old> codec = JacksonStateCodec.of(Old.class);

    assertThatExceptionOfType(SerializationException.class)
        .isThrownBy(() -> codec.read(new byte[] {1, 2, 3}))
        .withMessageStartingWith("state class [" + Old.class.getName() + "] can't be read");
  }

  private static <S> void assertRoundTrip(Class<S> type, S state) {
    JacksonStateCodec<S> codec = JacksonStateCodec.of(type);

    assertThat(codec.read(codec.write(state))).isEqualTo(state);
  }

  private static void assertRefused(Class<?> type, String problem) {
    assertThatExceptionOfType(SerializationException.class)
        .isThrownBy(() -> JacksonStateCodec.of(type))
        .withMessage(
            "state class [%s] can't %s; use a record, or a class with a constructor and getters"
                + " that Jackson can use",
            type.getName(), problem)
        .satisfies(e -> assertThat(e.className()).isEqualTo(type.getName()));
  }
}
