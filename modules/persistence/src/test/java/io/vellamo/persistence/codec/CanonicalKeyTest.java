package io.vellamo.persistence.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.vellamo.api.SerializationException;
import io.vellamo.engine.group.Layouts;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Equal keys have one form, whatever their history. */
@SuppressWarnings("ArrayRecordComponent") // arrays in keys are what is tested
final class CanonicalKeyTest {
  enum Color {
    RED,
    GREEN,
    BLUE
  }

  record Tags(Set<String> tags) {}

  record Deep(Map<String, Set<Set<Integer>>> sets, List<Set<Color>> colors) {}

  record Sorted(SortedSet<String> names) {}

  record Counts(Map<Double, Integer> counts) {}

  record Amounts(Map<BigDecimal, Integer> counts) {}

  record Number1(double d, float f, Double boxed, double[] many, float[] some, List<Double> list) {}

  record Maybe(Optional<Double> number, OptionalDouble other) {}

  record Amount(BigDecimal value) {}

  record Bytes(byte[] bytes, int[] ints, char[] chars) {}

  record Times(Instant at, Duration length, ZonedDateTime zoned, Locale locale, UUID id) {}

  record Colors(Set<Color> colors, Map<Color, Integer> counts) {}

  @JsonTypeInfo(use = JsonTypeInfo.Id.CLASS)
  interface Shape {}

  record Circle(Set<String> tags) implements Shape {}

  record Drawing(Set<Shape> shapes, Shape first) {}

  @Test
  void sets_inAnyOrder_areWrittenAlike() {
    assertSame(
        Tags.class,
        new Tags(new LinkedHashSet<>(List.of("a", "b", "c"))),
        new Tags(new LinkedHashSet<>(List.of("c", "a", "b"))),
        new Tags(new TreeSet<>(List.of("b", "c", "a"))),
        new Tags(descending("a", "b", "c")),
        new Tags(Set.of("a", "b", "c")));
  }

  /** A set of the JDK is iterated in another order in each JVM. */
  @Test
  void set_isWrittenInTheOrderOfItsBytes() {
    assertThat(
            new JsonForms(Layouts.NONE)
                .textOfKey(
                    JacksonKeyCodec.of(Tags.class).write(new Tags(Set.of("b", "a", "äö", "aa")))))
        .isEqualTo("{\"tags\":[\"a\",\"b\",\"aa\",\"äö\"]}");
  }

  @Test
  void sets_atAnyDepth_areWrittenAlike() {
    Set<Set<Integer>> some = new LinkedHashSet<>();
    some.add(new LinkedHashSet<>(List.of(1, 2)));
    some.add(new LinkedHashSet<>(List.of(3)));
    Set<Set<Integer>> turned = new LinkedHashSet<>();
    turned.add(Set.of(3));
    turned.add(new LinkedHashSet<>(List.of(2, 1)));
    Map<String, Set<Set<Integer>>> map = new LinkedHashMap<>();
    map.put("x", some);
    map.put("y", Set.of());
    Map<String, Set<Set<Integer>>> turnedMap = new LinkedHashMap<>();
    turnedMap.put("y", Set.of());
    turnedMap.put("x", turned);

    assertSame(
        Deep.class,
        new Deep(map, List.of(EnumSet.of(Color.RED, Color.BLUE))),
        new Deep(turnedMap, List.of(new LinkedHashSet<>(List.of(Color.BLUE, Color.RED)))));
  }

  @Test
  void sortedSets_ofAnyComparator_areWrittenAlike() {
    assertSame(
        Sorted.class,
        new Sorted(new TreeSet<>(List.of("a", "b"))),
        new Sorted(descending("a", "b")));
  }

  @Test
  void enumCollections_areWrittenAsOthers() {
    assertSame(
        Colors.class,
        new Colors(
            EnumSet.of(Color.RED, Color.GREEN), new EnumMap<>(Map.of(Color.RED, 1, Color.BLUE, 2))),
        new Colors(
            new LinkedHashSet<>(List.of(Color.GREEN, Color.RED)),
            new HashMap<>(Map.of(Color.BLUE, 2, Color.RED, 1))));
  }

