package io.vellamo.cluster.settings;

import com.typesafe.config.Config;
import java.time.Duration;

/**
 * The configuration below {@code vellamo.cluster}; {@code reference.conf} explains each setting.
 *
 * @param role {@code vellamo.cluster.role}; empty for all nodes
 * @param acceptsUnfencedJournal whether {@code vellamo.cluster.unfenced-journal} is {@code accept}
 * @param acceptsOneNodeConnectors whether {@code vellamo.cluster.one-node-connectors} is {@code
 *     accept}
 * @param probeTimeout {@code vellamo.cluster.probe-timeout}
 * @param askAgainFirst {@code vellamo.cluster.ask-again.first}
 * @param askAgainMost {@code vellamo.cluster.ask-again.most}
 * @param missingAfter {@code vellamo.cluster.missing-after}
 */
public record ClusterSettings(
    String role,
    boolean acceptsUnfencedJournal,
    boolean acceptsOneNodeConnectors,
    Duration probeTimeout,
    Duration askAgainFirst,
    Duration askAgainMost,
    Duration missingAfter) {
  private static final String ROOT = "vellamo.cluster.";

  /**
   * Reads the settings.
   *
   * @param config the actor system's whole configuration
   * @return the settings
   * @throws IllegalArgumentException if a setting is out of range; the message names its path
   */
  public static ClusterSettings from(Config config) {
    Duration first = positive(config, ROOT + "ask-again.first");
    Duration most = positive(config, ROOT + "ask-again.most");
    if (most.compareTo(first) < 0) {
      throw new IllegalArgumentException(
          "vellamo.cluster.ask-again.most must be at least vellamo.cluster.ask-again.first [%s], was [%s]"
              .formatted(first, most));
    }
    return new ClusterSettings(
        config.getString(ROOT + "role"),
        accepts(config, ROOT + "unfenced-journal"),
        accepts(config, ROOT + "one-node-connectors"),
        positive(config, ROOT + "probe-timeout"),
        first,
        most,
        positive(config, ROOT + "missing-after"));
  }

  private static boolean accepts(Config config, String path) {
    String value = config.getString(path);
    return switch (value) {
      case "accept" -> true;
      case "refuse" -> false;
      default ->
          throw new IllegalArgumentException(
              "%s must be [refuse] or [accept], was [%s]".formatted(path, value));
    };
  }

  private static Duration positive(Config config, String path) {
    Duration value = config.getDuration(path);
    if (value.isZero() || value.isNegative()) {
      throw new IllegalArgumentException(
          "%s must be positive, was [%s]".formatted(path, config.getString(path)));
    }
    return value;
  }
}
