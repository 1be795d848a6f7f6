package io.vellamo.persistence.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.vellamo.api.SerializationException;
import io.vellamo.api.group.StateType;
import io.vellamo.engine.group.GroupKey;
import io.vellamo.engine.group.Layouts;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What can be written can be read, whatever its size; what can't be written is told of. */
final class LimitsTest {
  record Text(String text) {}

  record Names(Map<String, Integer> byName) {}

  record Big(BigInteger whole, BigDecimal decimal) {}

  record Chain(int value, @Nullable Chain next) {}

  static final class Cycle {
    public @Nullable Cycle self;
    public List<Cycle> list = new ArrayList<>();
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "ä", "\ud83d\ude00"})
  void longText_isRead(String part) {
    Text text = new Text(part.repeat(25_000_000 / part.length()));

    JacksonStateCodec<Text> states = JacksonStateCodec.of(Text.class);
    assertThat(states.read(states.write(text)).equals(text)).isTrue();
    StateType<Text> migrated = StateType.of(Text.class).migration(1, state -> state);
    assertThat(JacksonStateCodec.of(migrated).read(states.write(text)).equals(text)).isTrue();
  }

  @Test
  void longKey_isReadAndShown() {
    Text text = new Text("x".repeat(25_000_000));
    JacksonKeyCodec keys = JacksonKeyCodec.of(Text.class);
    GroupKey key = keys.write(text);

    assertThat(text.equals(keys.read(key))).isTrue();
    assertThat(new JsonForms(Layouts.NONE).textOfKey(key)).hasSizeGreaterThan(25_000_000);
  }

  @ParameterizedTest
  @ValueSource(ints = {60_000, 200_000})
  void longNames_areRead(int length) {
    Names names = new Names(Map.of("x".repeat(length), 1, "ä".repeat(length), 2));

    assertRoundTrip(Names.class, names);
  }

  @Test
  void largeNumbers_areRead() {
    assertRoundTrip(
        Big.class,
        new Big(BigInteger.TEN.pow(30_000), new BigDecimal(BigInteger.TWO.pow(5000), 10_000)));
    assertRoundTrip(Big.class, new Big(BigInteger.ONE.negate(), new BigDecimal("1E+200000")));
    assertRoundTrip(
        Big.class, new Big(BigInteger.ZERO, new BigDecimal(BigInteger.ONE, Integer.MAX_VALUE)));
  }

  /** On a large stack: Jackson's code needs more of it before it is compiled. */
  @Test
  void deepState_isReadOrRefused() throws Exception {
    JacksonStateCodec<Chain> codec = JacksonStateCodec.of(Chain.class);
    FutureTask<Chain> reading = new FutureTask<>(() -> codec.read(codec.write(chain(990))));
    new Thread(null, reading, "deep", 16 * 1024 * 1024).start();

    Chain read = reading.get();

    int length = 0;
    for (@Nullable Chain each = read; each != null; each = each.next()) {
      length++;
    }
    assertThat(length).isEqualTo(990);
    assertThatExceptionOfType(SerializationException.class)
        .isThrownBy(() -> codec.write(chain(1100)))
        .withMessageContaining("nested deeper than [1000]")
        .satisfies(e -> assertThat(e.isOfValue()).isTrue());
  }

  @Test
  void valueThatHoldsItself_isRefused() {
    Cycle cycle = new Cycle();
    cycle.self = cycle;
    Cycle list = new Cycle();
    list.list.add(list);

    for (Cycle each : List.of(cycle, list)) {
      assertThatExceptionOfType(SerializationException.class)
          .isThrownBy(() -> JacksonStateCodec.of(Cycle.class).write(each))
          .withMessageContaining("by their ids")
          .satisfies(e -> assertThat(e.isOfValue()).isTrue());
    }
  }

  // Text that has no UTF-8 form.

  private static final String HALF = "half \ud83d";

  record Texts(String text, List<String> list, Map<String, String> map, char letter) {}

  @Test
  void unpairedSurrogate_isRefusedWithPropertyAndReason() {
    JacksonStateCodec<Texts> states = JacksonStateCodec.of(Texts.class);

    assertUnpaired("text", () -> states.write(new Texts(HALF, List.of(), Map.of(), 'c')));
    assertUnpaired("text", () -> states.write(new Texts("\ude00 x", List.of(), Map.of(), 'c')));
    assertUnpaired(
        "text", () -> states.write(new Texts("x".repeat(9000) + HALF, List.of(), Map.of(), 'c')));
    assertUnpaired(
        "text", () -> states.write(new Texts(HALF + "x".repeat(99_000), List.of(), Map.of(), 'c')));
    assertUnpaired("list.[0]", () -> states.write(new Texts("", List.of(HALF), Map.of(), 'c')));
    assertUnpaired("map.*", () -> states.write(new Texts("", List.of(), Map.of("a", HALF), 'c')));
    assertUnpaired("map", () -> states.write(new Texts("", List.of(), Map.of(HALF, "a"), 'c')));
    assertUnpaired("letter", () -> states.write(new Texts("", List.of(), Map.of(), '\ud83d')));
    assertUnpaired(
        "text",
        () -> JacksonValueCodec.ofRows(LimitsTest.class.getClassLoader()).write(new Text(HALF)));
    assertUnpaired("text", () -> JacksonKeyCodec.of(Text.class).write(new Text(HALF)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"\ud83d", "\ude00", "a\ud83d", "\ud83db", "\ude00\ud83d", "\ud83d\ud83d\ude00"})
  void keyOfIllFormedText_isRefused(String key) {
    assertThatExceptionOfType(SerializationException.class)
        .isThrownBy(() -> new StandardKeyCodec().write(key))
        .withMessageMatching("key must be well-formed text, has an unpaired surrogate at index .*")
        .satisfies(e -> assertThat(e.isOfValue()).isTrue());
    assertThatExceptionOfType(SerializationException.class)
        .isThrownBy(() -> JacksonKeyCodec.of(String.class).write(key))
        .withMessageContaining("unpaired surrogate");
  }

  @Test
  void keyOfPairs_isReadAsItWasWritten() {
    for (String key :
        List.of("", "a", "ä", "\ud83d\ude00", "a\ud83d\ude00\ud83d\ude01z", "\u0000\uffff")) {
      assertThat(new StandardKeyCodec().read(new StandardKeyCodec().write(key))).isEqualTo(key);
    }
  }

  private static void assertUnpaired(String property, Runnable write) {
    assertThatExceptionOfType(SerializationException.class)
        .isThrownBy(write::run)
        .withMessageEndingWith(
            "can't be written at property [%s]: a text has an unpaired surrogate; cut text only"
                + " between code points",
            property)
        .satisfies(e -> assertThat(e.isOfValue()).isTrue())
        .satisfies(e -> assertThat(Payloads.trace(e)).doesNotContain("half"));
  }

  private static Chain chain(int length) {
    Chain chain = new Chain(0, null);
    for (int i = 1; i < length; i++) {
      chain = new Chain(i, chain);
    }
    return chain;
  }

  private static <S> void assertRoundTrip(Class<S> type, S state) {
    JacksonStateCodec<S> codec = JacksonStateCodec.of(type);
    assertThat(codec.read(codec.write(state)).equals(state)).isTrue();
  }
}