  @Test
  void setsOfSubtypes_areWrittenAlike() {
    Circle one = new Circle(Set.of("a"));
    Circle other = new Circle(new LinkedHashSet<>(List.of("y", "x")));
    Circle same = new Circle(new LinkedHashSet<>(List.of("x", "y")));

    assertSame(
        Drawing.class,
        new Drawing(new LinkedHashSet<>(List.of(one, other)), other),
        new Drawing(new LinkedHashSet<>(List.of(same, one)), same));
  }

  @Test
  void maps_ofAnyComparator_areWrittenAlike() {
    record Names(Map<String, Integer> byName) {}
    Map<String, Integer> descending = new TreeMap<>(Comparator.reverseOrder());
    descending.putAll(Map.of("a", 1, "b", 2));

    assertSame(
        Names.class, new Names(new TreeMap<>(Map.of("a", 1, "b", 2))), new Names(descending));
  }

  @Test
  void zeros_areOne_andNaNsAreOne_atAnyDepth() {
    float oddFloat = Float.intBitsToFloat(0x7fc00001);
    double odd = Double.longBitsToDouble(0x7ff8000000000001L);

    assertSame(
        Number1.class,
        new Number1(
            0.0,
            0.0f,
            0.0,
            new double[] {0.0, Double.NaN},
            new float[] {0.0f, Float.NaN},
            List.of(0.0)),
        new Number1(
            -0.0,
            -0.0f,
            -0.0,
            new double[] {-0.0, odd},
            new float[] {-0.0f, oddFloat},
            List.of(-0.0)));
    assertSame(
        Number1.class,
        new Number1(
            Double.NaN, Float.NaN, Double.NaN, new double[0], new float[0], List.of(Double.NaN)),
        new Number1(odd, oddFloat, odd, new double[0], new float[0], List.of(odd)));
    assertSame(
        Maybe.class,
        new Maybe(Optional.of(0.0), OptionalDouble.of(0.0)),
        new Maybe(Optional.of(-0.0), OptionalDouble.of(-0.0)));
    assertSame(Counts.class, new Counts(Map.of(0.0, 1)), new Counts(Map.of(-0.0, 1)));
    assertSame(Double.class, 0.0, -0.0);
    assertSame(Float.class, 0.0f, -0.0f);
  }

  @Test
  void setOfBothZeros_isASetOfOne() {
    record Numbers(Set<Double> numbers) {}

    assertSame(Numbers.class, new Numbers(Set.of(0.0)), new Numbers(Set.of(0.0, -0.0)));
  }

