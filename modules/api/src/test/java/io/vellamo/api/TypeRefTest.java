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
