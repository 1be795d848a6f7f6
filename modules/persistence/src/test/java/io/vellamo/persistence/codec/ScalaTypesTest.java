package io.vellamo.persistence.codec;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.type.TypeFactory;
import io.vellamo.api.SerializationException;
import io.vellamo.api.TypeRef;
import io.vellamo.api.group.KeyValue;
import io.vellamo.api.group.StateType;
import io.vellamo.engine.group.GroupKey;
import io.vellamo.engine.group.KeyCodec;
import io.vellamo.engine.group.StateCodec;
import io.vellamo.persistence.codec.TypeCheck.Use;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import scala.Option;
import scala.Product;
import scala.Tuple2;
import scala.collection.immutable.List;
import scala.collection.immutable.Map;
import scala.collection.immutable.Seq;
import scala.collection.immutable.Set;
import scala.collection.immutable.Vector;
import scala.jdk.javaapi.CollectionConverters;
import scala.util.Either;

/** Case classes with components of Scala's library, with Jackson's module for Scala. */
final class ScalaTypesTest {
  /** The methods that Scala's compiler makes for case classes. */
  @SuppressWarnings("serial") // never serialized by Java
  private abstract static class CaseClass implements Product {
    abstract java.util.List<?> parts();

    @Override
    public int productArity() {
      return parts().size();
    }

    @Override
    public Object productElement(int n) {
      return requireNonNull(parts().get(n));
    }

    @Override
    public boolean canEqual(Object other) {
      return getClass() == other.getClass();
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof CaseClass that && canEqual(that) && parts().equals(that.parts());
    }

    @Override
    public int hashCode() {
      return Objects.hash(parts());
    }

    @Override
    public String toString() {
      return getClass().getSimpleName() + parts();
    }
  }

  /** {@code case class Visit(user: String, referrer: Option[String], pages: List[String])}. */
  @SuppressWarnings({"unused", "EffectivelyPrivate"}) // as Scala's compiler makes it
  private static final class Visit extends CaseClass implements Product {
    private final String user;
    private final Option<String> referrer;
    private final List<String> pages;

    Visit(String user, Option<String> referrer, List<String> pages) {
      this.user = user;
      this.referrer = referrer;
      this.pages = pages;
    }

    public String user() {
      return user;
    }

    public Option<String> referrer() {
      return referrer;
    }

    public List<String> pages() {
      return pages;
    }

    @Override
    java.util.List<?> parts() {
      return java.util.List.of(user, referrer, pages);
    }
  }

  /**
   * {@code case class Visits(all: Seq[Visit], last: Option[Visit], byName: Map[String,
   * Vector[Visit]], ids: Set[java.lang.Long], pair: (String, java.lang.Long))}.
   */
  @SuppressWarnings({"unused", "EffectivelyPrivate"}) // as Scala's compiler makes it
  private static final class Visits extends CaseClass implements Product {
    private final Seq<Visit> all;
    private final Option<Visit> last;
    private final Map<String, Vector<Visit>> byName;
    private final Set<Long> ids;
    private final Tuple2<String, Long> pair;

    Visits(
        Seq<Visit> all,
        Option<Visit> last,
        Map<String, Vector<Visit>> byName,
        Set<Long> ids,
        Tuple2<String, Long> pair) {
      this.all = all;
      this.last = last;
      this.byName = byName;
      this.ids = ids;
      this.pair = pair;
    }

    public Seq<Visit> all() {
      return all;
    }

    public Option<Visit> last() {
      return last;
    }

    public Map<String, Vector<Visit>> byName() {
      return byName;
    }

    public Set<Long> ids() {
      return ids;
    }

    public Tuple2<String, Long> pair() {
      return pair;
    }

    @Override
    java.util.List<?> parts() {
      return java.util.List.of(all, last, byName, ids, pair);
    }
  }

  /** {@code case class Ages(ages: Option[Int])}, which is an {@code Option<Object>}. */
  @SuppressWarnings({"unused", "EffectivelyPrivate"}) // as Scala's compiler makes it
  private static final class Ages extends CaseClass implements Product {
    private final Option<Object> ages;

    Ages(Option<Object> ages) {
      this.ages = ages;
    }

