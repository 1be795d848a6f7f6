package io.vellamo.actors;

import com.typesafe.config.Config;
import io.vellamo.actors.shard.Hosting;
import io.vellamo.engine.failure.Failures;
import io.vellamo.persistence.journal.JournalOptions;
import java.time.Duration;
import java.util.OptionalLong;

/**
 * The configuration below {@code vellamo}; {@code reference.conf} says what each setting means.
 *
 * @param shards {@code vellamo.query.shards}
 * @param maxEventsPerEpoch {@code vellamo.query.max-events-per-epoch}; empty for {@code auto}
 * @param recentProgress {@code vellamo.query.recent-progress}
 * @param idleReportInterval {@code vellamo.query.idle-report-interval}
 * @param hosting {@code vellamo.query.hosting}
 * @param flowCapacity {@code vellamo.flow.capacity}
 * @param maxActiveGroups {@code vellamo.passivation.max-active-groups}
 * @param listenerMaxPending {@code vellamo.listeners.max-pending}
 * @param listenerShutdownTimeout {@code vellamo.listeners.shutdown-timeout}
 * @param failures {@code vellamo.errors}
 * @param journal {@code vellamo.journal}
 * @param groupDispatcher {@code vellamo.group-dispatcher}, by its path
 * @param blockingDispatcher {@code vellamo.blocking-dispatcher}, by its path
 */
record VellamoSettings(
    int shards,
    OptionalLong maxEventsPerEpoch,
    int recentProgress,
    Duration idleReportInterval,
    Hosting hosting,
    int flowCapacity,
    int maxActiveGroups,
    int listenerMaxPending,
    Duration listenerShutdownTimeout,
    Failures failures,
    JournalOptions journal,
    String groupDispatcher,
    String blockingDispatcher) {
  private static final int MAX_SHARDS = 1024;

  /**
   * Reads the settings.
   *
   * @param config the actor system's whole configuration
   * @return the settings
   * @throws IllegalArgumentException if a setting is out of range; the message names its path
   */
  static VellamoSettings from(Config config) {
    return new VellamoSettings(
        Math.toIntExact(positive(config, "vellamo.query.shards", MAX_SHARDS)),
        maxEventsPerEpoch(config),
        Math.toIntExact(positive(config, "vellamo.query.recent-progress", Integer.MAX_VALUE)),
        config.getDuration("vellamo.query.idle-report-interval"),
        hosting(config),
        Math.toIntExact(positive(config, "vellamo.flow.capacity", Integer.MAX_VALUE)),
        Math.toIntExact(
            positive(config, "vellamo.passivation.max-active-groups", Integer.MAX_VALUE)),
        Math.toIntExact(positive(config, "vellamo.listeners.max-pending", Integer.MAX_VALUE)),
        config.getDuration("vellamo.listeners.shutdown-timeout"),
        Failures.of(config.getBoolean("vellamo.errors.show-messages")),
        JournalOptions.from(config),
        "vellamo.group-dispatcher",
        "vellamo.blocking-dispatcher");
  }

  private static OptionalLong maxEventsPerEpoch(Config config) {
    String path = "vellamo.query.max-events-per-epoch";
    String value = config.getString(path);
    if (value.equals("auto")) {
      return OptionalLong.empty();
    }
    try {
      long most = Long.parseLong(value);
      if (most > 0) {
        return OptionalLong.of(most);
      }
    } catch (NumberFormatException e) {
      // Refused as any other value.
    }
    throw new IllegalArgumentException(
        "%s must be [auto] or from 1 to %d, was [%s]".formatted(path, Long.MAX_VALUE, value));
  }

  private static Hosting hosting(Config config) {
    String hosting = config.getString("vellamo.query.hosting");
    return switch (hosting) {
      case "actor" -> Hosting.ACTOR;
      case "inline" -> Hosting.INLINE;
      default ->
          throw new IllegalArgumentException(
              "vellamo.query.hosting must be [actor] or [inline], was [%s]".formatted(hosting));
    };
  }

  private static long positive(Config config, String path, long max) {
    long value = config.getLong(path);
    if (value < 1 || value > max) {
      throw new IllegalArgumentException(
          "%s must be from 1 to %d, was [%d]".formatted(path, max, value));
    }
    return value;
  }
}
