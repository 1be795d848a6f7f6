package io.vellamo.persistence.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.vellamo.api.SerializationException;
import io.vellamo.api.TypeRef;
import io.vellamo.api.group.KeyValue;
import io.vellamo.api.group.StateType;
import io.vellamo.engine.group.StateCodec;
import io.vellamo.persistence.codec.record.RecordLayout;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Records with type arguments, as states and as components. */
final class GenericRecordCodecTest {
  record Pair<A, B>(@Nullable A first, @Nullable B second) {}

  record Turned<B, A>(B second, A first) {}

  record Longer<A, B>(@Nullable String note, A first, B second, int more) {}

  record Shorter<B>(B second) {}

  record Bounded<N extends Number & Comparable<N>>(N most, List<N> all) {}

  record Stats(Pair<Long, Long> range, List<Pair<String, Long>> parts) {}

  record Chain<T>(T value, @Nullable Chain<T> next) {}

  record Swapping<A, B>(A first, B second, @Nullable Swapping<B, A> next) {}

  record Growing<T>(T value, @Nullable Growing<List<T>> next) {}

  @SuppressWarnings("ArrayRecordComponent") // what is refused
  record OfArrays<T>(T[] values) {}

  record Annotated<T>(@JsonProperty("v") T value) {}

  record Visit(String page, Instant at) {}

  private final RecordLayouts layouts = new RecordLayouts();

  @Test
  void state_ofAGenericRecord_isWrittenWithTheTypesOfItsArguments() {
    StateCodec<Pair<String, Long>> codec = codec(new TypeRef<>() {});
    byte[] bytes = codec.write(new Pair<>("a", 300L));

    assertThat(layouts.own()).containsExactly("{first:text,second:int?}");
    assertThat(bytes).hasSize(4 + 2 + 1 + 2);
    assertThat(codec.read(bytes)).isEqualTo(new Pair<>("a", 300L));
    assertThat(codec.read(codec.write(new Pair<>(null, null)))).isEqualTo(new Pair<>(null, null));
  }

  @Test
  void genericRecords_ofAllKindsOfArguments_haveTheForm() {
    Visit visit = new Visit("/", Instant.EPOCH);

    assertInForm(new TypeRef<Pair<Visit, List<Visit>>>() {}, new Pair<>(visit, List.of(visit)));
    assertInForm(
        new TypeRef<Pair<Optional<Long>, Map<String, Pair<Set<Integer>, Visit>>>>() {},
        new Pair<>(Optional.of(1L), Map.of("a", new Pair<>(Set.of(7), visit))));
    assertInForm(
        new TypeRef<Pair<Pair<Long, Long>, Pair<String, Long>>>() {},
        new Pair<>(new Pair<>(1L, 2L), new Pair<>("a", 3L)));
    assertInForm(new TypeRef<Bounded<Long>>() {}, new Bounded<>(2L, List.of(1L, 2L)));
    assertInForm(new TypeRef<Chain<String>>() {}, new Chain<>("a", new Chain<>("b", null)));
    assertInForm(
        new TypeRef<Swapping<String, Integer>>() {},
        new Swapping<>("a", 1, new Swapping<>(2, "b", new Swapping<>("c", 3, null))));
    assertInForm(new TypeRef<KeyValue<String, Visit>>() {}, new KeyValue<>("a", visit));
    assertThat(layouts.own()).contains("{value:text,next:#0}").doesNotHaveDuplicates();
    assertThat(layouts.own())
        .contains("{first:text,second:int?,next:{first:int?,second:text,next:#0}}");
  }

  @Test
  void genericRecord_asAComponent_hasTheForm() {
    assertInForm(
        StateType.of(Stats.class),
        new Stats(new Pair<>(1L, 2L), List.of(new Pair<>("a", 3L), new Pair<>("b", 4L))));
    assertThat(layouts.own())
        .containsExactly("{range:{first:int?,second:int?},parts:list<{first:text,second:int?}>}");
  }

  @Test
  void rowWithGenericComponents_hasTheForm() {
    JacksonValueCodec rows = JacksonValueCodec.ofRows(getClass().getClassLoader());
    Stats stats = new Stats(new Pair<>(1L, 2L), List.of());

    assertThat(rows.write(stats).type()).startsWith(Stats.class.getName() + ":{range:{first:");
    assertThat(rows.read(rows.write(stats))).isEqualTo(stats);
  }

  @Test
  void components_movedAddedRemovedAndWidened_areMatchedByName() {
    byte[] old = codec(new TypeRef<Pair<String, Integer>>() {}).write(new Pair<>("a", 7));

    assertThat(codec(new TypeRef<Pair<String, Long>>() {}).read(old))
        .isEqualTo(new Pair<>("a", 7L));
    assertThat(codec(new TypeRef<Pair<String, Double>>() {}).read(old))
        .isEqualTo(new Pair<>("a", 7.0));
    assertThat(codec(new TypeRef<Turned<Long, String>>() {}).read(old))
        .isEqualTo(new Turned<>(7L, "a"));
    assertThat(codec(new TypeRef<Longer<String, Long>>() {}).read(old))
        .isEqualTo(new Longer<>(null, "a", 7L, 0));
    assertThat(codec(new TypeRef<Shorter<Integer>>() {}).read(old)).isEqualTo(new Shorter<>(7));
    assertThatExceptionOfType(SerializationException.class)
        .isThrownBy(() -> codec(new TypeRef<Pair<Instant, Long>>() {}).read(old))
        .withMessage(
            "state class [%s] can't be read at property [first]: the state was written by version"
                + " [1]; let the class read it, or register a migration from version [1]",
            Pair.class.getName());
  }

