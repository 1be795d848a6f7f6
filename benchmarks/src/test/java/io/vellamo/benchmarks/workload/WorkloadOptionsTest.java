package io.vellamo.benchmarks.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

final class WorkloadOptionsTest {
  @Test
  void options_sayTheDataSet() {
    WorkloadOptions options =
        parse("--workload", "W3", "--data", "sets", "--keys", "10", "--events", "20");

    assertThat(options.data()).isEqualTo(DataSet.of(Workload.W3, 10, 20, Skew.UNIFORM));
    assertThat(options.root()).isEqualTo(Path.of("sets"));
    assertThat(options.repeat()).isEqualTo(1);
  }

  @Test
  void rate_ofAnotherWorkloadThanW2_isRefused() {
    assertThatThrownBy(() -> parse("--workload", "W1", "--rate", "10").check())
        .hasMessage(
            "--rate needs --workload W2, whose rows name the event that raised them, was [W1]");
  }

  @Test
  void repeat_ofNone_isRefused() {
    assertThatThrownBy(() -> parse("--repeat", "0").check())
        .hasMessage("--repeat must be positive, was [0]");
  }

  private static WorkloadOptions parse(String... arguments) {
    return CommandLine.populateCommand(new WorkloadOptions(), arguments);
  }
}
