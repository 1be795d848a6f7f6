package io.vellamo.cluster.home;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class FingerprintTest {
  private static String difference(List<String> here, List<String> there) {
    return new Fingerprint(here).differenceTo(new Fingerprint(there), "q", "A", "B");
  }

  @Test
  void equalDefinitions_haveNoDifference() {
    assertThat(difference(List.of("x", "y"), List.of("x", "y"))).isEmpty();
  }

  @Test
  void differentDefinitions_areNamedWithTheFirstDifference() {
    assertThat(difference(List.of("x", "y", "z"), List.of("x", "w", "v")))
        .isEqualTo(
            "Query [q] must have the same definition on all nodes of the cluster: node [A] has [y],"
                + " where node [B] has [w]; run the same code with the same configuration on both");
  }

  @Test
  void shorterDefinition_lacksTheFirstLineOfTheOther() {
    assertThat(difference(List.of("x"), List.of("x", "y")))
        .contains("node [A] has [nothing], where node [B] has [y]");
  }
}
