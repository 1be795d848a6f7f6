package io.vellamo.persistence.codec;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import io.vellamo.api.group.StateType;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class JacksonShapeTest {
  record Base(int count, List<Inner> inners) {}

  record Inner(String text, @Nullable Inner next) {}

  record Wrapper<T>(T value) {}

  // The same to Jackson.

  record OtherName(int count, List<OtherInner> inners) {}

  record OtherInner(String text, @Nullable OtherInner next) {}

  record OtherOrder(List<Inner> inners, int count) {}

  @SuppressWarnings("UnusedVariable") // by Jackson they are
  static final class OtherKind {
    @JsonProperty("count")
    private int total;

    @JsonProperty private List<Inner> inners = List.of();

    @JsonIgnore private long cached;
  }

  // Not the same.

  record Gained(int count, List<Inner> inners, @Nullable String more) {}

  record Lost(int count) {}

  record Renamed(@JsonAlias("count") int total, List<Inner> inners) {}

  record Aliased(@JsonAlias("total") int count, List<Inner> inners) {}

  record OtherType(long count, List<Inner> inners) {}

  record OtherContent(int count, List<InnerOfNumbers> inners) {}

  record InnerOfNumbers(int text, @Nullable InnerOfNumbers next) {}

  record OtherContainer(int count, Map<String, Inner> inners) {}

  record Optionals(Optional<Integer> count, List<Inner> inners) {}

  // Pairs that differ in one thing.

  enum Colour {
    RED,
    GREEN
  }

  enum MoreColours {
    RED,
    GREEN,
    BLUE
  }

  record Unformatted(LocalDate at) {}

  record Formatted(@JsonFormat(pattern = "yyyy/MM/dd") LocalDate at) {}

  record OwnRules(@JsonDeserialize(using = AnyNumber.class) int count) {}

  static final class AnyNumber extends StdDeserializer<Integer> {
    private static final long serialVersionUID = 1L;

    AnyNumber() {
      super(Integer.class);
    }

    @Override
    public Integer deserialize(JsonParser parser, DeserializationContext context)
        throws IOException {
      return parser.getValueAsInt();
    }
  }

  static final class Flat {
    @JsonUnwrapped @Nullable Inner inner;
  }

  static final class FlatNumbers {
    @JsonUnwrapped @Nullable InnerOfNumbers inner;
  }

  record Delegating(@JsonValue int value) {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    Delegating {}
  }

  record DelegatingText(@JsonValue String value) {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    DelegatingText {}
  }

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME)
  @JsonSubTypes({
    @JsonSubTypes.Type(value = OneShape.Square.class, name = "square"),
    @JsonSubTypes.Type(value = OneShape.Group.class, name = "group")
  })
  sealed interface OneShape {
    record Square(int size) implements OneShape {}

    record Group(List<OneShape> shapes) implements OneShape {}
  }

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME)
  @JsonSubTypes({
    @JsonSubTypes.Type(value = OtherShape.Square.class, name = "square"),
    @JsonSubTypes.Type(value = OtherShape.Group.class, name = "group")
  })
  sealed interface OtherShape {
    record Square(double size) implements OtherShape {}

    record Group(List<OtherShape> shapes) implements OtherShape {}
  }

  /** It may change with Jackson; then every query reads its states once, which is no harm. */
  @Test
  void shape_isTheSameInEveryJvm() {
    assertThat(shape(Base.class)).isEqualTo("58caaf944b0f00d6");
  }

  @Test
  void shape_isTheSame_whateverClassesAreCalledAndHoweverTheyAreBuilt() {
    assertThat(shape(OtherName.class)).isEqualTo(shape(Base.class));
    assertThat(shape(OtherOrder.class)).isEqualTo(shape(Base.class));
    assertThat(shape(OtherKind.class)).isEqualTo(shape(Base.class));
  }

  @Test
  void shape_changesWithProperties() {
    assertThat(
            List.of(
                shape(Base.class),
                shape(Gained.class),
                shape(Lost.class),
                shape(Renamed.class),
                shape(Aliased.class),
                shape(OtherType.class),
                shape(OtherContent.class),
                shape(OtherContainer.class),
                shape(Optionals.class)))
        .doesNotHaveDuplicates();
  }

  @Test
  void shape_changesWithRulesOfProperties() {
    assertThat(shape(Formatted.class)).isNotEqualTo(shape(Unformatted.class));
    assertThat(shape(OwnRules.class)).isNotEqualTo(shape(Lost.class));
    assertThat(shape(FlatNumbers.class)).isNotEqualTo(shape(Flat.class));
    assertThat(shape(DelegatingText.class)).isNotEqualTo(shape(Delegating.class));
  }

  @Test
  void shape_changesWithConstants() {
    assertThat(shape(MoreColours.class)).isNotEqualTo(shape(Colour.class));
  }

  @Test
  void shape_changesWithSubtypes() {
    assertThat(shape(OtherShape.class)).isNotEqualTo(shape(OneShape.class));
  }

  @Test
  void shape_ofValues_isThatOfTheirClass() {
    assertThat(List.of(shape(Integer.class), shape(String.class), shape(Instant.class)))
        .doesNotHaveDuplicates();
  }

  @Test
  void shapeOfCodec_tellsVersionsToo() {
    StateType<Base> first = StateType.of(Base.class);
    StateType<Base> third = first.migration(1, state -> state).migration(2, state -> state);
    StateType<Base> shorter = first.migration(2, state -> state);

    assertThat(JacksonStateCodec.of(first).shape()).isEqualTo("1-1-" + shape(Base.class));
    assertThat(JacksonStateCodec.of(third).shape()).isEqualTo("1-3-" + shape(Base.class));
    assertThat(JacksonStateCodec.of(shorter).shape()).isEqualTo("2-3-" + shape(Base.class));
  }

  private static String shape(Class<?> type) {
    return JacksonShape.of(JacksonMappers.checking(), type);
  }
}
