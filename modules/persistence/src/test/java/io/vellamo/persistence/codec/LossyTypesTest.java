package io.vellamo.persistence.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import io.vellamo.api.SerializationException;
import io.vellamo.api.group.KeyValue;
import io.vellamo.engine.group.StoredValue;
import java.io.File;
import java.io.Serializable;
import java.time.Instant;
import java.time.temporal.Temporal;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Calendar;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Types that would come back as something else are refused before they are used. */
@SuppressWarnings({
  "rawtypes",
  "ArrayRecordComponent",
  "UnusedVariable",
  "PreferredInterfaceType",
  "InterfaceWithOnlyStatics"
})
final class LossyTypesTest {
  record Bits(BitSet bits) {}

  record RawList(List list) {}

  record Any(Object value) {}

  record Anything(List<?> list) {}

  record Numeric(Number number) {}

  record Pair<A, B>(A a, B b) {}

  record OfPair(Pair<String, Long> pair) {}

  record Bounded<N extends Number>(N number) {}

  record Comparing<C extends Comparable<C>>(C value) {}

  record Serial(Serializable value) {}

  record Chars(CharSequence text) {}

  record Some(Collection<String> all) {}

  record Iterating(Iterator<String> all) {}

  record Nested(Optional<Optional<String>> text) {}

  record RawOptional(Optional text) {}

  record Objects(Object[] values) {}

  record Moment(Temporal at) {}

  record Dated(Calendar at) {}

  record Matching(Pattern pattern) {}

  record Filed(File file) {}

  record ByIdentity(IdentityHashMap<String, String> map) {}

  record ByPair(Map<Id, Integer> counts) {}

  record Id(String value) {}

  record Throwing(Exception cause) {}

  record Deep(Map<String, List<Optional<Any>>> deep) {}

  static final class Hidden {
    private int shown;
    private int hidden = 7;

    public int getShown() {
      return shown;
    }

    public void setShown(int shown) {
      this.shown = shown;
    }

    int sum() {
      return shown + hidden;
    }
  }

  static final class Named extends ArrayList<String> {
    private static final long serialVersionUID = 1L;

    String name = "";
  }

  @ParameterizedTest
  @MethodSource("lossy")
  void lossyType_isRefusedAtOnce_withClassPropertyAndRemedy(Class<?> type, String property) {
    assertThatExceptionOfType(SerializationException.class)
        .isThrownBy(() -> JacksonStateCodec.of(type))
        .withMessageStartingWith("state class [%s] can't be ", type.getName())
        .withMessageContaining(property.isEmpty() ? "" : "at property [" + property + "]: ")
        .withMessageContaining("; ")
        .satisfies(e -> assertThat(e.isOfValue()).isFalse());
    assertThatExceptionOfType(SerializationException.class)
        .isThrownBy(() -> JacksonKeyCodec.of(type));
  }

  static Stream<Object[]> lossy() {
    return Stream.of(
        new Object[] {BitSet.class, ""},
        new Object[] {Bits.class, "bits"},
        new Object[] {List.class, "*"},
        new Object[] {Map.class, "*"},
        new Object[] {Object.class, ""},
        new Object[] {Number.class, ""},
        new Object[] {Object[].class, "*"},
        new Object[] {RawList.class, "list.*"},
        new Object[] {Any.class, "value"},
        new Object[] {Anything.class, "list.*"},
        new Object[] {Numeric.class, "number"},
        new Object[] {Pair.class, "a"},
        new Object[] {Bounded.class, "number"},
        new Object[] {Comparing.class, "value"},
        new Object[] {Serial.class, "value"},
        new Object[] {Chars.class, "text"},
        new Object[] {Some.class, "all"},
        new Object[] {Iterating.class, "all"},
        new Object[] {Nested.class, "text"},
        new Object[] {RawOptional.class, "text"},
        new Object[] {Objects.class, "values.*"},
        new Object[] {Moment.class, "at"},
        new Object[] {Dated.class, "at"},
        new Object[] {Matching.class, "pattern"},
        new Object[] {Filed.class, "file"},
        new Object[] {ByIdentity.class, "map"},
        new Object[] {ByPair.class, "counts.*"},
        new Object[] {Throwing.class, "cause"},
        new Object[] {Deep.class, "deep.*.*.value"},
        new Object[] {Hidden.class, ""},
        new Object[] {Named.class, ""});
  }

  record Renamed(@JsonProperty("n") int count, @Nullable String note) {}

  record Tree(JsonNode node) {}

  record Keyed(Map<Code, Integer> counts) {}

  record Code(@JsonValue String code) {
    @JsonCreator
    static Code of(String code) {
      return new Code(code);
    }
  }

  record OwnRules(@JsonDeserialize(as = ArrayList.class) Object any) {}

  record Typed(@JsonTypeInfo(use = JsonTypeInfo.Id.CLASS) Object any) {}

  record Entry(Map.Entry<String, Long> entry) {}

  record Queued(ArrayDeque<String> deque, PriorityQueue<Integer> priorities) {}

  static class Bean {
    private int n;
    private transient int cached;
    @JsonIgnore private int ignored;
    private @Nullable List<String> names;

    public int getCount() {
      return n;
    }

