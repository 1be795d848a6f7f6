package io.vellamo.persistence.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.vellamo.api.SerializationException;
import io.vellamo.api.TypeRef;
import io.vellamo.engine.group.GroupKey;
import io.vellamo.engine.group.KeyCodec;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
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

  record Pair<A, B>(A second, B first) {}

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
  void keysWithTypeArguments_haveTheForm() {
    KeyCodec pairs = codec(new TypeRef<Pair<Place, List<Double>>>() {});
    KeyCodec lists = codec(new TypeRef<List<BigDecimal>>() {});
    KeyCodec optionals = codec(new TypeRef<Optional<Place>>() {});
    Pair<Place, List<Double>> pair = new Pair<>(TURKU, List.of(0.0, Double.NaN));

    assertThat(layouts.own())
        .containsExactly(
            "{first:list<double?>,second:{city:text,country:text,floor:int}}",
            "list<decimal>",
            "{city:text,country:text,floor:int}?");
    assertThat(pairs.read(pairs.write(pair))).isEqualTo(pair);
    assertThat(pairs.write(pair))
        .isEqualTo(pairs.write(new Pair<>(TURKU, List.of(-0.0, Double.NaN))));
    assertThat(lists.write(List.of(new BigDecimal("1.00"))))
        .isEqualTo(lists.write(new ArrayList<>(List.of(BigDecimal.ONE))));
    assertThat(lists.read(lists.write(List.of(BigDecimal.TEN)))).isEqualTo(List.of(BigDecimal.TEN));
    assertThat(optionals.read(optionals.write(Optional.of(TURKU)))).isEqualTo(Optional.of(TURKU));
    assertThat(optionals.read(optionals.write(Optional.empty()))).isEqualTo(Optional.empty());
    assertThat(optionals.read(optionals.write(null))).isNull();
    assertThat(new JsonForms(layouts).textOfKey(lists.write(List.of(BigDecimal.ONE))))
        .isEqualTo("[1]");
  }

  @Test
  void keysOfSetsAndMaps_areWrittenByJacksonInOneOrder() {
    KeyCodec sets = codec(new TypeRef<Set<String>>() {});
    KeyCodec maps = codec(new TypeRef<Pair<Map<String, Place>, Long>>() {});
    Map<String, Place> places = new LinkedHashMap<>();
    places.put("b", TURKU);
    places.put("a", TURKU);

    assertThat(sets.write(new LinkedHashSet<>(List.of("b", "a"))))
        .isEqualTo(sets.write(new LinkedHashSet<>(List.of("a", "b"))));
    assertThat(sets.read(sets.write(Set.of("a")))).isEqualTo(Set.of("a"));
    assertThat(maps.write(new Pair<>(places, 1L)))
        .isEqualTo(maps.write(new Pair<>(new TreeMap<>(places), 1L)));
    assertThat(maps.read(maps.write(new Pair<>(places, 1L)))).isEqualTo(new Pair<>(places, 1L));
    assertThat(layouts.own()).isEmpty();
  }

  @Test
  void keysOfSingleValues_areWrittenByJackson() {
    assertThat(RecordForms.ofKeys(Side.class)).isNull();
    assertThat(RecordForms.ofKeys(BigDecimal.class)).isNull();
    assertThat(codec(Side.class).writesEqualKeysAlike()).isTrue();
  }

  @Test
  void typesThatCanNotBeKeys_areRefused() {
    assertThatExceptionOfType(SerializationException.class)
        .isThrownBy(() -> codec(Pair.class))
        .withMessage(
            "key class [%s] can't be kept at property [first]: [java.lang.Object], a raw type or a"
                + " type variable does not tell the class of its values; declare the class that it"
                + " holds, or an interface with @JsonTypeInfo",
            Pair.class.getName());
    assertThatExceptionOfType(SerializationException.class)
        .isThrownBy(() -> codec(List.class))
        .withMessage(
            "key class [java.util.List] can't be kept at property [*]: [java.lang.Object], a raw"
                + " type or a type variable does not tell the class of its values; hold it in a"
                + " record that declares its elements, or give the type of a state or key as new"
                + " TypeRef<List<Long>>() {}");
    assertThatExceptionOfType(SerializationException.class)
        .isThrownBy(() -> codec(new TypeRef<List<String>>() {}).write(Set.of("a")))
        .withMessageContaining("give groupByKey the class of its keys");
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

  private KeyCodec codec(TypeRef<?> type) {
    return JacksonKeyCodec.of(type.type(), layouts);
  }

  private KeyCodec codec(Class<?> type) {
    return JacksonKeyCodec.of(type, layouts);
  }

  private void assertOneKey(Record one, Record other) {
    assertThat(codec(one.getClass()).write(one)).isEqualTo(codec(other.getClass()).write(other));
    assertThat(codec(one.getClass()).write(one).bytes()[0]).isNotEqualTo(JacksonKeyCodec.VALUE);
  }
}
