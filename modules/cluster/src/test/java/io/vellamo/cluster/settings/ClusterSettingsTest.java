package io.vellamo.cluster.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class ClusterSettingsTest {
  @Test
  void defaults_areThoseOfTheFile() {
    assertThat(settings(""))
        .isEqualTo(
            new ClusterSettings(
                "",
                false,
                false,
                Duration.ofSeconds(30),
                Duration.ofMillis(500),
                Duration.ofSeconds(5),
                Duration.ofSeconds(20)));
  }

  @Test
  void risks_acceptedByName_areAccepted() {
    ClusterSettings settings =
        settings("vellamo.cluster { unfenced-journal = accept, one-node-connectors = accept }");

    assertThat(settings.acceptsUnfencedJournal()).isTrue();
    assertThat(settings.acceptsOneNodeConnectors()).isTrue();
  }

  @Test
  void valueOutOfRange_isRefusedWithItsPath() {
    assertRefused(
        "vellamo.cluster.unfenced-journal = on",
        "vellamo.cluster.unfenced-journal must be [refuse] or [accept], was [on]");
    assertRefused(
        "vellamo.cluster.one-node-connectors = off",
        "vellamo.cluster.one-node-connectors must be [refuse] or [accept], was [off]");
    assertRefused(
        "vellamo.cluster.probe-timeout = 0s",
        "vellamo.cluster.probe-timeout must be positive, was [0s]");
    assertRefused(
        "vellamo.cluster.ask-again.first = 6s",
        "vellamo.cluster.ask-again.most must be at least vellamo.cluster.ask-again.first [PT6S], was [PT5S]");
  }

  private static void assertRefused(String settings, String message) {
    assertThatThrownBy(() -> settings(settings))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  private static ClusterSettings settings(String text) {
    return ClusterSettings.from(ConfigFactory.load(ConfigFactory.parseString(text)));
  }
}
