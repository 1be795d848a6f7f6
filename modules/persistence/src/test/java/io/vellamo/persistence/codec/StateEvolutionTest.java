package io.vellamo.persistence.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.cbor.databind.CBORMapper;
import io.vellamo.api.SerializationException;
import io.vellamo.api.group.StateMigration;
import io.vellamo.api.group.StateType;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** States that one program wrote and a later one reads. Bytes hold no name of a class. */
final class StateEvolutionTest {
  /** The state as it was at first. */
  static final class First {
    record Visit(String user, List<String> pages) {}

    private First() {}
  }

  /** The pages have become a number. */
  static final class Second {
    record Visit(String user, int clicks) {}

    private Second() {}
  }

  /** And user and number have become parts. */
  static final class Third {
    record User(String name) {}

    record Visit(User user, int clicks, @Nullable Instant end) {}

    private Third() {}
  }

  /** The user has another name. */
  static final class Renamed {
    record Visit(@JsonAlias("user") String visitor, List<String> pages) {}

    private Renamed() {}
  }

  record Strict(int value) {
    Strict {
      if (value > 5) {
        throw new IllegalArgumentException("hunter" + value);
      }
    }
  }

  record Nested(Map<String, List<Strict>> lists) {}

  record NestedTexts(Map<String, List<Map<String, String>>> lists) {}

  @SuppressWarnings("ArrayRecordComponent") // bytes are arrays
  record Bytes(byte[] bytes, float[] floats, Map<Long, Thread.State> states) {}

  private static final StateMigration<Map<String, @Nullable Object>> COUNT_PAGES =
      state -> {
        List<?> pages = (List<?>) state.remove("pages");
        state.put("clicks", pages == null ? 0 : pages.size());
        return state;
      };

  private static final StateMigration<Map<String, @Nullable Object>> WRAP_USER =
      state -> {
        state.computeIfPresent("user", (property, name) -> Map.of("name", name));
        return state;
      };

  private final First.Visit first = new First.Visit("anna", List.of("/", "/a"));
  private final byte[] written = JacksonStateCodec.of(First.Visit.class).write(first);
  private final StateType<Second.Visit> second =
      StateType.of(Second.Visit.class).migration(1, COUNT_PAGES);
  private final StateType<Third.Visit> third =
      StateType.of(Third.Visit.class).migration(1, COUNT_PAGES).migration(2, WRAP_USER);

  // Without migrations.

  @Test
  void property_renamedWithAnAlias_isRead() {
    assertThat(JacksonStateCodec.of(Renamed.Visit.class).read(written))
        .isEqualTo(new Renamed.Visit("anna", List.of("/", "/a")));
  }

  @Test
  void number_isReadAsAnother_ifItFits() {
    record Small(int value) {}
    record Large(long value) {}
    record Fraction(double value) {}
    byte[] small = JacksonStateCodec.of(Small.class).write(new Small(7));
    byte[] large = JacksonStateCodec.of(Large.class).write(new Large(1L << 40));

    assertThat(JacksonStateCodec.of(Large.class).read(small)).isEqualTo(new Large(7));
    assertThat(JacksonStateCodec.of(Fraction.class).read(small)).isEqualTo(new Fraction(7));
    for (byte[] tooMuch :
        List.of(large, JacksonStateCodec.of(Fraction.class).write(new Fraction(0.5)))) {
      assertRefused(
          StateType.of(Small.class),
          tooMuch,
          " at property [value]: the state was written by version [1]; let the class read it, or"
              + " register a migration from version [1]");
    }
  }

  @Test
  void property_ofAnotherType_isRefusedByName() {
    assertRefused(
        StateType.of(Third.Visit.class),
        written,
        " at property [user]: the state was written by version [1]; let the class read it, or"
            + " register a migration from version [1]");
  }

  @Test
  void constructor_thatThrows_isRefused_withoutPayload() {
    byte[] seven =
        JacksonStateCodec.of(NestedTexts.class)
            .write(new NestedTexts(Map.of("hunter", List.of(Map.of("value", "7")))));

    assertRefused(
        StateType.of(Nested.class),
        seven,
        " at property [lists.*.[0]]: the state was written by version [1]; let the class read it,"
            + " or register a migration from version [1]");
  }

