package io.vellamo.persistence.codec;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CopiedTypesTest {
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Lists(List<String> names, Map<String, List<Long>> counts, int[] places) {}

  static class Bean {
    public int value;
    private final List<Instant> times = new ArrayList<>();

    public List<Instant> getTimes() {
      return times;
    }
  }

  static final class Derived extends Bean {
    public @org.jspecify.annotations.Nullable Lists lists;
  }

  static final class Hidden {
    public int value;
    private int secret = 1;

    int secret() {
      return ++secret;
    }
  }

  static final class Passing {
    public int value;
    public transient int cache;
  }

  record Partly(List<String> names, @JsonIgnore int secret) {}

  record Anything(List<Object> values) {}

  record Sorted(Set<String> names) {}

  record Open(Bean bean) {}

  record Raw<T>(List<T> values) {}

  private final CopiedTypes copied = new CopiedTypes(JacksonMappers.checking());

  @ParameterizedTest
  @ValueSource(classes = {Lists.class, Bean.class, Derived.class, byte[].class, Lists[].class})
  void types_whoseFieldsTellAllTheyHold_areCopied(Class<?> type) {
    assertThat(copied.isCopied(type)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      classes = {
        Hidden.class,
        Passing.class,
        Partly.class,
        Anything.class,
        Sorted.class,
        Open.class,
        Raw.class,
        ArrayList.class,
        Object.class,
        String.class
      })
  void types_thatMightLoseSomething_orCannotChange_areNot(Class<?> type) {
    assertThat(copied.isCopied(type)).isFalse();
  }
}
