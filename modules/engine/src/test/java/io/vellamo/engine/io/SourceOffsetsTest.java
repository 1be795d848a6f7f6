package io.vellamo.engine.io;

import static org.assertj.core.api.Assertions.assertThat;

import io.vellamo.api.source.OffsetRange;
import io.vellamo.api.source.Offsets;
import io.vellamo.api.source.SourcePartition;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SourceOffsetsTest {
  private static final SourcePartition FILE = new SourcePartition("a.jsonl");
  private static final OffsetRange RANGE =
      new OffsetRange(FILE, 0, 9, "mark", List.of(new SourcePartition("gone")));

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void range_ofASource_keepsItsMarkAndWhatItForgets(int inputs) {
    OffsetRange outer = SourceOffsets.outer(RANGE, inputs - 1, inputs);

    assertThat(SourceOffsets.inner(outer, inputs)).isEqualTo(RANGE);
  }

  @Test
  void offsets_ofASource_keepTheirMarks() {
    OffsetRange other = new OffsetRange(FILE, 0, 7, "other", List.of());

    Offsets all =
        Offsets.none()
            .advance(List.of(SourceOffsets.outer(RANGE, 0, 2), SourceOffsets.outer(other, 1, 2)));

    assertThat(SourceOffsets.inner(all, 0, 2)).isEqualTo(Offsets.none().advance(List.of(RANGE)));
    assertThat(SourceOffsets.inner(all, 1, 2)).isEqualTo(Offsets.none().advance(List.of(other)));
  }
}