    public Option<Object> ages() {
      return ages;
    }

    @Override
    java.util.List<?> parts() {
      return java.util.List.of(ages);
    }
  }

  /** {@code case class Tags(tags: Set[String])}. */
  @SuppressWarnings({"unused", "EffectivelyPrivate"}) // as Scala's compiler makes it
  private static final class Tags extends CaseClass implements Product {
    private final Set<String> tags;

    Tags(Set<String> tags) {
      this.tags = tags;
    }

    public Set<String> tags() {
      return tags;
    }

    @Override
    java.util.List<?> parts() {
      return java.util.List.of(tags);
    }
  }

  /** {@code case object Only}. */
  @SuppressWarnings("EffectivelyPrivate") // Jackson's module needs a public object
  public static final class Only implements Product {
    public static final Only MODULE$ = new Only();

    @Override
    public int productArity() {
      return 0;
    }

    @Override
    public Object productElement(int n) {
      throw new IndexOutOfBoundsException(n);
    }

    @Override
    public boolean canEqual(Object other) {
      return other == this;
    }
  }

  private static final Visit VISIT = new Visit("ann", Option.apply("/"), list("/a", "/b"));
  private static final Visit OTHER = new Visit("bob", Option.empty(), list());
  private static final Visits VISITS =
      new Visits(
          list(VISIT, OTHER),
          Option.apply(OTHER),
          map(java.util.Map.of("ann", vector(VISIT))),
          set(7L, 300L),
          new Tuple2<>("a", 1L));

  private final RecordLayouts layouts = new RecordLayouts();

  @Test
  void optionsListsAndMaps_inAState_areReadAsTheyWereWritten() {
    StateCodec<Visits> codec = JacksonStateCodec.of(StateType.of(Visits.class), layouts);
    StateCodec<Visit> one = JacksonStateCodec.of(StateType.of(Visit.class), layouts);

    assertThat(codec.read(codec.write(VISITS))).isEqualTo(VISITS);
    assertThat(codec.read(codec.write(VISITS)).ids.contains(300L)).isTrue();
    assertThat(one.read(one.write(OTHER))).isEqualTo(OTHER);
    assertThat(new JsonForms(layouts).ofState(one.write(VISIT)))
        .hasToString("{\"user\":\"ann\",\"referrer\":\"/\",\"pages\":[\"/a\",\"/b\"]}");
    assertThat(new JsonForms(layouts).ofState(one.write(OTHER)))
        .hasToString("{\"user\":\"bob\",\"referrer\":null,\"pages\":[]}");
  }

  @Test
  void typesOfScala_areStatesThemselves() {
    StateCodec<List<Long>> lists =
        JacksonStateCodec.of(StateType.of(new TypeRef<List<Long>>() {}), layouts);
    StateCodec<Option<Visit>> options =
        JacksonStateCodec.of(StateType.of(new TypeRef<Option<Visit>>() {}), layouts);

    assertThat(lists.read(lists.write(list(1L, 1L << 40)))).isEqualTo(list(1L, 1L << 40));
    assertThat(options.read(options.write(Option.apply(VISIT)))).isEqualTo(Option.apply(VISIT));
    assertThat(options.read(options.write(Option.empty()))).isEqualTo(Option.empty());
  }

  @Test
  void rows_areReadAsTheyWereWritten() {
    JacksonValueCodec rows = JacksonValueCodec.ofRows(getClass().getClassLoader());
    KeyValue<String, Visit> pair = new KeyValue<>("a", VISIT);

    assertThat(rows.read(rows.write(VISITS))).isEqualTo(VISITS);
    assertThat(rows.read(rows.write(pair))).isEqualTo(pair);
    assertThatExceptionOfType(SerializationException.class)
        .isThrownBy(() -> rows.write(list(1L)))
        .withMessageContaining("does not tell the class of its values");
  }

  @Test
  void key_isWrittenInTheOrderOfItsNames() {
    KeyCodec keys = JacksonKeyCodec.of(Visit.class, layouts);
    GroupKey key = keys.write(VISIT);

    assertThat(keys.read(key)).isEqualTo(VISIT);
    assertThat(keys.write(new Visit("ann", Option.apply("/"), vector("/a", "/b").toList())))
        .isEqualTo(key);
    assertThat(new JsonForms(layouts).textOfKey(key))
        .isEqualTo("{\"pages\":[\"/a\",\"/b\"],\"referrer\":\"/\",\"user\":\"ann\"}");
  }

