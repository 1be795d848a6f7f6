package io.vellamo.benchmarks.workload;

import static org.assertj.core.api.Assertions.assertThat;

import io.vellamo.benchmarks.floor.FloorEngine;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Events and rows are those of the workloads' definition, by checksums that another program gave:
 * figures of other machines and engines can be compared only as long as this holds.
 */
final class DefinedRowsTest {
  @TempDir private static Path root;

  @ParameterizedTest
  @CsvSource({
    "W1, 195047:a91a2d979b5a1944",
    "W2, 47067:13d3b1497f9b0db8",
    "W3, 198640:38f580b41eb0d9cc"
  })
  void rows_ofAMillionEvents_haveTheDefinedChecksum(Workload workload, String defined)
      throws Exception {
    DataSet data = DataSet.of(workload, 100_000, 1_000_000, Skew.UNIFORM);
    if (!Files.exists(data.part(root, 0))) {
      new DataSetWriter(data).write(root);
    }
    RunMeter meter = new RunMeter(workload, Pace.of(0));

    new FloorEngine(false).run(new Job(workload, data, root, root, meter));

    assertThat(meter.figures(data.events(), defined).checksum()).hasToString(defined);
    assertThat(meter.figures(data.events(), defined).ok()).isTrue();
  }
}
