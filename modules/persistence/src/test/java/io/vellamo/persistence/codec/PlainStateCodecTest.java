package io.vellamo.persistence.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.vellamo.api.SerializationException;
import io.vellamo.api.TypeRef;
import io.vellamo.api.group.StateType;
import io.vellamo.engine.group.StateCodec;
import io.vellamo.persistence.codec.record.RecordLayout;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** States that are a plain value, without a record around it. */
final class PlainStateCodecTest {
  enum Level {
    LOW,
    HIGH {
      @Override
      public String toString() {
        return "top";
      }
    }
  }

  enum Grown {
    TOP,
    HIGH,
    LOW
  }

  enum Lowered {
    LOW
  }

  record Visit(String page, int clicks) {}

  record Clicks(long clicks) {}

  @SuppressWarnings("ArrayRecordComponent") // what has the form
  record OfArrays(
      long[] longs,
      int[] ints,
      boolean[][] flags,
      String[] texts,
      Visit[] visits,
      float[] floats) {}

  private final RecordLayouts layouts = new RecordLayouts();

  // The form.

  @ParameterizedTest
  @MethodSource("scalars")
  void scalar_isPrecededByOneByte(Object state, String bytes) {
    StateCodec<Object> codec = codec(state);

    assertThat(HexFormat.of().formatHex(codec.write(state))).isEqualTo(bytes);
    assertThat(codec.read(codec.write(state))).isEqualTo(state);
    assertThat(layouts.own()).isEmpty();
    assertThat(codec.layouts()).isSameAs(layouts);
  }

  static List<Arguments> scalars() {
    return List.of(
        Arguments.of(0L, "c800"),
        Arguments.of(63L, "c87e"),
        Arguments.of(8_000L, "c8807d"),
        Arguments.of(Long.MIN_VALUE, "c8ffffffffffffffffff01"),
        Arguments.of(-1, "c801"),
        Arguments.of((short) 1, "c802"),
        Arguments.of((byte) 1, "c802"),
        Arguments.of(0.5, "c93fe0000000000000"),
        Arguments.of("a", "ca0261"),
        Arguments.of("", "ca01"),
        Arguments.of(true, "cb01"),
        Arguments.of(Instant.ofEpochMilli(1), "cc05"),
        Arguments.of(Duration.ofMillis(-1), "cd03"),
        Arguments.of(new UUID(1, 2), "ce0100000000000000010000000000000002"),
        Arguments.of(new byte[] {7}, "cf0207"),
        Arguments.of(LocalDate.EPOCH, "d001"),
        Arguments.of(LocalTime.MIDNIGHT, "d101"),
        Arguments.of(LocalDateTime.of(LocalDate.EPOCH, LocalTime.MIDNIGHT), "d20101"),
        Arguments.of(
            OffsetDateTime.of(LocalDate.EPOCH, LocalTime.MIDNIGHT, ZoneOffset.UTC), "d3010100"),
        Arguments.of(new BigDecimal("1.5"), "d4020f02"),
        Arguments.of(BigInteger.TEN, "d5020a"),
        Arguments.of(0.5f, "d63f000000"),
        Arguments.of('a', "d761"));
  }

  @Test
  void enumsAndContainers_haveALayout() {
    assertInForm(StateType.of(Level.class), Level.HIGH, "enum(LOW|HIGH)", 4 + 1);
    assertInForm(StateType.of(Level.class), Level.LOW, "enum(LOW|HIGH)", 4 + 1);
    assertInForm(new TypeRef<List<Long>>() {}, List.of(1L, 300L), "list<int?>", 4 + 1 + 2 + 3);
    assertInForm(new TypeRef<Set<String>>() {}, Set.of("a"), "set<text>", 4 + 1 + 2);
    assertInForm(
        new TypeRef<Map<String, Long>>() {}, Map.of("a", 1L), "map<text,int?>", 4 + 1 + 2 + 2);
    assertInForm(
        new TypeRef<Map<Level, List<Visit>>>() {},
        Map.of(Level.LOW, List.of(new Visit("/", 1), new Visit("/a", 2))),
        "map<enum(LOW|HIGH),list<{page:text,clicks:int}>>",
        4 + 1 + 1 + 1 + 4 + 5);
    assertInForm(new TypeRef<Optional<Long>>() {}, Optional.of(7L), "int?", 4 + 2);
    assertInForm(new TypeRef<Optional<Long>>() {}, Optional.empty(), "int?", 4 + 1);
    assertInForm(
        new TypeRef<Optional<Visit>>() {},
        Optional.of(new Visit("/", 1)),
        "{page:text,clicks:int}?",
        4 + 1 + 3);
    assertInForm(
        new TypeRef<Optional<Visit>>() {}, Optional.empty(), "{page:text,clicks:int}?", 4 + 1);
    assertInForm(StateType.of(long[].class), new long[] {1, -1, 300}, "list<int>", 4 + 1 + 4);
  }