  @Test
  void typesWithoutOneForm_areNoKeys() {
    assertThat(new Tags(set("a")).productElement(0)).isEqualTo(set("a"));
    assertThatExceptionOfType(SerializationException.class)
        .isThrownBy(() -> JacksonKeyCodec.of(Tags.class))
        .withMessage(
            "key class [%s] can't be kept at property [tags]: equal values of"
                + " [scala.collection.immutable.Set] have several written forms, and a key must"
                + " have one; use a Seq, or Java's Set, Map or BigDecimal",
            Tags.class.getName());
  }

  @Test
  void numbersOfScala_asTypeArguments_areRefusedWithTheRemedy() {
    assertThat(new Ages(Option.apply(7)).productElement(0)).isEqualTo(Option.apply(7));
    assertThatExceptionOfType(SerializationException.class)
        .isThrownBy(() -> JacksonStateCodec.of(Ages.class))
        .withMessage(
            "state class [%s] can't be kept at property [ages]: [scala.Option] does not tell the"
                + " class of its values: Scala's Int, Long and other numbers are [java.lang.Object]"
                + " in it; declare their classes in a case class, as in Option[java.lang.Long]",
            Ages.class.getName());
  }

  @Test
  void typesOfScala_withoutTheModule_areRefusedWithItsName() {
    JavaType option =
        TypeFactory.defaultInstance().constructParametricType(Option.class, String.class);
    JavaType tuple =
        TypeFactory.defaultInstance()
            .constructParametricType(Tuple2.class, String.class, Long.class);
    TypeProblem problem = requireNonNull(ScalaTypes.problem(option, "last", Use.VALUE, false));

    assertThat(problem.what() + "; " + problem.remedy())
        .isEqualTo(
            "be read at property [last]: [scala.Option] is a type of Scala, and Jackson's module for"
                + " Scala was not found; put com.fasterxml.jackson.module:jackson-module-scala_2.13"
                + " on the class path");
    assertThat(ScalaTypes.problem(tuple, "", Use.VALUE, false)).isNull();
    assertThatExceptionOfType(SerializationException.class)
        .isThrownBy(
            () -> JacksonStateCodec.of(StateType.of(new TypeRef<Either<String, Long>>() {})))
        .withMessage(
            "state class [scala.util.Either] can't be kept: [scala.util.Either] is not read as it was"
                + " written; use a sealed trait with @JsonTypeInfo");
    assertThat(ScalaTypes.problem(option, "", Use.KEY, true)).isNull();
  }

  @Test
  void objectOfScala_isReadAsItselfByTheModule() {
    StateCodec<Only> codec = JacksonStateCodec.of(StateType.of(Only.class), layouts);

    assertThat(codec.read(codec.write(Only.MODULE$))).isSameAs(Only.MODULE$);
    assertThat(ScalaTypes.isObject(Only.class)).isTrue();
    assertThat(ScalaTypes.isObject(Visit.class)).isFalse();
    assertThat(ScalaTypes.problemOfObject(Only.class, "").remedy())
        .isEqualTo(
            "put com.fasterxml.jackson.module:jackson-module-scala_2.13 on the class path, or use an"
                + " enum");
  }

  @SafeVarargs
  @SuppressWarnings("varargs") // only read
  private static <T> List<T> list(T... elements) {
    return CollectionConverters.asScala(new ArrayList<>(Arrays.asList(elements))).toList();
  }

  @SafeVarargs
  @SuppressWarnings("varargs") // only read
  private static <T> Vector<T> vector(T... elements) {
    return list(elements).toVector();
  }

  @SafeVarargs
  @SuppressWarnings("varargs") // only read
  private static <T> Set<T> set(T... elements) {
    return list(elements).toSet();
  }

  private static <K, V> Map<K, V> map(java.util.Map<K, V> entries) {
    return scala.collection.immutable.Map.from(CollectionConverters.asScala(entries));
  }
}