  // Versions in the bytes.

  @Test
  void state_ofVersion1_isPlainCbor() throws IOException {
    assertThat(new CBORMapper().readTree(written)).isEqualTo(new CBORMapper().valueToTree(first));
  }

  @Test
  void state_ofALaterVersion_carriesIt_andIsCborAllTheSame() throws IOException {
    Second.Visit visit = new Second.Visit("anna", 2);

    byte[] tagged = JacksonStateCodec.of(second).write(visit);

    assertThat(VersionTag.versionOf(tagged)).isEqualTo(2);
    assertThat(tagged).startsWith(0xda, 0x56, 0x65, 0x00, 0x02);
    JsonNode tree = new CBORMapper().readTree(tagged);
    assertThat(tree).isEqualTo(new CBORMapper().valueToTree(visit));
  }

  @Test
  void version_ofAnySize_isReadAsItWasWritten() {
    for (int version : new int[] {1, 2, 127, 128, 255, 256, 32_768, 65_535}) {
      byte[] tagged = VersionTag.prepend(version, new byte[] {1});

      assertThat(VersionTag.versionOf(tagged)).isEqualTo(version);
      assertThat(tagged).hasSize(VersionTag.length(version) + 1);
    }
  }

  @Test
  void shortBytes_areOfVersion1() {
    assertThat(VersionTag.versionOf(new byte[0])).isEqualTo(1);
    assertThat(VersionTag.versionOf(new byte[] {(byte) 0xda, 0x56, 0x65, 0})).isEqualTo(1);
    assertThat(VersionTag.versionOf(new byte[] {(byte) 0xda, 0x56, 0x66, 0, 2})).isEqualTo(1);
  }

  // Migrations.

  @Test
  void state_ofAnOlderVersion_isMigratedStepByStep() {
    byte[] secondWritten = JacksonStateCodec.of(second).write(new Second.Visit("ben", 7));
    JacksonStateCodec<Third.Visit> codec = JacksonStateCodec.of(third);

    assertThat(JacksonStateCodec.of(second).read(written)).isEqualTo(new Second.Visit("anna", 2));
    assertThat(codec.read(written)).isEqualTo(new Third.Visit(new Third.User("anna"), 2, null));
    assertThat(codec.read(secondWritten))
        .isEqualTo(new Third.Visit(new Third.User("ben"), 7, null));
  }

  @Test
  void state_ofThePresentVersion_isNotMigrated() {
    JacksonStateCodec<Third.Visit> codec = JacksonStateCodec.of(third);
    Third.Visit visit = new Third.Visit(new Third.User("anna"), 2, Instant.EPOCH);

    assertThat(codec.read(codec.write(visit))).isEqualTo(visit);
  }

  @Test
  void number_becomesAnObject_andAnObjectANumber() {
    record Total(long value) {}
    byte[] number = JacksonStateCodec.of(Integer.class).write(7);
    StateType<Total> total =
        StateType.of(Total.class).migration(1, Number.class, value -> Map.of("value", value));
    byte[] object = JacksonStateCodec.of(total).write(new Total(1L << 40));
    StateType<Long> bare =
        StateType.of(Long.class)
            .migration(1, Number.class, value -> Map.of("value", value))
            .migration(2, state -> (Number) state.getOrDefault("value", 0));

    assertThat(JacksonStateCodec.of(total).read(number)).isEqualTo(new Total(7));
    assertThat(JacksonStateCodec.of(bare).read(number)).isEqualTo(7L);
    assertThat(JacksonStateCodec.of(bare).read(object)).isEqualTo(1L << 40);
  }