  @Test
  void optionalText_isWrittenAsText() {
    StateCodec<Optional<String>> codec = codec(new TypeRef<>() {});

    assertThat(codec.write(Optional.of("a"))).isEqualTo(codec(String.class).write("a"));
    assertThat(codec.read(codec.write(Optional.empty()))).isEmpty();
    assertThat(codec.read(codec(String.class).write("a"))).contains("a");
    assertUnreadable(StateType.of(String.class), codec.write(Optional.empty()), ": the state was");
  }

  @Test
  void arrays_areWrittenAsLists() {
    StateCodec<OfArrays> codec = codec(OfArrays.class);
    OfArrays state =
        new OfArrays(
            new long[] {1},
            new int[] {-1},
            new boolean[][] {{true}, {}},
            new String[] {"a", "b"},
            new Visit[] {new Visit("/", 3)},
            new float[] {0.5f});
    byte[] bytes = codec.write(state);

    assertThat(layouts.own())
        .containsExactly(
            "{longs:list<int>,ints:list<int>,flags:list<list<boolean>>,texts:list<text>,visits:list<{page:text,clicks:int}>,floats:list<float>}");
    assertThat(codec.read(bytes)).usingRecursiveComparison().isEqualTo(state);
    assertThat(codec(new TypeRef<List<Long>>() {}).read(codec(long[].class).write(state.longs())))
        .containsExactly(1L);
    assertThat(RecordForms.ofValues(char[].class)).isNull();
  }

  @Test
  void state_ofALaterVersion_isWrittenAfterItsTag() {
    StateType<Long> type = StateType.of(Long.class).migration(1, Number.class, count -> count);

    assertThat(HexFormat.of().formatHex(codec(type).write(7L))).isEqualTo("da56650002" + "c80e");
    assertThat(codec(type).read(codec(type).write(7L))).isEqualTo(7L);
  }

  @Test
  void classOfAPrimitive_isReadAsItsValues() {
    StateCodec<Long> codec = codec(long.class);

    assertThat(codec.read(codec.write(7L))).isEqualTo(7L);
    assertThat(codec.write(7L)).isEqualTo(codec(Long.class).write(7L));
  }

  @Test
  void rowsAndEvents_haveTheForm() {
    JacksonValueCodec rows = JacksonValueCodec.ofRows(getClass().getClassLoader());

    assertThat(rows.write(300L).type()).isEqualTo("java.lang.Long:int");
    assertThat(rows.write(300L).bytes()).hasSize(2);
    assertThat(rows.write(Level.HIGH).type()).isEqualTo(Level.class.getName() + ":enum(LOW|HIGH)");
    assertThat(rows.read(rows.write(Level.HIGH))).isEqualTo(Level.HIGH);
    assertThat(rows.read(rows.write(new long[] {1}))).isEqualTo(new long[] {1});
    assertThat(new JsonForms(layouts).ofValues(List.of(rows.write(300L)))).hasToString("[300]");
  }

  // Evolution.

  @Test
  void number_isReadAsAnotherIfItFits() {
    byte[] old = codec(Integer.class).write(7);

    assertThat(codec(Long.class).read(old)).isEqualTo(7L);
    assertThat(codec(Double.class).read(old)).isEqualTo(7.0);
    assertThat(codec(Short.class).read(codec(Long.class).write(-300L))).isEqualTo((short) -300);
    assertUnreadable(
        StateType.of(Short.class),
        codec(Long.class).write(300_000L),
        ": the state was written by version [1]; let the class read it, or register a migration"
            + " from version [1]");
    assertUnreadable(
        StateType.of(Integer.class),
        codec(Double.class).write(0.5),
        ": the state was written by version [1]; let the class read it, or register a migration"
            + " from version [1]");
    assertThat(codec(new TypeRef<List<Long>>() {}).shape())
        .isNotEqualTo(codec(new TypeRef<List<Integer>>() {}).shape());
  }

  @Test
  void stateOfJackson_isRead() {
    assertThat(codec(Long.class).read(JacksonStateCodec.of(Long.class).write(300L)))
        .isEqualTo(300L);
    assertThat(codec(Level.class).read(JacksonStateCodec.of(Level.class).write(Level.HIGH)))
        .isEqualTo(Level.HIGH);
  }

  @Test
  void elements_evolveAsComponentsDo() {
    byte[] visits = codec(new TypeRef<List<Visit>>() {}).write(List.of(new Visit("/", 3)));
    byte[] numbers = codec(new TypeRef<Map<String, Integer>>() {}).write(Map.of("a", 7));

    assertThat(codec(new TypeRef<List<Clicks>>() {}).read(visits)).containsExactly(new Clicks(3));
    assertThat(codec(new TypeRef<Map<String, Long>>() {}).read(numbers)).containsEntry("a", 7L);
    assertUnreadable(
        StateType.of(new TypeRef<Map<String, Level>>() {}),
        codec(new TypeRef<Map<String, String>>() {}).write(Map.of("hunter2", "hunter3")),
        " at property [*]: the state was written by version [1]; let the class read it, or register"
            + " a migration from version [1]");
  }

