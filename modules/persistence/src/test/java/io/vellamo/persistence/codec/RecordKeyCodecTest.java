package io.vellamo.persistence.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.vellamo.api.SerializationException;
import io.vellamo.engine.group.GroupKey;
import io.vellamo.engine.group.KeyCodec;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Keys in record form. */
final class RecordKeyCodecTest {
  enum Side {
    LEFT,
    RIGHT
  }

  record Place(String country, @Nullable String city, int floor) {}

  record Reordered(short floor, String country, String city) {}

  record Gained(String country, @Nullable String city, int floor, long room) {}

  record Numbers(double number, @Nullable Float other, BigDecimal amount) {}

  record Parts(List<Double> numbers, Optional<BigDecimal> amount, Place place, Side side) {}

  record Tags(Set<String> tags) {}

  record Named(@JsonProperty("of") String country) {}

  private static final Place TURKU = new Place("fi", "Turku", 2);

  private final RecordLayouts layouts = new RecordLayouts();

  @Test
  void key_isWrittenByTheNamesOfItsComponents() {
    GroupKey key = codec(Place.class).write(TURKU);

    assertThat(layouts.own()).containsExactly("{city:text,country:text,floor:int}");
    assertThat(key)
        .isEqualTo(codec(Reordered.class).write(new Reordered((short) 2, "fi", "Turku")));
    assertThat(codec(Place.class).read(key)).isEqualTo(TURKU);
    assertThat(codec(Reordered.class).read(key)).isEqualTo(new Reordered((short) 2, "fi", "Turku"));
  }

  @Test
  void keys_withEqualNumbers_areOneKey() {
    assertOneKey(
        new Numbers(0.0, -0.0f, new BigDecimal("1.00")),
        new Numbers(-0.0, 0.0f, new BigDecimal("1")));
    assertOneKey(
        new Numbers(Double.NaN, Float.NaN, new BigDecimal("100")),
        new Numbers(
            Double.longBitsToDouble(0x7ff8000000000001L),
            Float.intBitsToFloat(0x7fc00001),
            new BigDecimal("1E2")));
    assertOneKey(
        new Parts(List.of(-0.0), Optional.of(new BigDecimal("2.50")), TURKU, Side.RIGHT),
        new Parts(List.of(0.0), Optional.of(new BigDecimal("2.5")), TURKU, Side.RIGHT));
  }

  @Test
  void keys_withSets_areWrittenByJackson() {
    assertThat(RecordForms.ofKeys(Tags.class)).isNull();
    assertThat(RecordForms.ofKeys(Named.class)).isNull();
    assertThat(codec(Tags.class).write(new Tags(Set.of("a"))).bytes()[0])
        .isEqualTo(JacksonKeyCodec.VALUE);
  }

  @Test
  void key_ofAClassThatHasChanged_isReadByName() {
    GroupKey old = codec(Place.class).write(TURKU);

    assertThat(codec(Gained.class).read(old)).isEqualTo(new Gained("fi", "Turku", 2, 0));
  }

  @Test
  void key_writtenByJackson_isRead() {
    GroupKey old = JacksonKeyCodec.of(Place.class).write(TURKU);

    assertThat(codec(Place.class).read(old)).isEqualTo(TURKU);
  }

  @Test
  void nullAndOtherClasses_areHandledAsByJackson() {
    KeyCodec codec = codec(Place.class);

    assertThat(codec.read(codec.write(null))).isNull();
    assertThatExceptionOfType(SerializationException.class)
        .isThrownBy(() -> codec.write("Turku"))
        .withMessageContaining(
            "a key has class [java.lang.String]; give groupByKey the class of its keys");
    assertThatExceptionOfType(SerializationException.class)
        .isThrownBy(() -> codec.write(new Place("fi", "\ud83d", 0)))
        .withMessageContaining("at property [city]: a text has an unpaired surrogate");
  }

  @Test
  void key_isShownByName() {
    GroupKey key = codec(Place.class).write(TURKU);

    assertThat(new JsonForms(RecordLayouts.of(layouts.own())).textOfKey(key))
        .isEqualTo("{\"city\":\"Turku\",\"country\":\"fi\",\"floor\":2}");
  }

  private KeyCodec codec(Class<?> type) {
    return JacksonKeyCodec.of(type, layouts);
  }

  private void assertOneKey(Record one, Record other) {
    assertThat(codec(one.getClass()).write(one)).isEqualTo(codec(other.getClass()).write(other));
    assertThat(codec(one.getClass()).write(one).bytes()[0]).isNotEqualTo(JacksonKeyCodec.VALUE);
  }
}
