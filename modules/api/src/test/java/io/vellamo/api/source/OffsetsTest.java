package io.vellamo.api.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class OffsetsTest {
  private static final SourcePartition A = new SourcePartition("a");
  private static final SourcePartition B = new SourcePartition("b");

  @Test
  void of_copiesTheMap() {
    Map<SourcePartition, Long> map = new HashMap<>(Map.of(A, 1L));
    Offsets offsets = Offsets.of(map);
    map.put(A, 2L);

    assertThat(offsets.of(A)).hasValue(1);
    assertThat(offsets.of(B)).isEmpty();
  }

  @Test
  void advance_movesToTheEndsOfTheRanges() {
    Offsets before = Offsets.of(Map.of(A, 1L));

    Offsets after = before.advance(List.of(new OffsetRange(A, 1, 5), new OffsetRange(B, 0, 3)));

    assertThat(after).isEqualTo(Offsets.of(Map.of(A, 5L, B, 3L)));
    assertThat(before.of(A)).hasValue(1);
  }

  @Test
  void advance_keepsTheMarksOfTheLastRanges() {
    Offsets first = Offsets.none().advance(List.of(new OffsetRange(A, 0, 1, "a1", List.of())));

    Offsets second = first.advance(List.of(new OffsetRange(B, 0, 2, "b2", List.of())));
    Offsets third = second.advance(List.of(new OffsetRange(A, 1, 3)));

    assertThat(second).isEqualTo(Offsets.of(Map.of(A, 1L, B, 2L), Map.of(A, "a1", B, "b2")));
    assertThat(second).isNotEqualTo(Offsets.of(Map.of(A, 1L, B, 2L)));
    assertThat(third.mark(A)).isEmpty();
    assertThat(third.mark(B)).isEqualTo("b2");
  }

  @Test
  void advance_dropsWhatRangesForget() {
    Offsets before = Offsets.of(Map.of(A, 1L), Map.of(A, "a1"));

    Offsets after = before.advance(List.of(new OffsetRange(B, 0, 2, "", List.of(A))));

    assertThat(after).isEqualTo(Offsets.of(Map.of(B, 2L)));
    assertThat(after.mark(A)).isEmpty();
  }

  @Test
  void advance_byNothing_isTheSame() {
    Offsets offsets = Offsets.of(Map.of(A, 1L));

    assertThat(offsets.advance(List.of())).isSameAs(offsets);
  }

  @Test
  void asMap_isOrderedByNameAndCanNotBeChanged() {
    Map<SourcePartition, Long> map = Offsets.of(Map.of(B, 2L, A, 1L)).asMap();

    assertThat(map).containsExactly(Map.entry(A, 1L), Map.entry(B, 2L));
    assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(() -> map.put(A, 7L));
  }

  @Test
  void equality_isThatOfTheOffsets() {
    assertThat(Offsets.of(Map.of(A, 1L)))
        .isEqualTo(Offsets.none().advance(List.of(new OffsetRange(A, 0, 1))))
        .hasSameHashCodeAs(Offsets.of(Map.of(A, 1L)))
        .isNotEqualTo(Offsets.none())
        .isNotEqualTo("offsets")
        .hasToString("{a=1}");
  }
}