  @Test
  void textAndList_areMigratedByTheirForm() {
    byte[] text = JacksonStateCodec.of(String.class).write("a,b");
    byte[] list = JacksonStateCodec.of(String[].class).write(new String[] {"a", "b"});
    StateType<String[]> fromText =
        StateType.of(String[].class).migration(1, String.class, value -> value.split(",", -1));
    StateType<Integer> fromList =
        StateType.of(Integer.class).migration(1, List.class, value -> value.size());

    assertThat(JacksonStateCodec.of(fromText).read(text)).containsExactly("a", "b");
    assertThat(JacksonStateCodec.of(fromList).read(list)).isEqualTo(2);
  }

  @Test
  void migration_seesThePlainValuesOfItsContract() {
    record Kinds(
        long small,
        long large,
        BigInteger huge,
        float single,
        double twice,
        BigDecimal exact,
        boolean flag,
        UUID id,
        Instant at,
        Duration stay,
        LocalDate day,
        Optional<String> none,
        List<Integer> list,
        Map<Thread.State, String> map) {}
    Kinds kinds =
        new Kinds(
            7,
            1L << 40,
            BigInteger.TWO.pow(100),
            0.5f,
            0.5,
            new BigDecimal("1.00"),
            true,
            new UUID(1, 2),
            Instant.ofEpochSecond(5, 500_000_000),
            Duration.ofSeconds(5),
            LocalDate.EPOCH,
            Optional.empty(),
            List.of(1),
            Map.of(Thread.State.NEW, "a"));
    Map<String, @Nullable Object> seen = new LinkedHashMap<>();
    StateType<Kinds> type =
        StateType.of(Kinds.class)
            .migration(
                1,
                state -> {
                  seen.putAll(state);
                  return state;
                });

    Kinds read = JacksonStateCodec.of(type).read(JacksonStateCodec.of(Kinds.class).write(kinds));

    assertThat(read).isEqualTo(kinds);
    assertThat(seen.keySet())
        .containsExactly(
            "small", "large", "huge", "single", "twice", "exact", "flag", "id", "at", "stay", "day",
            "none", "list", "map");
    assertThat(seen)
        .containsEntry("small", 7)
        .containsEntry("large", 1L << 40)
        .containsEntry("huge", BigInteger.TWO.pow(100))
        .containsEntry("single", 0.5f)
        .containsEntry("twice", 0.5)
        .containsEntry("exact", new BigDecimal("1.00"))
        .containsEntry("flag", true)
        .containsEntry("at", new BigDecimal("5.500000000"))
        .containsEntry("stay", new BigDecimal("5.000000000"))
        .containsEntry("day", List.of(1970, 1, 1))
        .containsEntry("none", null)
        .containsEntry("list", List.of(1))
        .containsEntry("map", Map.of("NEW", "a"));
    assertThat(seen.get("id")).isInstanceOf(byte[].class);
  }

  /** A migration changes what it changes; everything else comes out as it went in. */
  @Test
  void migrationThatChangesNothing_losesNothing() {
    Instant instant = Instant.ofEpochSecond(1_700_000_000, 123_456_789);
    LocalDateTime local = LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
    ZoneOffset offset = ZoneOffset.ofHours(2);

    assertMigrated(
        new JacksonStateCodecTest.Times(
            instant,
            LocalDate.EPOCH,
            LocalTime.MAX,
            local,
            OffsetDateTime.of(local, offset),
            instant.atZone(ZoneId.of("Europe/Helsinki")),
            OffsetTime.of(LocalTime.NOON, offset),
            Duration.ofSeconds(-5, 1),
            Period.of(1, 2, 3),
            Year.of(2026),
            YearMonth.of(2026, 11)));
    assertMigrated(
        new JacksonStateCodecTest.Numbers(
            (byte) -1,
            (short) -300,
            'ä',
            0.1f,
            -0.0,
            Long.MIN_VALUE,
            true,
            new BigDecimal("1.00"),
            BigInteger.TWO.pow(100),
            new UUID(1, -2)));
    assertMigrated(new BigDecimal("1.00"));
    assertMigrated(
        new Bytes(
            new byte[] {1, -1},
            new float[] {0.1f, Float.POSITIVE_INFINITY},
            Map.of(1L << 40, Thread.State.BLOCKED)));
  }

  // Refusals.

