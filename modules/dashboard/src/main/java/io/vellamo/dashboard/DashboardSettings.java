package io.vellamo.dashboard;

import static java.util.Objects.requireNonNull;

import com.typesafe.config.Config;
import java.time.Duration;
import java.util.List;

/**
 * The configuration below {@code vellamo.dashboard}; {@code reference.conf} explains each setting.
 *
 * @param host {@code vellamo.dashboard.host}
 * @param port {@code vellamo.dashboard.port}; 0 for a free one
 * @param allowedHosts {@code vellamo.dashboard.allowed-hosts}
 * @param showData {@code vellamo.dashboard.show-data}
 * @param token {@code vellamo.dashboard.token}; empty if actions are off
 * @param maxStreams {@code vellamo.dashboard.max-streams}
 * @param updateInterval {@code vellamo.dashboard.update-interval}
 * @param searchLimit {@code vellamo.dashboard.search-limit}
 * @since 0.1
 */
public record DashboardSettings(
    String host,
    int port,
    List<String> allowedHosts,
    boolean showData,
    String token,
    int maxStreams,
    Duration updateInterval,
    int searchLimit) {
  static final int LEAST_TOKEN_LENGTH = 16;
  private static final int MAX_PORT = 65_535;

  /**
   * Checks the settings.
   *
   * @throws IllegalArgumentException if a setting is out of range; the message names its path
   */
  public DashboardSettings {
    requireNonNull(host, "host");
    allowedHosts = List.copyOf(allowedHosts);
    requireNonNull(token, "token");
    requireNonNull(updateInterval, "updateInterval");
    check(!host.isBlank(), "host", "must not be empty", host);
    check(port >= 0 && port <= MAX_PORT, "port", "must be from 0 to 65535", port);
    check(
        token.isEmpty() || token.length() >= LEAST_TOKEN_LENGTH,
        "token",
        "must be empty or have at least 16 characters",
        token.length() + " characters");
    check(maxStreams > 0, "max-streams", "must be positive", maxStreams);
    check(
        !updateInterval.isNegative() && !updateInterval.isZero(),
        "update-interval",
        "must be positive",
        updateInterval);
    check(searchLimit >= 0, "search-limit", "must not be negative", searchLimit);
  }

  /**
   * Reads the settings.
   *
   * @param config the actor system's whole configuration
   * @return the settings
   * @throws IllegalArgumentException if a setting is out of range; the message names its path
   */
  public static DashboardSettings from(Config config) {
    Config own = config.getConfig("vellamo.dashboard");
    return new DashboardSettings(
        own.getString("host"),
        own.getInt("port"),
        own.getStringList("allowed-hosts"),
        own.getBoolean("show-data"),
        own.getString("token"),
        own.getInt("max-streams"),
        own.getDuration("update-interval"),
        own.getInt("search-limit"));
  }

  /**
   * Returns these settings with another port.
   *
   * @param port from 0 to 65535; 0 for a free one
   * @return a copy
   */
  public DashboardSettings withPort(int port) {
    return new DashboardSettings(
        host, port, allowedHosts, showData, token, maxStreams, updateInterval, searchLimit);
  }

  /**
   * Returns these settings with keys, states and events shown or hidden.
   *
   * @param shown whether they are shown
   * @return a copy
   */
  public DashboardSettings withShowData(boolean shown) {
    return new DashboardSettings(
        host, port, allowedHosts, shown, token, maxStreams, updateInterval, searchLimit);
  }

  /**
   * Returns these settings with another token.
   *
   * @param token at least 16 characters; empty to switch actions off
   * @return a copy
   */
  public DashboardSettings withToken(String token) {
    return new DashboardSettings(
        host, port, allowedHosts, showData, token, maxStreams, updateInterval, searchLimit);
  }

  boolean hasActions() {
    return !token.isEmpty();
  }

  private static void check(boolean holds, String name, String rule, Object found) {
    if (!holds) {
      throw new IllegalArgumentException(
          "vellamo.dashboard.%s [%s] %s".formatted(name, found, rule));
    }
  }

  /**
   * Returns the settings without the token.
   *
   * @return one line
   */
  @Override
  public String toString() {
    return "DashboardSettings[%s:%s, allowedHosts=%s, showData=%s, actions=%s]"
        .formatted(host, port, allowedHosts, showData, hasActions());
  }
}