  @Test
  void constants_mayMoveButNotGo() {
    byte[] old = codec(Level.class).write(Level.HIGH);

    assertThat(codec(Grown.class).read(old)).isEqualTo(Grown.HIGH);
    assertUnreadable(
        StateType.of(Lowered.class),
        old,
        ": the state was written by version [1]; let the class read it, or register a migration"
            + " from version [1]");
  }

  @Test
  void migration_seesAPlainValue() {
    List<Object> seen = new ArrayList<>();
    StateType<Clicks> type =
        StateType.of(Clicks.class)
            .migration(
                1,
                Number.class,
                count -> {
                  seen.add(count);
                  return Map.of("clicks", count);
                });
    StateType<Long> back =
        StateType.of(Long.class)
            .migration(1, Number.class, count -> Map.of("clicks", count))
            .migration(2, state -> (Number) state.getOrDefault("clicks", 0));
    byte[] old = codec(Long.class).write(7L);

    assertThat(codec(type).read(old)).isEqualTo(new Clicks(7));
    assertThat(seen).containsExactly(7);
    assertThat(codec(back).read(old)).isEqualTo(7L);
    assertThat(codec(back).read(codec(type).write(new Clicks(9)))).isEqualTo(9L);
  }

  // Refusals.

  @Test
  void valueThatTheFormCanNotCarry_isWrittenOrRefusedByJackson() {
    TreeSet<String> natural = new TreeSet<>(Comparator.naturalOrder());
    natural.add("a");
    StateCodec<Set<String>> codec = codec(new TypeRef<>() {});

    assertThat(RecordLayout.isIdAt(codec.write(natural), 0)).isFalse();
    assertThat(codec.read(codec.write(natural))).isEqualTo(natural);
    assertThatExceptionOfType(SerializationException.class)
        .isThrownBy(() -> codec(String.class).write("\ud83d"))
        .withMessage(
            "state class [java.lang.String] can't be written: a text has an unpaired surrogate; cut"
                + " text only between code points");
  }

  @Test
  void damagedBytes_areRefused() {
    assertUnreadable(StateType.of(Long.class), new byte[] {(byte) 0xc8}, ": the value is damaged");
    assertUnreadable(
        StateType.of(Long.class), new byte[] {(byte) 0xc8, 2, 0}, ": the value is damaged");
    assertUnreadable(
        StateType.of(long[].class),
        new byte[] {(byte) 0xe5, 0, 0, 0, 1},
        ": the journal has no layout [e5000000]");
  }

  @Test
  void state_isShownAsAPlainValue() {
    StateType<Long> later = StateType.of(Long.class).migration(1, Number.class, count -> count);
    JsonForms forms = new JsonForms(layouts);

    assertThat(forms.ofState(codec(Long.class).write(300L))).hasToString("300");
    assertThat(forms.ofState(codec(later).write(300L))).hasToString("300");
    assertThat(forms.ofState(codec(Level.class).write(Level.HIGH))).hasToString("\"HIGH\"");
    assertThat(forms.ofState(codec(new TypeRef<Map<String, Long>>() {}).write(Map.of("a", 1L))))
        .hasToString("{\"a\":1}");
    assertThat(forms.ofState(codec(long[].class).write(new long[] {1, 2}))).hasToString("[1,2]");
  }

  @SuppressWarnings("unchecked") // the class of the state
  private StateCodec<Object> codec(Object state) {
    return codec((Class<Object>) state.getClass());
  }

  private <S> StateCodec<S> codec(Class<S> type) {
    return codec(StateType.of(type));
  }

  private <S> StateCodec<S> codec(TypeRef<S> type) {
    return codec(StateType.of(type));
  }

  private <S> StateCodec<S> codec(StateType<S> type) {
    return JacksonStateCodec.of(type, layouts);
  }

  private <S> void assertInForm(TypeRef<S> type, S state, String layout, int size) {
    assertInForm(StateType.of(type), state, layout, size);
  }

  private <S> void assertInForm(StateType<S> type, S state, String layout, int size) {
    byte[] bytes = codec(type).write(state);

    assertThat(RecordLayout.isIdAt(bytes, 0)).isTrue();
    assertThat(layouts.own()).contains(layout);
    assertThat(bytes).hasSize(size);
    assertThat(codec(type).read(bytes)).isEqualTo(state);
    assertThat(JacksonStateCodec.of(type).read(layouts.byName(bytes, 0))).isEqualTo(state);
    assertThat(RecordLayouts.of(layouts.own()).byName(bytes, 0))
        .isEqualTo(JacksonStateCodec.of(type).write(state));
  }

  private void assertUnreadable(StateType<?> type, byte[] bytes, String why) {
    assertThatExceptionOfType(SerializationException.class)
        .isThrownBy(() -> codec(type).read(bytes))
        .withMessageStartingWith(
            "state class [%s] can't be read%s".formatted(type.stateClass().getName(), why))
        .satisfies(e -> assertThat(Payloads.trace(e)).doesNotContain("hunter"));
  }
}
