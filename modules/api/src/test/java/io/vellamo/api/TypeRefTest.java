package io.vellamo.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.vellamo.api.group.StateType;
import java.lang.reflect.ParameterizedType;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class TypeRefTest {
  @Test
  void type_hasItsArguments() {
    TypeRef<Map<String, List<Long>>> type = new TypeRef<>() {};

    assertThat(type).hasToString("java.util.Map<java.lang.String, java.util.List<java.lang.Long>>");
    assertThat(type.rawClass()).isEqualTo(Map.class);
    assertThat(StateType.of(type).stateClass()).isEqualTo(Map.class);
    assertThat(StateType.of(type))
        .hasToString(
            "StateType[java.util.Map<java.lang.String, java.util.List<java.lang.Long>>, version 1, reads from 1]");
    assertThat(StateType.of(new TypeRef<String>() {}).type()).isEqualTo(String.class);
  }

  @Test
  void wildcardOfKotlin_isReplacedByItsBound() {
    TypeRef<Map<? extends String, ? extends List<? extends Long>>> type = new TypeRef<>() {};

    assertThat(type.type())
        .isEqualTo(new TypeRef<Map<String, List<Long>>>() {}.type())
        .hasToString("java.util.Map<java.lang.String, java.util.List<java.lang.Long>>");
    assertThat(type.rawClass()).isEqualTo(Map.class);
    assertThat(
            ((ParameterizedType) new TypeRef<Map.Entry<String, Long>>() {}.type()).getOwnerType())
        .isEqualTo(Map.class);
  }

  @Test
  void typeOfClasses_equalsTheNamedType() {
    TypeRef<Map<String, Long>> type = TypeRef.of(Map.class, String.class, Long.class);

    assertThat(type.type()).isEqualTo(new TypeRef<Map<String, Long>>() {}.type());
    assertThat(type.rawClass()).isEqualTo(Map.class);
    assertThat(type).hasToString("java.util.Map<java.lang.String, java.lang.Long>");
  }

  @Test
  void typeOfClasses_withAnotherNumberOfArguments_isRefused() {
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> TypeRef.<Map<String, Long>>of(Map.class, String.class))
        .withMessage(
            "arguments of [java.util.Map] must be as many as its type parameters, [2], were [1]; name a class for each");
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> TypeRef.<String>of(String.class))
        .withMessage(
            "raw must be a class with type parameters, was [java.lang.String]; use the class itself");
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> TypeRef.<List<Long>>of(List.class, long.class))
        .withMessage(
            "class of a type argument must not be a primitive, was [long]; use [java.lang.Long]");
  }

  @Test
  @SuppressWarnings("rawtypes") // what is refused
  void type_withoutArguments_isRefused() {
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> new TypeRef() {})
        .withMessageStartingWith(
            "TypeRef must be created with a type argument, as in new TypeRef<List<Long>>() {}, was [");
  }

  @Test
  void type_withAVariableOrWildcard_isRefused() {
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(this::<Long>listOf)
        .withMessage(
            "TypeRef must name a type without type variables and wildcards, was [java.util.List<T>]; name the classes");
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> new TypeRef<Map<String, ?>>() {})
        .withMessageContaining("was [java.util.Map<java.lang.String, ?>]");
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> new TypeRef<List<? super Long>>() {})
        .withMessageContaining("was [java.util.List<? super java.lang.Long>]");
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> new TypeRef<List<String>[]>() {}.rawClass())
        .withMessageContaining("use a List instead of an array");
  }

  private <T> void listOf() {
    assertThat(new TypeRef<List<T>>() {}).isNotNull();
  }
}
