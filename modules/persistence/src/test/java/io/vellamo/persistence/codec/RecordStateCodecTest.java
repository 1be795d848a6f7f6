package io.vellamo.persistence.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.vellamo.api.SerializationException;
import io.vellamo.api.group.StateType;
import io.vellamo.engine.group.StateCodec;
import io.vellamo.persistence.codec.record.RecordLayout;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** States in record form, and what Jackson does where that form ends. */
final class RecordStateCodecTest {
  enum Level {
    LOW,
    HIGH
  }

  enum Turned {
    HIGH,
    MIDDLE,
    LOW
  }

  enum Lowered {
    LOW
  }

  record Visit(
      String user, int clicks, long bytes, Instant at, Level level, Optional<String> page) {}

  record Moved(Level level, Instant at, long bytes, String user, int clicks) {}

  record Grown(
      String user,
      long clicks,
      double bytes,
      Instant at,
      Turned level,
      @Nullable String note,
      int more,
      Optional<String> page,
      @Nullable List<String> tags) {}

  record Renamed(@JsonAlias("user") String name, int clicks) {}

  record Narrow(byte clicks) {}

  record Fractions(double clicks) {}

  record Whole(int clicks) {}

  record LoweredVisit(Lowered level) {}

  record Annotated(@JsonProperty("user") String name, int clicks) {}

