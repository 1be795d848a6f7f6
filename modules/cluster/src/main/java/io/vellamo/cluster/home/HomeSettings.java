package io.vellamo.cluster.home;

import com.typesafe.config.Config;
import java.time.Duration;
import java.util.Optional;

/**
 * The configuration below {@code vellamo.cluster} of homes and handles; {@code reference.conf}
 * explains each setting.
 *
 * @param role {@code vellamo.cluster.role}; empty for all nodes
 * @param askAgain {@code vellamo.cluster.home.ask-again}
 * @param confirmEvery {@code vellamo.cluster.home.confirm-every}
 * @param missingAfter {@code vellamo.cluster.home.missing-after}
 */
record HomeSettings(
    Optional<String> role, Duration askAgain, Duration confirmEvery, Duration missingAfter) {
  /**
   * Reads the settings.
   *
   * @param config the actor system's whole configuration
   * @throws IllegalArgumentException if a setting is out of range; the message names its path
   */
  static HomeSettings from(Config config) {
    return new HomeSettings(
        Optional.of(config.getString("vellamo.cluster.role")).filter(role -> !role.isEmpty()),
        positive(config, "vellamo.cluster.home.ask-again"),
        positive(config, "vellamo.cluster.home.confirm-every"),
        positive(config, "vellamo.cluster.home.missing-after"));
  }

  private static Duration positive(Config config, String path) {
    Duration value = config.getDuration(path);
    if (value.isNegative() || value.isZero()) {
      throw new IllegalArgumentException("%s [%s] must be positive".formatted(path, value));
    }
    return value;
  }
}
