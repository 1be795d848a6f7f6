package io.vellamo.persistence.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.cbor.databind.CBORMapper;
import io.vellamo.api.SerializationException;
import io.vellamo.api.group.KeyValue;
import io.vellamo.engine.group.StoredValue;
import java.io.IOException;
import java.time.Instant;
import java.time.Year;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Keys with values, whose class alone does not tell what they are. */
final class KeyValueCodecTest {
  private static final ClassLoader CLASSES = KeyValueCodecTest.class.getClassLoader();

  enum Colour {
    RED,
    GREEN {
      @Override
      public String toString() {
        return "grass";
      }
    }
  }

  record Place(String name, Instant since) {}

  record Stay(KeyValue<Place, Long> where, @Nullable KeyValue<String, Place> next) {}

  static final class NoProperties {}

  private final JacksonValueCodec codec = JacksonValueCodec.ofRows(CLASSES);

  @ParameterizedTest
  @MethodSource("pairs")
  void pair_isReadWithTheClassesOfItsParts(Object pair) {
    assertThat(codec.read(codec.write(pair))).isEqualTo(pair);
    assertThat(JacksonValueCodec.ofRows(CLASSES).read(codec.write(pair))).isEqualTo(pair);
  }

  static Stream<Object> pairs() {
    Place here = new Place("here", Instant.EPOCH);
    return Stream.of(
        new KeyValue<>("a", "b"),
        new KeyValue<>("a", 1),
        new KeyValue<>("a", 1L),
        new KeyValue<>("a", 1.0),
        new KeyValue<>("a", 1.0f),
        new KeyValue<>("a", true),
        new KeyValue<>(7L, here),
        new KeyValue<>(here, 3L),
        new KeyValue<>(new UUID(1, 2), Instant.ofEpochMilli(5)),
        new KeyValue<>(Colour.GREEN, Colour.RED),
        ofNullKey(here),
        new KeyValue<>("a", List.of("b", 1)),
        new KeyValue<>("a", new KeyValue<>("b", List.of("c"))),
        new KeyValue<>(new KeyValue<>(here, "a"), new KeyValue<>(Colour.GREEN, 2L)),
        new KeyValue<>("a", new KeyValue<>(1L, new KeyValue<>(here, 2L))),
        new Stay(new KeyValue<>(here, 3L), new KeyValue<>("b", here)),
        new Stay(new KeyValue<>(here, 3L), null));
  }

  @Test
  void pairOfPlainParts_carriesTheirClassesAndItsLayout() {
    StoredValue row = codec.write(new KeyValue<>("a", new KeyValue<>(Colour.GREEN, 300L)));

    assertThat(row.type())
        .isEqualTo(
            "%1$s<java.lang.String,%1$s<%2$s,java.lang.Long>>:{key:text,value:{key:enum(RED|GREEN),value:int?}}",
            KeyValue.class.getName(), Colour.class.getName());
    assertThat(row.bytes()).containsExactly(2, 'a', 1, 2, 1, 0xd8, 4);
    assertThat(StoredTypes.className(row.type())).isEqualTo(KeyValue.class.getName());
  }

  @Test
  void pairs_ofOneClassOfParts_shareAType() {
    assertThat(codec.write(new KeyValue<>("a", Colour.GREEN)).type())
        .isEqualTo(codec.write(new KeyValue<>("b", Colour.RED)).type())
        .isEqualTo(codec.write(ofNullKey(Colour.RED)).type())
        .isNotEqualTo(codec.write(new KeyValue<>(1, Colour.RED)).type());
  }

  @Test
  void pair_ofALayoutThatIsGone_isReadByName() {
    StoredValue old =
        new StoredValue(
            KeyValue.class.getName() + "<java.lang.String,java.lang.Long>:{value:int,key:text}",
            new byte[] {14, 2, 'a'});

    assertThat(codec.read(old)).isEqualTo(new KeyValue<>("a", 7L));
    assertThat(new JsonForms(new RecordLayouts()).ofValues(List.of(old)))
        .hasToString("[{\"value\":7,\"key\":\"a\"}]");
  }

