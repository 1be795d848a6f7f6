package io.vellamo.persistence.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.vellamo.api.SerializationException;
import io.vellamo.engine.group.StoredValue;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class JacksonValueCodecTest {
  record Count(String key, long count, Instant at, Optional<String> note) {}

  record Other(int value) {}

  record Texts(String value) {}

  static final class NoProperties {}

  private final JacksonValueCodec codec =
      JacksonValueCodec.ofRows(JacksonValueCodecTest.class.getClassLoader());

  @ParameterizedTest
  @MethodSource("rows")
  void row_isReadByItsOwnClass(Object row) {
    StoredValue stored = codec.write(row);

    assertThat(StoredTypes.className(stored.type())).isEqualTo(row.getClass().getName());
    assertThat(codec.read(stored)).isEqualTo(row);
  }

  static Stream<Object> rows() {
    return Stream.of(
        new Count("a", 1, Instant.EPOCH, Optional.empty()),
        new Other(7),
        "text",
        42L,
        List.of("a", "b"),
        Instant.EPOCH);
  }

  @Test
  void rows_ofTheSameClass_areReadOneAfterTheOther() {
    assertThat(codec.read(codec.write(new Other(1)))).isEqualTo(new Other(1));
    assertThat(codec.read(codec.write(new Other(2)))).isEqualTo(new Other(2));
  }

  @Test
  void row_thatCanNotBeRead_isRefusedWhenItIsWritten() {
    assertThatExceptionOfType(SerializationException.class)
        .isThrownBy(() -> codec.write(new NoProperties()))
        .withMessage(
            "row class [%s] can't be written: Jackson finds no properties in it; use a record, or a"
                + " class with a constructor and getters that Jackson can use",
            NoProperties.class.getName());
  }

  @Test
  void class_thatIsGone_isNamed() {
    assertThatExceptionOfType(SerializationException.class)
        .isThrownBy(() -> codec.read(new StoredValue("com.example.Gone", new byte[0])))
        .withMessage(
            "row class [com.example.Gone] must be on the class path and was not found; put it back"
                + " to finish the epoch")
        .satisfies(e -> assertThat(e.className()).isEqualTo("com.example.Gone"));
  }

  @Test
  void bytes_thatAreNoRow_areRefused() {
    StoredValue broken = new StoredValue(Other.class.getName(), new byte[] {1, 2});

    assertThatExceptionOfType(SerializationException.class)
        .isThrownBy(() -> codec.read(broken))
        .withMessageStartingWith("row class [" + Other.class.getName() + "] can't be read");
  }

  @Test
  void row_ofAPlainRecord_carriesItsLayout() {
    StoredValue stored = codec.write(new Other(7));

    assertThat(stored.type()).isEqualTo(Other.class.getName() + ":{value:int}");
    assertThat(stored.bytes()).containsExactly(14);
    assertThat(
            codec.read(
                new StoredValue(
                    Other.class.getName() + ":{gone:text,value:int}", new byte[] {0, 14})))
        .isEqualTo(new Other(7));
  }

  @Test
  void row_ofADamagedLayout_isRefused() {
    assertThatExceptionOfType(SerializationException.class)
        .isThrownBy(
            () -> codec.read(new StoredValue(Other.class.getName() + ":{value:", new byte[1])))
        .withMessageStartingWith("layout of a row must be that of a value, was [{value:]");
  }

  @Test
  void rowOfAClassThatHasChanged_isRefusedByProperty() {
    StoredValue old =
        new StoredValue(
            Other.class.getName() + ":{value:text}", codec.write(new Texts("secret")).bytes());

    assertThatExceptionOfType(SerializationException.class)
        .isThrownBy(() -> codec.read(old))
        .withMessage(
            "row class [%s] can't be read at property [value]: it was written before the class"
                + " changed; put it back to finish the epoch",
            Other.class.getName())
        .satisfies(e -> assertThat(Payloads.trace(e)).doesNotContain("secret"));
  }
}
