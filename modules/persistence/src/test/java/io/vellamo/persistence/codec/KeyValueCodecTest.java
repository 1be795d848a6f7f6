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
        new KeyValue<>("a", new KeyValue<>(1L, new KeyValue<>(here, 2L))),
        new Stay(new KeyValue<>(here, 3L), new KeyValue<>("b", here)),
        new Stay(new KeyValue<>(here, 3L), null));
  }

  @Test
  void pair_isAnObjectOfKeyAndValue_withTheClassesThatCborDoesNotTell() throws IOException {
    assertThat(json(new KeyValue<>("a", 1))).hasToString("{\"key\":\"a\",\"value\":1}");
    assertThat(json(ofNullKey(1L)))
        .hasToString("{\"key\":null,\"valueClass\":\"java.lang.Long\",\"value\":1}");
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