  @Test
  void mapOfBothZeros_isRefused() {
    assertThatExceptionOfType(SerializationException.class)
        .isThrownBy(
            () -> JacksonKeyCodec.of(Counts.class).write(new Counts(Map.of(0.0, 1, -0.0, 2))))
        .withMessageContaining("at property [counts]: two keys of a map are the same number")
        .satisfies(e -> assertThat(e.isOfValue()).isTrue());
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "1.0", "1.000", "10e-1", "0.1e1"})
  void decimals_ofOneValue_areOneKey(String text) {
    BigDecimal number = new BigDecimal(text);

    assertSame(Amount.class, new Amount(BigDecimal.ONE), new Amount(number));
    assertSame(BigDecimal.class, BigDecimal.ONE, number);
    assertSame(
        Amounts.class, new Amounts(Map.of(BigDecimal.ONE, 1)), new Amounts(Map.of(number, 1)));
  }

  @Test
  void decimal_isReadWithoutTrailingZeros() {
    assertThat(read(new BigDecimal("1.50"))).isEqualTo(new BigDecimal("1.5"));
    assertThat(read(new BigDecimal("1E+2"))).isEqualTo(new BigDecimal("100"));
    assertThat(read(new BigDecimal("0E-20"))).isEqualTo(BigDecimal.ZERO);
    assertThat(read(new BigDecimal("1E+1000000"))).isEqualTo(new BigDecimal("1E+1000000"));
    assertThat(read(new BigDecimal("-12.34"))).isEqualTo(new BigDecimal("-12.34"));
  }

  @Test
  void differentKeys_areWrittenDifferently() {
    JacksonKeyCodec numbers = JacksonKeyCodec.of(BigDecimal.class);
    JacksonKeyCodec tags = JacksonKeyCodec.of(Tags.class);

    assertThat(numbers.write(BigDecimal.ONE)).isNotEqualTo(numbers.write(BigDecimal.TEN));
    assertThat(numbers.write(new BigDecimal("0.1"))).isNotEqualTo(numbers.write(BigDecimal.ONE));
    assertThat(tags.write(new Tags(Set.of("a")))).isNotEqualTo(tags.write(new Tags(Set.of("b"))));
    assertThat(tags.write(new Tags(Set.of("a", "b"))))
        .isNotEqualTo(tags.write(new Tags(Set.of("a"))));
  }

  @Test
  void arrays_areEqualByContent() {
    assertSame(
        Bytes.class,
        new Bytes(new byte[] {1}, new int[] {2}, new char[] {'c'}),
        new Bytes(new byte[] {1}, new int[] {2}, new char[] {'c'}));
  }

  @Test
  void otherValues_areReadAsTheyWere() {
    Times times =
        new Times(
            Instant.parse("2018-01-01T12:00:00.5Z"),
            Duration.ofSeconds(90),
            ZonedDateTime.parse("2018-10-28T03:30:00+02:00[Europe/Helsinki]"),
            Locale.forLanguageTag("sr-Latn-RS"),
            new UUID(1, 2));
    JacksonKeyCodec codec = JacksonKeyCodec.of(Times.class);

    assertThat(codec.read(codec.write(times))).isEqualTo(times);
    assertThat(
            codec.read(
                codec.write(
                    new Times(Instant.MAX, Duration.ZERO, times.zoned, Locale.ROOT, times.id))))
        .isEqualTo(new Times(Instant.MAX, Duration.ZERO, times.zoned, Locale.ROOT, times.id));
  }

  record OfCollection(Collection<String> all) {}

  record OfIterable(Iterable<String> all) {}

  record OfQueue(Queue<String> all) {}

  record OfPriorities(PriorityQueue<String> all) {}

  record OfDeque(ArrayDeque<String> all) {}

  record OfCounter(AtomicLong counter) {}

  record OfBits(List<BitSet> bits) {}

  record OfObject(Map<String, Object> any) {}

  record OfBuilder(Optional<StringBuilder> text) {}

  record OfRecordMap(Map<Amount, Integer> counts) {}

  @ParameterizedTest
  @MethodSource("withoutForm")
  void classWithoutOneForm_isRefusedAtOnce(Class<?> type, String property) {
    assertThatExceptionOfType(SerializationException.class)
        .isThrownBy(() -> JacksonKeyCodec.of(type))
        .withMessageStartingWith(
            "key class [%s] can't be kept at property [%s]: ", type.getName(), property)
        .withMessageContaining("; ")
        .satisfies(e -> assertThat(e.isOfValue()).isFalse());
  }

  static Stream<Object[]> withoutForm() {
    return Stream.of(
        new Object[] {OfCollection.class, "all"},
        new Object[] {OfIterable.class, "all"},
        new Object[] {OfQueue.class, "all"},
        new Object[] {OfPriorities.class, "all"},
        new Object[] {OfDeque.class, "all"},
        new Object[] {OfCounter.class, "counter"},
        new Object[] {OfBits.class, "bits.*"},
        new Object[] {OfObject.class, "any.*"},
        new Object[] {OfBuilder.class, "text"},
        new Object[] {OfRecordMap.class, "counts.*"});
  }

  private static @Nullable Object read(BigDecimal number) {
    JacksonKeyCodec codec = JacksonKeyCodec.of(BigDecimal.class);
    return codec.read(codec.write(number));
  }

  private static void assertSame(Class<?> type, Object first, Object... others) {
    JacksonKeyCodec codec = JacksonKeyCodec.of(type);
    for (Object other : others) {
      assertThat(codec.write(other)).isEqualTo(codec.write(first));
      assertThat(codec.write(codec.read(codec.write(other)))).isEqualTo(codec.write(first));
    }
  }

  private static SortedSet<String> descending(String... names) {
    SortedSet<String> set = new TreeSet<>(Collections.reverseOrder());
    set.addAll(Arrays.asList(names));
    return set;
  }

  @Test
  void emptyAndSmallSets_keepTheirElements() {
    JacksonKeyCodec codec = JacksonKeyCodec.of(Tags.class);
    Tags withNull = new Tags(new HashSet<>(Arrays.asList("a", null)));

    assertThat(codec.read(codec.write(new Tags(Set.of())))).isEqualTo(new Tags(Set.of()));
    assertThat(codec.read(codec.write(withNull))).isEqualTo(withNull);
  }
}