  @Test
  void migration_seesTheComponentsByName() {
    byte[] old = codec(new TypeRef<Pair<String, Long>>() {}).write(new Pair<>("a", 7L));
    StateType<Shorter<Long>> type =
        StateType.of(new TypeRef<Shorter<Long>>() {})
            .migration(1, state -> Map.of("second", state.get("first") + "" + state.get("second")))
            .migration(2, state -> Map.of("second", String.valueOf(state.get("second")).length()));

    assertThat(JacksonStateCodec.of(type, layouts).read(old)).isEqualTo(new Shorter<>(2L));
  }

  @Test
  void pairAsState_isReadByNameAsItIsDeclared() {
    record Counted(String key, int value) {}
    byte[] old =
        JacksonStateCodec.of(StateType.of(Counted.class), layouts).write(new Counted("a", 7));

    assertThat(codec(new TypeRef<KeyValue<String, Long>>() {}).read(old))
        .isEqualTo(new KeyValue<>("a", 7L));
  }

  @Test
  void rawTypesAndVariables_areRefused() {
    assertThatExceptionOfType(SerializationException.class)
        .isThrownBy(() -> JacksonStateCodec.of(StateType.of(Pair.class), layouts))
        .withMessage(
            "state class [%s] can't be kept at property [first]: [java.lang.Object], a raw type or"
                + " a type variable does not tell the class of its values; declare the class that"
                + " it holds, or an interface with @JsonTypeInfo",
            Pair.class.getName());
    assertThat(RecordForms.ofValues(Pair.class)).isNull();
    assertThat(RecordForms.ofValues(new TypeRef<Annotated<Long>>() {}.type())).isNull();
    assertThat(RecordForms.ofValues(new TypeRef<OfArrays<Long>>() {}.type())).isNull();
    assertThat(RecordForms.ofValues(new TypeRef<Pair<Object, Long>>() {}.type())).isNull();
    assertThat(RecordForms.ofKeys(new TypeRef<Pair<Set<String>, Long>>() {}.type())).isNull();
  }

  @Test
  void argumentsThatGrowWithoutEnd_areRefused() {
    assertThatExceptionOfType(SerializationException.class)
        .isThrownBy(() -> codec(new TypeRef<Growing<Long>>() {}))
        .withMessage(
            "state class [%s] can't be kept: the type arguments of a class that contains itself grow"
                + " without end; let it contain itself with the same arguments",
            Growing.class.getName());
    assertThat(RecordForms.ofValues(new TypeRef<Growing<Long>>() {}.type())).isNull();
  }

  @Test
  void valueOfAnotherClassThanTheArgument_isRefused() {
    StateCodec<Pair<String, Long>> codec = codec(new TypeRef<>() {});

    assertThatExceptionOfType(SerializationException.class)
        .isThrownBy(() -> codec.write(polluted()))
        .withMessageContaining("can't be written at property [second]")
        .withMessageContaining("[java.lang.ClassCastException]");
  }

  @Test
  void genericRecord_isImmutableIfItsArgumentsAre() {
    assertThat(codec(new TypeRef<Pair<String, Long>>() {}).isImmutable()).isTrue();
    assertThat(codec(new TypeRef<Chain<Visit>>() {}).isImmutable()).isTrue();
    assertThat(codec(new TypeRef<Pair<String, List<Long>>>() {}).isImmutable()).isFalse();
    assertThat(codec(StateType.of(Stats.class)).isImmutable()).isFalse();
    assertThat(ImmutableTypes.isImmutable(Pair.class)).isFalse();
  }

  @Test
  void genericRecord_isShownByName() {
    byte[] bytes = codec(new TypeRef<Pair<String, Long>>() {}).write(new Pair<>("a", 7L));

    assertThat(String.valueOf(new JsonForms(RecordLayouts.of(layouts.own())).ofState(bytes)))
        .isEqualTo("{\"first\":\"a\",\"second\":7}");
  }

  private <S> StateCodec<S> codec(TypeRef<S> type) {
    return codec(StateType.of(type));
  }

  private <S> StateCodec<S> codec(StateType<S> type) {
    return JacksonStateCodec.of(type, layouts);
  }

  private <S> void assertInForm(TypeRef<S> type, S state) {
    assertInForm(StateType.of(type), state);
  }

  private <S> void assertInForm(StateType<S> type, S state) {
    byte[] bytes = codec(type).write(state);

    assertThat(RecordLayout.isIdAt(bytes, 0)).isTrue();
    assertThat(codec(type).read(bytes)).isEqualTo(state);
    assertThat(JacksonStateCodec.of(type).read(layouts.byName(bytes, 0))).isEqualTo(state);
  }

  @SuppressWarnings("unchecked") // what callers with unchecked casts do
  private static Pair<String, Long> polluted() {
    return (Pair<String, Long>) (Pair<String, ?>) new Pair<>("a", 7);
  }
}
