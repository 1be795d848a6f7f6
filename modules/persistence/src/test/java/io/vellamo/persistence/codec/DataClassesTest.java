package io.vellamo.persistence.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.vellamo.api.SerializationException;
import io.vellamo.api.TypeRef;
import io.vellamo.api.group.StateType;
import io.vellamo.engine.group.KeyCodec;
import io.vellamo.engine.group.StateCodec;
import java.util.List;
import java.util.random.RandomGenerator;
import kotlin.Pair;
import kotlin.Triple;
import kotlin.text.Regex;
import org.apache.pekko.persistence.SnapshotSelectionCriteria;
import org.junit.jupiter.api.Test;

/** Classes that Kotlin's and Scala's compilers have made, without names of parameters. */
final class DataClassesTest {
  /** A class of Scala that is not a case class with all its fields. */
  private static final class OfScala implements scala.Product {
    private final int value;

    OfScala(int one, int other) {
      this.value = one + other;
    }

    @Override
    public int productArity() {
      return 1;
    }

    @Override
    public Object productElement(int n) {
      return value;
    }

    @Override
    public boolean canEqual(Object other) {
      return other instanceof OfScala;
    }
  }

  /** The class file of Kotlin's {@code class Door(val isOpen: Boolean, val room: String)}. */
  @kotlin.Metadata
  @SuppressWarnings({"unused", "EffectivelyPrivate"}) // Jackson looks for public getters
  private static final class Door {
    private final boolean isOpen;
    private final String room;

    private Door(boolean isOpen, String room) {
      this.isOpen = isOpen;
      this.room = room;
    }

    Door() {
      this(false, "");
    }

    public boolean isOpen() {
      return isOpen;
    }

    public String getRoom() {
      return room;
    }
  }

  private final RecordLayouts layouts = new RecordLayouts();

  @Test
  void dataClassOfKotlin_isAState() {
    StateCodec<Triple<String, Long, List<Integer>>> codec =
        JacksonStateCodec.of(
            StateType.of(new TypeRef<Triple<String, Long, List<Integer>>>() {}), layouts);
    Triple<String, Long, List<Integer>> state = new Triple<>("a", 1L, List.of(2));
    byte[] bytes = codec.write(state);

    assertThat(codec.read(bytes)).isEqualTo(state);
    assertThat(String.valueOf(new JsonForms(layouts).ofState(bytes)))
        .isEqualTo("{\"first\":\"a\",\"second\":1,\"third\":[2]}");
  }

  @Test
  void dataClassOfKotlin_isReadWithDefaults() {
    record Before(String first) {}

    StateCodec<Pair<String, String>> codec =
        JacksonStateCodec.of(StateType.of(new TypeRef<Pair<String, String>>() {}), layouts);
    byte[] old = JacksonStateCodec.of(StateType.of(Before.class), layouts).write(new Before("a"));

    assertThat(codec.read(old).getFirst()).isEqualTo("a");
    assertThat(codec.read(old).getSecond()).isNull();
  }

  @Test
  void propertyOfKotlin_thatBeginsWithIs_isNotLost() {
    StateCodec<Door> codec = JacksonStateCodec.of(StateType.of(Door.class), layouts);
    byte[] bytes = codec.write(new Door(true, "a"));

    assertThat(codec.read(bytes).isOpen()).isTrue();
    assertThat(codec.read(bytes).getRoom()).isEqualTo("a");
    assertThat(String.valueOf(new JsonForms(layouts).ofState(bytes)))
        .isEqualTo("{\"isOpen\":true,\"room\":\"a\"}");
    assertThat(codec.read(codec.write(new Door())).isOpen()).isFalse();
  }

  @Test
  void caseClassOfScala_isAStateAKeyAndARow() {
    SnapshotSelectionCriteria value = new SnapshotSelectionCriteria(5, 6, 7, 8);
    StateCodec<SnapshotSelectionCriteria> states =
        JacksonStateCodec.of(StateType.of(SnapshotSelectionCriteria.class), layouts);
    KeyCodec keys = JacksonKeyCodec.of(SnapshotSelectionCriteria.class, layouts);
    JacksonValueCodec rows = JacksonValueCodec.ofRows(getClass().getClassLoader());

    assertThat(states.read(states.write(value))).isEqualTo(value);
    assertThat(keys.read(keys.write(value))).isEqualTo(value);
    assertThat(rows.read(rows.write(value))).isEqualTo(value);
    assertThat(new JsonForms(layouts).textOfKey(keys.write(value)))
        .isEqualTo(
            "{\"maxSequenceNr\":5,\"maxTimestamp\":6,\"minSequenceNr\":7,\"minTimestamp\":8}");
  }

  @Test
  void otherClasses_areRefusedInTheWordsOfTheirLanguage() {
    assertThatExceptionOfType(SerializationException.class)
        .isThrownBy(() -> JacksonStateCodec.of(Regex.class))
        .withMessageContaining("make it a data class");
    assertThatExceptionOfType(SerializationException.class)
        .isThrownBy(() -> JacksonStateCodec.of(OfScala.class))
        .withMessageContaining("make it a case class");
    assertThat(new OfScala(1, 2).productElement(0)).isEqualTo(3);
    assertThat(DataClasses.remedy(RandomGenerator.class)).isNull();
  }
}
