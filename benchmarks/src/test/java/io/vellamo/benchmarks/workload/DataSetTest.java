package io.vellamo.benchmarks.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DataSetTest {
  @TempDir private Path root;

  @Test
  void events_areMergedBySeq_eachKeyFromOnePart() throws IOException {
    DataSet data = DataSet.of(Workload.W1, 100, 5_000, Skew.UNIFORM);
    new DataSetWriter(data).write(root);

    try (MergedReader reader = MergedReader.open(data, root)) {
      for (int seq = 0; seq < 5_000; seq++) {
        assertThat(reader.next()).isNotNull().extracting(Event::seq).isEqualTo(seq);
      }
      assertThat(reader.next()).isNull();
    }
    Map<Long, Integer> partOfKey = new HashMap<>();
    for (int part = 0; part < DataSet.PARTS; part++) {
      try (PartReader reader = PartReader.open(data.part(root, part), 0)) {
        for (Event event = reader.next(); event != null; event = reader.next()) {
          assertThat(partOfKey.putIfAbsent(event.key(), part)).isIn(null, part);
        }
      }
    }
    assertThat(partOfKey).hasSize(100);
  }

  @Test
  void part_openedInTheMiddle_beginsAtTheNextSeqThatItHas() throws IOException {
    DataSet data = DataSet.of(Workload.W1, 100, 5_000, Skew.UNIFORM);
    new DataSetWriter(data).write(root);

    for (int seq : new int[] {0, 1, 2_499, 4_990}) {
      int behind = seq;
      try (PartReader whole = PartReader.open(data.part(root, 1), 0);
          PartReader opened = PartReader.open(data.part(root, 1), seq)) {
        while (whole.nextSeq() >= 0 && whole.nextSeq() < behind) {
          whole.next();
        }

        assertThat(opened.next()).isEqualTo(whole.next());
      }
    }
  }

  @Test
  void part_thatEndsWithinARecord_isRefused() throws IOException {
    Path part = Files.write(root.resolve("part"), new byte[30]);

    try (PartReader reader = PartReader.open(part, 0)) {
      assertThatThrownBy(reader::next)
          .hasMessage("a part must hold whole records, it ends within one at [30]");
    }
  }

  @Test
  void skew_zipf_drawsTheFirstRanksMost() throws IOException {
    DataSet data = DataSet.of(Workload.W1, 1_000, 20_000, Skew.parse("zipf:1.2"));
    new DataSetWriter(data).write(root);
    Map<Long, Integer> counts = new HashMap<>();
    try (MergedReader reader = MergedReader.open(data, root)) {
      for (Event event = reader.next(); event != null; event = reader.next()) {
        counts.merge(event.key(), 1, Integer::sum);
      }
    }

    // The first of 1,000 weights 1/r^1.2 is 23 % of their sum.
    assertThat(Collections.max(counts.values())).isBetween(4_400, 4_900);
  }

  @Test
  void directory_namesAllThatTheEventsDependOn() {
    assertThat(DataSet.of(Workload.W3, 10, 20, Skew.parse("zipf:0.9")).directory(root))
        .isEqualTo(root.resolve("k10-n20-zipf:0.9-ooo300000-iat30000-seed42"));
  }

  @Test
  void numbers_outOfRange_areRefused() {
    assertThatThrownBy(() -> DataSet.of(Workload.W1, 0, 1, Skew.UNIFORM))
        .hasMessage("keys must be from 1 to 2147483647, was [0]");
    assertThatThrownBy(() -> DataSet.of(Workload.W1, 1, 0, Skew.UNIFORM))
        .hasMessage("events must be positive, was [0]");
    assertThatThrownBy(() -> Skew.parse("some"))
        .hasMessage("skew must be [uniform] or [zipf:EXPONENT], was [some]");
  }
}