    public void setCount(int count) {
      this.n = count;
    }

    public boolean isEmpty() {
      return n + cached + ignored == 0;
    }

    public @Nullable List<String> getNames() {
      return names;
    }

    public void setNames(@Nullable List<String> names) {
      this.names = names;
    }
  }

  @ParameterizedTest
  @ValueSource(
      classes = {
        Renamed.class,
        Tree.class,
        JsonNode.class,
        Keyed.class,
        OwnRules.class,
        Typed.class,
        Queued.class,
        Entry.class,
        Bean.class,
        OfPair.class,
        KeyValue.class,
        long[].class,
        String[][].class
      })
  void typeThatComesBack_isTaken(Class<?> type) {
    assertThatCode(() -> JacksonStateCodec.of(type)).doesNotThrowAnyException();
  }

  // Rows, whose class is known when they come.

  private final JacksonValueCodec rows =
      JacksonValueCodec.ofRows(LossyTypesTest.class.getClassLoader());

  @ParameterizedTest
  @MethodSource("lossyRows")
  void lossyRow_isRefusedWhenItIsWritten(Object row) {
    assertThatExceptionOfType(SerializationException.class)
        .isThrownBy(() -> rows.write(row))
        .withMessageContaining("can't be kept")
        .satisfies(e -> assertThat(e.isOfValue()).isFalse());
  }

  static Stream<Object> lossyRows() {
    return Stream.of(
        new Pair<>(1L, "x"),
        List.of(1L),
        List.of(Instant.EPOCH),
        new ArrayList<>(List.of(1.5f)),
        new HashMap<>(Map.of("a", 1L)),
        new HashMap<>(Map.of(1, "a")),
        List.of(Map.of("a", List.of(2L))),
        List.of(new HashSet<>(List.of("a"))),
        new BitSet(),
        new AtomicReference<>("x"),
        new KeyValue<>("a", List.of(1L)),
        new KeyValue<>("a", new Pair<>(1, 2)));
  }

  @ParameterizedTest
  @MethodSource("plainRows")
  void plainRow_comesBack(Object row) {
    StoredValue stored = rows.write(row);

    assertThat(rows.read(stored)).isEqualTo(row);
  }

  static Stream<Object> plainRows() {
    return Stream.of(
        List.of("a", 1, 1.5, true),
        new HashMap<>(Map.of("a", List.of(1, 2), "b", Map.of("c", "d"))),
        new KeyValue<>("a", List.of("b")),
        new KeyValue<>(List.of(1), new Renamed(1, null)),
        new OfPair(new Pair<>("a", 1L)));
  }

  // Values of a class that is fine, which would come back as something else.

  static class Animal {
    public int legs;
  }

  static final class Dog extends Animal {
    public int fleas;
  }

  record Zoo(List<Animal> animals) {}

  @Test
  void subclass_inThePlaceOfItsBase_isRefused() {
    Zoo zoo = new Zoo(List.of(new Animal(), new Dog()));

    assertThatExceptionOfType(SerializationException.class)
        .isThrownBy(() -> JacksonStateCodec.of(Zoo.class).write(zoo))
        .withMessageContaining("at property [animals.[1]]: a [" + Dog.class.getName() + "]")
        .satisfies(e -> assertThat(e.isOfValue()).isTrue());
    assertThatExceptionOfType(SerializationException.class)
        .isThrownBy(() -> JacksonStateCodec.of(Animal.class).write(new Dog()))
        .withMessageContaining("would be read as its base");
    assertThatExceptionOfType(SerializationException.class)
        .isThrownBy(() -> rows.write(zoo))
        .withMessageContaining("a [" + Dog.class.getName() + "]");
    assertThatCode(() -> JacksonStateCodec.of(Zoo.class).write(new Zoo(List.of(new Animal()))))
        .doesNotThrowAnyException();
  }

  record Lookup(TreeMap<String, Integer> counts) {}

  record Names(TreeSet<String> names) {}

  @Test
  void comparator_isRefused() {
    TreeMap<String, Integer> counts = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    TreeSet<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);

    assertThatExceptionOfType(SerializationException.class)
        .isThrownBy(() -> JacksonStateCodec.of(Lookup.class).write(new Lookup(counts)))
        .withMessageContaining("at property [counts]: a [java.util.TreeMap] has a comparator");
    assertThatExceptionOfType(SerializationException.class)
        .isThrownBy(() -> JacksonStateCodec.of(Names.class).write(new Names(names)))
        .withMessageContaining("has a comparator");
    assertThatCode(() -> JacksonStateCodec.of(Names.class).write(new Names(new TreeSet<>())))
        .doesNotThrowAnyException();
  }

  // What stays in memory between calls must be what would be read.

  record Ignoring(int kept, @JsonIgnore int ignored) {}

  record Outer(Ignoring inner) {}

  @Test
  void recordWithIgnoredComponent_isReadForEachCall() {
    assertThat(JacksonStateCodec.of(Ignoring.class).isImmutable()).isFalse();
    assertThat(JacksonStateCodec.of(Outer.class).isImmutable()).isFalse();
    assertThat(JacksonStateCodec.of(Renamed.class).isImmutable()).isTrue();
  }
}