  @Test
  void state_ofANewerVersion_isRefused() {
    byte[] newer =
        JacksonStateCodec.of(third).write(new Third.Visit(new Third.User("anna"), 1, null));

    assertRefused(
        second,
        newer,
        ": the state was written by version [3], which is newer than this program's version [2];"
            + " start the program that wrote it, or a newer one");
    assertRefused(
        StateType.of(First.Visit.class),
        newer,
        ": the state was written by version [3], which is newer than this program's version [1];"
            + " start the program that wrote it, or a newer one");
  }

  @Test
  void state_olderThanTheFirstMigration_isRefused() {
    assertRefused(
        StateType.of(Third.Visit.class).migration(2, WRAP_USER),
        written,
        ": the state was written by version [1], which is older than [2], the oldest that there is"
            + " a migration from; register the migration from version [1] again");
  }

  @Test
  void migration_thatThrows_isNamed_withoutPayload() {
    StateType<Third.Visit> broken =
        StateType.of(Third.Visit.class)
            .migration(1, COUNT_PAGES)
            .migration(
                2,
                state -> {
                  throw new IllegalStateException("hunter " + state);
                });

    assertRefused(
        broken,
        written,
        ": the state was written by version [1], and the migration from version [2] to [3] threw"
            + " [java.lang.IllegalStateException]; mend it, the stored state is unchanged");
  }

  @Test
  @SuppressWarnings("NullAway") // what callers without it may do
  void migration_thatReturnsNull_isNamed() {
    assertRefused(
        StateType.of(Second.Visit.class).migration(1, state -> null),
        written,
        ": the state was written by version [1], and the migration from version [1] to [2] returned"
            + " null; mend it, the stored state is unchanged");
  }

  @Test
  void migration_ofAnotherForm_isNamed() {
    assertRefused(
        StateType.of(Second.Visit.class).migration(1, Number.class, clicks -> clicks),
        written,
        ": the state was written by version [1], and the migration from version [1] takes"
            + " [java.lang.Number], not [java.util.LinkedHashMap]; register it with the form that"
            + " version [1] wrote");
  }

  @Test
  void migratedState_thatTheClassCanNotRead_isRefusedByProperty() {
    assertRefused(
        StateType.of(Third.Visit.class).migration(1, COUNT_PAGES),
        written,
        " at property [user]: the state was written by version [1] and migrated to [2]; mend the"
            + " migrations, or the class");
  }

  @Test
  void migratedState_thatCanNotBeWritten_isRefused() {
    assertRefused(
        StateType.of(Second.Visit.class).migration(1, state -> new Object()),
        written,
        ": the state was written by version [1] and what it was migrated to can't be written; let"
            + " the migrations return plain values");
  }

  @Test
  void oldState_thatIsDamaged_isRefused() {
    assertRefused(
        second,
        new byte[] {(byte) 0xbf, 1},
        ": the state was written by version [1] and is damaged; restore the journal");
  }

  private static void assertRefused(StateType<?> type, byte[] bytes, String problem) {
    JacksonStateCodec<?> codec = JacksonStateCodec.of(type);
    String name = type.stateClass().getName();

    assertThatExceptionOfType(SerializationException.class)
        .isThrownBy(() -> codec.read(bytes))
        .withMessage("state class [" + name + "] can't be read" + problem)
        .satisfies(e -> assertThat(e.className()).isEqualTo(name))
        .satisfies(e -> assertThat(Payloads.trace(e)).doesNotContain("hunter", "anna"));
  }

  @SuppressWarnings("unchecked") // the class of an S
  private static <S> void assertMigrated(S state) {
    Class<S> type = (Class<S>) state.getClass();
    byte[] bytes = JacksonStateCodec.of(type).write(state);
    StateType<S> next = StateType.of(type).migration(1, Object.class, tree -> tree);

    assertThat(JacksonStateCodec.of(next).read(bytes))
        .usingRecursiveComparison()
        .isEqualTo(JacksonStateCodec.of(type).read(bytes))
        .isEqualTo(state);
  }
}