  @Test
  void pairThatTheFormCanNotCarry_isRefusedByJackson() {
    assertThatExceptionOfType(SerializationException.class)
        .isThrownBy(() -> codec.write(new KeyValue<>("a", "\ud83d")))
        .withMessage(
            "row class [%s] can't be written at property [value]: a text has an unpaired surrogate;"
                + " cut text only between code points",
            KeyValue.class.getName());
  }

  @Test
  void otherPair_isAnObjectOfKeyAndValue_withTheClassesThatCborDoesNotTell() throws IOException {
    assertThat(json(new KeyValue<>("a", List.of("b"))))
        .hasToString(
            "{\"key\":\"a\",\"valueClass\":\"java.util.ImmutableCollections$List12\",\"value\":[\"b\"]}");
    assertThat(json(ofNullKey(Year.of(2026))))
        .hasToString("{\"key\":null,\"valueClass\":\"java.time.Year\",\"value\":2026}");
  }

  @Test
  void pair_asState_isReadWithTheClassesOfItsParts() {
    JacksonStateCodec<KeyValue<?, ?>> states = JacksonStateCodec.of(pairClass());
    KeyValue<String, Place> state = new KeyValue<>("a", new Place("here", Instant.EPOCH));

    assertThat(states.read(states.write(state))).isEqualTo(state);
    assertThat(states.isImmutable()).isFalse();
  }

  @Test
  void valueThatCanNotBeRead_isRefusedWhenItIsWritten() {
    KeyValue<String, Object> outer = new KeyValue<>("a", new KeyValue<>("b", new NoProperties()));

    assertThatExceptionOfType(SerializationException.class)
        .isThrownBy(() -> codec.write(outer))
        .withMessageStartingWith("row class [%s] can't be written", NoProperties.class.getName());
  }

  @Test
  void classOfAValue_thatIsGone_isNamed() throws IOException {
    byte[] cbor =
        new CBORMapper()
            .writeValueAsBytes(
                new CBORMapper()
                    .createObjectNode()
                    .put("key", "a")
                    .put("valueClass", "com.example.Gone")
                    .put("value", 1));

    assertThatExceptionOfType(SerializationException.class)
        .isThrownBy(() -> codec.read(new StoredValue(KeyValue.class.getName(), cbor)))
        .withMessage(
            "class [com.example.Gone] of a key or value must be on the class path and was not"
                + " found; put it back");
  }

  @Test
  void classOfAPartInTheType_thatIsGone_isNamed() {
    assertThatExceptionOfType(SerializationException.class)
        .isThrownBy(
            () ->
                codec.read(
                    new StoredValue(
                        KeyValue.class.getName()
                            + "<java.lang.String,com.example.Gone>:{key:text,value:{a:int}}",
                        new byte[] {0, 1, 0})))
        .withMessage(
            "row class [com.example.Gone] must be on the class path and was not found; put it back"
                + " to finish the epoch");
  }

  @Test
  void bytesWithoutAValue_areRefused() throws IOException {
    byte[] cbor = new CBORMapper().writeValueAsBytes(List.of());

    assertThatExceptionOfType(SerializationException.class)
        .isThrownBy(() -> codec.read(new StoredValue(KeyValue.class.getName(), cbor)))
        .withMessageStartingWith("row class [%s] can't be read", KeyValue.class.getName());
  }

  @SuppressWarnings("NullAway") // a key may be null
  private static KeyValue<@Nullable String, Object> ofNullKey(Object value) {
    return new KeyValue<>(null, value);
  }

  private JsonNode json(Object pair) throws IOException {
    return new CBORMapper().readTree(codec.write(pair).bytes());
  }

  @SuppressWarnings("unchecked") // a class has no parameters
  private static Class<KeyValue<?, ?>> pairClass() {
    return (Class<KeyValue<?, ?>>) (Class<?>) KeyValue.class;
  }
}