  @JsonIgnoreProperties("at")
  record Ignoring(String user, Instant at) {}

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME)
  @JsonSubTypes(@JsonSubTypes.Type(value = Circle.class, name = "circle"))
  sealed interface Shape permits Circle {}

  record Circle(int size) implements Shape {}

  record Zoned(ZonedDateTime at) {}

  record Generic<T>(T value) {}

  @SuppressWarnings("rawtypes") // what is refused
  record OfRaw(Generic value) {}

  record Sorted(Set<String> names) {}

  record Chain(int number, @Nullable Chain next) {}

  record Positive(int number) {
    Positive {
      if (number < 0) {
        throw new IllegalArgumentException(
            "number must not be negative, was [%d]".formatted(number));
      }
    }
  }

  record AnyNumber(int number) {}

  record Failing(String secret) {
    @Override
    public String secret() {
      throw new IllegalStateException("secret " + secret);
    }
  }

  private record Hidden(long number, @Nullable Inner inner) {
    private record Inner(String name) {}
  }

  private static final Visit VISIT =
      new Visit(
          "änn",
          300,
          1L << 40,
          Instant.ofEpochMilli(1_700_000_000_123L),
          Level.HIGH,
          Optional.of("/"));

  private final RecordLayouts layouts = new RecordLayouts();

  // The form.

  @Test
  void state_ofAPlainRecord_isWrittenWithoutNames() {
    byte[] bytes = codec(Visit.class).write(VISIT);

    assertThat(layouts.own())
        .containsExactly(
            "{user:text,clicks:int,bytes:int,at:instant,level:enum(LOW|HIGH),page:text}");
    assertThat(HexFormat.of().formatHex(bytes))
        .isEqualTo(
            "e55a4920" + "05c3a46e6e" + "d804" + "808080808040" + "edc3d6fcf3c501" + "02" + "022f");
    assertThat(codec(Visit.class).read(bytes)).isEqualTo(VISIT);
  }

  @Test
  void state_ofALaterVersion_isWrittenAfterItsTag() {
    StateType<Whole> type = StateType.of(Whole.class).migration(1, state -> state);
    StateCodec<Whole> codec = JacksonStateCodec.of(type, layouts);
    byte[] bytes = codec.write(new Whole(-1));

    assertThat(VersionTag.versionOf(bytes)).isEqualTo(2);
    assertThat(RecordLayout.isIdAt(bytes, VersionTag.length(2))).isTrue();
    assertThat(codec.read(bytes)).isEqualTo(new Whole(-1));
  }

  @Test
  void record_thatIsPrivateOrLocal_hasTheForm() {
    record Local(int number) {}

    assertInRecordForm(Hidden.class, new Hidden(7, new Hidden.Inner("x")));
    assertInRecordForm(Local.class, new Local(7));
    assertInRecordForm(Chain.class, new Chain(1, new Chain(2, null)));
    assertInRecordForm(Positive.class, new Positive(7));
  }

  @ParameterizedTest
  @ValueSource(classes = {Annotated.class, Ignoring.class, Circle.class, Zoned.class, OfRaw.class})
  void class_withRulesOfJackson_isWrittenByJackson(Class<?> type) {
    assertThat(RecordForms.ofValues(type)).isNull();
  }

  // Values that the form can't carry.

  @Test
  void value_thatTheFormCanNotCarry_isWrittenByJackson() {
    TreeSet<String> backwards = new TreeSet<>(Comparator.naturalOrder());
    backwards.addAll(List.of("a", "b"));
    byte[] bytes = codec(Sorted.class).write(new Sorted(backwards));

    assertThat(RecordLayout.isIdAt(bytes, 0)).isFalse();
    assertThat(codec(Sorted.class).read(bytes)).isEqualTo(new Sorted(backwards));
  }

  @Test
  void value_thatNoFormCanCarry_isRefusedByJackson() {
    TreeSet<String> backwards = new TreeSet<>(Comparator.reverseOrder());

    assertRefused(Sorted.class, new Sorted(backwards), "has a comparator, which is not written");
    assertRefused(
        Visit.class,
        new Visit("\ud83d", 0, 0, Instant.EPOCH, Level.LOW, Optional.empty()),
        "at property [user]: a text has an unpaired surrogate");
    assertRefused(
        Failing.class,
        new Failing("hunter2"),
        "at property [secret]: its code threw [java.lang.IllegalStateException]");
  }

  @Test
  void value_nestedDeeply_isWrittenUpToJacksonsLimit() {
    byte[] bytes = codec(Chain.class).write(chain(900));

    assertThat(codec(Chain.class).write(codec(Chain.class).read(bytes))).isEqualTo(bytes);
    assertThat(RecordLayout.isIdAt(bytes, 0)).isTrue();
    assertThat(RecordLayout.isIdAt(codec(Chain.class).write(chain(901)), 0)).isFalse();
    assertRefused(Chain.class, chain(1_100), "it is nested deeper than [1000]");
  }

  // Evolution.

  @Test
  void components_movedAddedRemovedAndWidened_areMatchedByName() {
    byte[] old = codec(Visit.class).write(VISIT);

    assertThat(codec(Moved.class).read(old))
        .isEqualTo(new Moved(Level.HIGH, VISIT.at(), 1L << 40, "änn", 300));
    assertThat(codec(Grown.class).read(old))
        .isEqualTo(
            new Grown(
                "änn", 300, 1L << 40, VISIT.at(), Turned.HIGH, null, 0, Optional.of("/"), null));
    assertThat(codec(Renamed.class).read(old)).isEqualTo(new Renamed("änn", 300));
  }

  @Test
  void number_narrowed_isReadIfItFits() {
    record Count(long clicks) {}

    assertThat(codec(Narrow.class).read(codec(Count.class).write(new Count(-128))))
        .isEqualTo(new Narrow((byte) -128));
    assertUnreadable(Narrow.class, codec(Count.class).write(new Count(300)), "property [clicks]");
    assertUnreadable(
        Whole.class, codec(Fractions.class).write(new Fractions(0.5)), "property [clicks]");
  }

  @Test
  void constant_thatIsGone_isRefused() {
    assertUnreadable(
        LoweredVisit.class, codec(Visit.class).write(VISIT), " at property [level]: the state was");
  }

  @Test
  void class_withANewAnnotation_readsTheRecordForm() {
    record Plain(String user, int clicks) {}

    byte[] old = codec(Plain.class).write(new Plain("ann", 3));

    assertThat(codec(Annotated.class).read(old)).isEqualTo(new Annotated("ann", 3));
  }

  @Test
  void class_withoutAnAnnotation_readsJacksonsForm() {
    record Plain(String user, int clicks) {}

    byte[] old = codec(Annotated.class).write(new Annotated("ann", 3));

    assertThat(codec(Plain.class).read(old)).isEqualTo(new Plain("ann", 3));
  }

  @Test
  void migration_seesTheOldComponentsByName() {
    List<Map<String, @Nullable Object>> seen = new ArrayList<>();
    StateType<Whole> type =
        StateType.of(Whole.class)
            .migration(
                1,
                state -> {
                  seen.add(Map.copyOf(state));
                  state.put("clicks", (int) Objects.requireNonNull(state.get("clicks")) + 1);
                  return state;
                });
    byte[] old = codec(Visit.class).write(VISIT);

    assertThat(JacksonStateCodec.of(type, layouts).read(old)).isEqualTo(new Whole(301));
    assertThat(seen).hasSize(1);
    assertThat(seen.get(0))
        .containsEntry("user", "änn")
        .containsEntry("clicks", 300)
        .containsEntry("level", "HIGH");
  }

  @Test
  void layout_thatIsMissing_isToldWithItsRemedy() {
    byte[] old = codec(Visit.class).write(VISIT);
    StateCodec<Moved> other = JacksonStateCodec.of(StateType.of(Moved.class), new RecordLayouts());

    assertThatExceptionOfType(SerializationException.class)
        .isThrownBy(() -> other.read(old))
        .withMessage(
            "state class [%s] can't be read: the journal has no layout [e55a4920]; restore the journal of the query, which holds the layouts of its shards",
            Moved.class.getName());
  }

  @Test
  void layouts_ofAJournal_replaceTheClass() {
    byte[] old = codec(Visit.class).write(VISIT);
    RecordLayouts ofJournal = RecordLayouts.of(layouts.own());

    assertThat(JacksonStateCodec.of(StateType.of(Moved.class), ofJournal).read(old).clicks())
        .isEqualTo(300);
    assertThat(ofJournal.own()).hasSize(1).doesNotContainAnyElementsOf(layouts.own());
  }

  @Test
  void layout_thatIsDamaged_isRefused() {
    for (String text :
        List.of(
            "",
            "{",
            "long",
            "{a}",
            "{a:}",
            "{a:int",
            "{a:list<int}",
            "{a:#1}",
            "{a:int}x",
            "{a:enum(")) {
      assertThatExceptionOfType(SerializationException.class)
          .isThrownBy(() -> RecordLayouts.of(List.of(text)))
          .withMessageContaining("was [" + text + "]; restore the journal");
    }
  }

  @Test
  void value_thatTheConstructorRefuses_isToldByJackson() {
    byte[] old = codec(AnyNumber.class).write(new AnyNumber(-1));

    assertThat(RecordForms.ofValues(AnyNumber.class)).isNotNull();
    assertUnreadable(Positive.class, old, "the state was written by version [1]");
  }

  @Test
  void state_isImmutable_asForJackson() {
    assertThat(codec(Whole.class).isImmutable()).isTrue();
    assertThat(codec(Sorted.class).isImmutable()).isFalse();
    assertThat(codec(Whole.class).shape()).isEqualTo(JacksonStateCodec.of(Whole.class).shape());
  }

  private <S> StateCodec<S> codec(Class<S> type) {
    return JacksonStateCodec.of(StateType.of(type), layouts);
  }

  private <S> void assertInRecordForm(Class<S> type, S state) {
    byte[] bytes = codec(type).write(state);

    assertThat(RecordLayout.isIdAt(bytes, 0)).isTrue();
    assertThat(codec(type).read(bytes)).isEqualTo(state);
  }

  private <S> void assertRefused(Class<S> type, S state, String why) {
    assertThatExceptionOfType(SerializationException.class)
        .isThrownBy(() -> codec(type).write(state))
        .withMessageContaining(why)
        .satisfies(e -> assertThat(Payloads.trace(e)).doesNotContain("hunter2"));
  }

  private void assertUnreadable(Class<?> type, byte[] bytes, String why) {
    assertThatExceptionOfType(SerializationException.class)
        .isThrownBy(() -> codec(type).read(bytes))
        .withMessageStartingWith("state class [" + type.getName() + "] can't be read")
        .withMessageContaining(why);
  }

  private static Chain chain(int length) {
    Chain chain = new Chain(0, null);
    for (int i = 1; i < length; i++) {
      chain = new Chain(i, chain);
    }
    return chain;
  }
}
