package io.vellamo.benchmarks.workload;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class GeneratedReaderTest {
  @ParameterizedTest
  @CsvSource({"0, 0, 0 2 4 6", "1, 0, 1 3 5", "0, 3, 4 6", "1, 3, 3 5", "0, 7, ''", "1, 7, ''"})
  void part_isReadFromTheNextPlaceThatItHas(int part, int seq, String expected) {
    GeneratedReader<String> reader = GeneratedReader.open(Integer::toString, 7, part, seq);
    List<String> read = new ArrayList<>();
    while (reader.nextSeq() >= 0) {
      int next = reader.nextSeq();
      assertThat(reader.next()).isEqualTo(Integer.toString(next));
      read.add(Integer.toString(next));
    }

    assertThat(String.join(" ", read)).isEqualTo(expected);
    assertThat(reader.next()).isNull();
  }
}
