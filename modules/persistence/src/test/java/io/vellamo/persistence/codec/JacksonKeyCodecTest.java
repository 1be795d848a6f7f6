package io.vellamo.persistence.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.vellamo.api.SerializationException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class JacksonKeyCodecTest {
  record Place(String city, int zone) {}

  @JsonPropertyOrder({"zone", "city"})
  record Turned(int zone, String city) {}

  record Tags(Map<String, Integer> counts) {}

  enum Color {
    RED,
    GREEN
  }

  private final JacksonKeyCodec codec = JacksonKeyCodec.of(Place.class);

  @Test
  void key_ofRecord_isReadAsItWasWritten() {
    Place place = new Place("Turku", 2);

    assertThat(codec.read(codec.write(place))).isEqualTo(place);
  }

  /** A key is known by its bytes: it can't gain a property, as a state can. */
  @Test
  void key_withOneMoreProperty_isAnotherKey() {
    record Gained(String city, int zone, @Nullable String note) {}

    assertThat(JacksonKeyCodec.of(Gained.class).write(new Gained("Turku", 2, null)))
        .isNotEqualTo(codec.write(new Place("Turku", 2)));
  }

  @Test
  void key_ofEnum_isReadAsItWasWritten() {
    JacksonKeyCodec colors = JacksonKeyCodec.of(Color.class);

    assertThat(colors.read(colors.write(Color.GREEN))).isEqualTo(Color.GREEN);
  }

  @Test
  void nullKey_isReadAsNull() {
    assertThat(codec.read(codec.write(null))).isNull();
    assertThat(codec.write(null)).isEqualTo(new StandardKeyCodec().write(null));
  }

  @Test
  void equalKeys_areWrittenAlike() {
    assertThat(codec.write(new Place("Turku", 2))).isEqualTo(codec.write(new Place("Turku", 2)));
    assertThat(codec.write(new Place("Turku", 2))).isNotEqualTo(codec.write(new Place("Oulu", 2)));
  }

  @Test
  void equality_isTrustedOfEnumsOnly() {
    assertThat(JacksonKeyCodec.of(Color.class).writesEqualKeysAlike()).isTrue();
    assertThat(codec.writesEqualKeysAlike()).isFalse();
  }

  @Test
  void mapEntries_inAnyOrder_areWrittenAlike() {
    JacksonKeyCodec tags = JacksonKeyCodec.of(Tags.class);
    Map<String, Integer> ab = new LinkedHashMap<>();
    ab.put("a", 1);
    ab.put("b", 2);
    Map<String, Integer> ba = new LinkedHashMap<>();
    ba.put("b", 2);
    ba.put("a", 1);

    assertThat(tags.write(new Tags(ab))).isEqualTo(tags.write(new Tags(ba)));
  }

  @Test
  void properties_declaredInAnotherOrder_areWrittenAlike() {
    record Reordered(int zone, String city) {}
    JacksonKeyCodec reordered = JacksonKeyCodec.of(Reordered.class);

    assertThat(reordered.write(new Reordered(2, "Turku")))
        .isEqualTo(codec.write(new Place("Turku", 2)));
  }

  @Test
  void properties_orderedByAnnotation_keepThatOrder() {
    JacksonKeyCodec turned = JacksonKeyCodec.of(Turned.class);

    assertThat(turned.write(new Turned(2, "Turku")))
        .isNotEqualTo(codec.write(new Place("Turku", 2)));
  }

  @Test
  void key_ofAnotherClass_isRefusedWithoutPayload() {
    assertThatExceptionOfType(SerializationException.class)
        .isThrownBy(() -> codec.write("secret"))
        .withMessageStartingWith("key class [" + Place.class.getName() + "] can't be written")
        .satisfies(e -> assertThat(Payloads.trace(e)).doesNotContain("secret"));
  }

  @Test
  void key_ofAStandardType_isNotTakenForAKeyClass() {
    assertThatExceptionOfType(SerializationException.class)
        .isThrownBy(
            () ->
                JacksonKeyCodec.of(Integer.class).read(new StandardKeyCodec().write(0x05_00_00_00)))
        .withMessageStartingWith("key tag must be 16, was [2]");
  }
}
