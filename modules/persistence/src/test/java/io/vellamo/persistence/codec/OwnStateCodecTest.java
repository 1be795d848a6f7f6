package io.vellamo.persistence.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.vellamo.api.SerializationException;
import io.vellamo.api.TypeRef;
import io.vellamo.api.group.StateSerializer;
import io.vellamo.api.group.StateType;
import io.vellamo.engine.group.StateCodec;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** States in a user's own form, and states of generic types. */
final class OwnStateCodecTest {
  /** A class that Jackson can't carry. */
  private static final class Bits implements StateSerializer<BitSet> {
    private final int version;

    private Bits(int version) {
      this.version = version;
    }

    @Override
    public byte[] write(BitSet state) {
      if (state.isEmpty()) {
        throw new IllegalStateException("empty hunter2");
      }
      return state.toByteArray();
    }

    @Override
    public BitSet read(byte[] bytes, int writtenBy) {
      if (writtenBy > version) {
        throw new IllegalStateException("newer hunter2");
      }
      return BitSet.valueOf(bytes);
    }

    @Override
    public int version() {
      return version;
    }
  }

  private static final BitSet STATE = BitSet.valueOf(new long[] {5});

  private final RecordLayouts layouts = new RecordLayouts();
  private final StateCodec<BitSet> codec = codec(1);

  @Test
  void state_isWrittenByTheUsersCodec() {
    byte[] bytes = codec.write(STATE);

    assertThat(bytes).containsExactly(0xf0, 0, 0, 0, 1, 5);
    assertThat(codec.read(bytes)).isEqualTo(STATE);
    assertThat(codec(2).read(bytes)).isEqualTo(STATE);
    assertThat(String.valueOf(new JsonForms(layouts).ofState(bytes))).isEqualTo("\"[1 bytes]\"");
  }

  @Test
  void shape_changesWithTheVersion() {
    assertThat(codec.shape()).isEqualTo(codec(1).shape()).isNotEqualTo(codec(2).shape());
    assertThat(codec.isImmutable()).isFalse();
  }

  @Test
  void failures_nameClassAndReasonWithoutPayload() {
    byte[] newer = codec(2).write(STATE);

    assertThatExceptionOfType(SerializationException.class)
        .isThrownBy(() -> codec.write(new BitSet()))
        .withMessage(
            "state class [java.util.BitSet] can't be written: its codec threw [java.lang.IllegalStateException]; mend it, or keep another state")
        .satisfies(e -> assertThat(e.isOfValue()).isTrue())
        .satisfies(e -> assertThat(Payloads.trace(e)).doesNotContain("hunter2"));
    assertThatExceptionOfType(SerializationException.class)
        .isThrownBy(() -> codec.read(newer))
        .withMessageContaining("threw [java.lang.IllegalStateException] on a state of version [2]")
        .satisfies(e -> assertThat(Payloads.trace(e)).doesNotContain("hunter2"));
  }

  @Test
  void statesOfOtherForms_areRefusedBothWays() {
    byte[] byJackson = JacksonStateCodec.of(String.class).write("text");

    assertThatExceptionOfType(SerializationException.class)
        .isThrownBy(() -> codec.read(byJackson))
        .withMessageContaining("was written without the codec; remove the codec");
    assertThatExceptionOfType(SerializationException.class)
        .isThrownBy(() -> JacksonStateCodec.of(String.class).read(codec.write(STATE)))
        .withMessageContaining("give StateType the codec again");
  }

  @Test
  void migrationsAndCodec_excludeEachOther() {
    StateType<BitSet> type = StateType.of(BitSet.class);

    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(() -> type.codec(new Bits(1)).migration(1, state -> state))
        .withMessageContaining("must not have a codec if it has migrations");
    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(() -> type.migration(1, state -> state).codec(new Bits(1)))
        .withMessageContaining("must not have migrations if it has a codec");
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> type.codec(new Bits(0)))
        .withMessage("version of the codec must be at least [1], was [0]");
  }

  @Test
  void state_ofAGenericType_keepsTheClassesOfItsParts() {
    StateCodec<Map<String, List<Long>>> generic =
        JacksonStateCodec.of(
            StateType.of(new TypeRef<Map<String, List<Long>>>() {}), new RecordLayouts());
    Map<String, List<Long>> state = Map.of("a", List.of(1L, 1L << 40));

    assertThat(generic.read(generic.write(state))).isEqualTo(state);
    assertThat(generic.isImmutable()).isFalse();
  }

  @Test
  void state_ofAGenericTypeThatCanNotBeKept_isRefused() {
    assertThatExceptionOfType(SerializationException.class)
        .isThrownBy(() -> JacksonStateCodec.of(StateType.of(new TypeRef<List<Number>>() {})))
        .withMessageStartingWith("state class [java.util.List] can't be ")
        .withMessageContaining(" at property [*]");
    assertThatExceptionOfType(SerializationException.class)
        .isThrownBy(() -> JacksonStateCodec.of(List.class))
        .withMessageEndingWith(
            "hold it in a record that declares its elements, or give the type of a state or key as new TypeRef<List<Long>>() {}");
  }

  private StateCodec<BitSet> codec(int version) {
    return JacksonStateCodec.of(StateType.of(BitSet.class).codec(new Bits(version)), layouts);
  }
}
