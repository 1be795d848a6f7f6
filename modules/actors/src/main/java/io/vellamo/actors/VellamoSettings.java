package io.vellamo.actors;

import com.typesafe.config.Config;
import io.vellamo.actors.shard.ActiveGroups;
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
 * @param activeGroups {@code vellamo.passivation.max-active-groups}; shared by all queries
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
    ActiveGroups activeGroups,
    int listenerMaxPending,
    Duration listenerShutdownTimeout,
    Failures failures,
    JournalOptions journal,
    String groupDispatcher,
    String blockingDispatcher) {
  private static final int MAX_SHARDS = 1024;

  /** A live group is about 1 KiB and its state; its events and rows come to it. */
  private static final long HEAP_BYTES_OF_AN_ACTIVE_GROUP = 16 * 1024;

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
        autoOrPositive(config, "vellamo.query.max-events-per-epoch", Long.MAX_VALUE),
        Math.toIntExact(positive(config, "vellamo.query.recent-progress", Integer.MAX_VALUE)),
        config.getDuration("vellamo.query.idle-report-interval"),
        hosting(config),
        Math.toIntExact(positive(config, "vellamo.flow.capacity", Integer.MAX_VALUE)),
        activeGroups(config),
        Math.toIntExact(positive(config, "vellamo.listeners.max-pending", Integer.MAX_VALUE)),
        config.getDuration("vellamo.listeners.shutdown-timeout"),
        Failures.of(config.getBoolean("vellamo.errors.show-messages")),
        JournalOptions.from(config),
        "vellamo.group-dispatcher",
        "vellamo.blocking-dispatcher");
  }

  private static ActiveGroups activeGroups(Config config) {
    OptionalLong set =
        autoOrPositive(config, "vellamo.passivation.max-active-groups", Integer.MAX_VALUE);
    if (set.isPresent()) {
      return ActiveGroups.ofEachShard(Math.toIntExact(set.getAsLong()));
    }
    long fitting = Runtime.getRuntime().maxMemory() / HEAP_BYTES_OF_AN_ACTIVE_GROUP;
    return ActiveGroups.ofAllShards((int) Math.min(fitting, Integer.MAX_VALUE));
  }

  /** Returns a number, or nothing for {@code auto}. */
  private static OptionalLong autoOrPositive(Config config, String path, long max) {
    String value = config.getString(path);
    if (value.equals("auto")) {
      return OptionalLong.empty();
    }
    try {
      long number = Long.parseLong(value);
      if (number > 0 && number <= max) {
        return OptionalLong.of(number);
      }
    } catch (NumberFormatException e) {
      // Refused as any other value.
    }
    throw new IllegalArgumentException(
        "%s must be [auto] or from 1 to %d, was [%s]".formatted(path, max, value));
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
