package io.vellamo.actors.settings;

import com.typesafe.config.Config;
import io.vellamo.actors.calls.BlockingThreads;
import io.vellamo.actors.shard.ActiveGroups;
import io.vellamo.actors.shard.Hosting;
import io.vellamo.api.query.RetryPolicy;
import io.vellamo.engine.failure.Failures;
import io.vellamo.engine.inbox.InboxLimits;
import io.vellamo.engine.journal.ShardLayout;
import io.vellamo.engine.observe.HealthLimits;
import io.vellamo.engine.protocol.query.ShardRestarts;
import io.vellamo.persistence.journal.JournalOptions;
import java.time.Duration;
import java.util.OptionalLong;
import org.apache.pekko.dispatch.ThreadPoolConfig;

/**
 * The configuration below {@code vellamo}; {@code reference.conf} explains each setting.
 *
 * @param shards {@code vellamo.query.shards}
 * @param sinkRanges {@code vellamo.query.sink-ranges}; for {@code auto} the number of cores, in a
 *     cluster that of the shards
 * @param maxEventsPerEpoch {@code vellamo.query.max-events-per-epoch}; empty for {@code auto}
 * @param minEpochInterval {@code vellamo.query.min-epoch-interval}
 * @param maxCompleteGroups {@code vellamo.query.max-complete-groups}
 * @param recentProgress {@code vellamo.query.recent-progress}
 * @param idleReportInterval {@code vellamo.query.idle-report-interval}
 * @param hosting {@code vellamo.query.hosting}
 * @param activeGroups {@code vellamo.passivation.max-active-groups}; shared by all queries
 * @param listenerMaxPending {@code vellamo.listeners.max-pending}
 * @param listenerShutdownTimeout {@code vellamo.listeners.shutdown-timeout}
 * @param failures {@code vellamo.errors}
 * @param journal {@code vellamo.journal}
 * @param inbox {@code vellamo.inbox}
 * @param maxPendingRequests {@code vellamo.query.max-pending-requests}
 * @param shardRestarts {@code vellamo.query.shard-restart}
 * @param retry {@code vellamo.query.retry}
 * @param warnAfter {@code vellamo.query.warn-after}
 * @param stopTimeout {@code vellamo.stop-timeout}
 * @param blockingThreads {@code vellamo.blocking-threads}
 * @param functionThreads the most threads of {@code vellamo.function-dispatcher}
 * @param controlDispatcher {@code vellamo.control-dispatcher}, by its path
 * @param health {@code vellamo.health}
 * @param hotKeys {@code vellamo.hot-keys.count}
 */
public record VellamoSettings(
    int shards,
    int sinkRanges,
    OptionalLong maxEventsPerEpoch,
    Duration minEpochInterval,
    int maxCompleteGroups,
    int recentProgress,
    Duration idleReportInterval,
    Hosting hosting,
    ActiveGroups activeGroups,
    int listenerMaxPending,
    Duration listenerShutdownTimeout,
    Failures failures,
    JournalOptions journal,
    InboxLimits inbox,
    int maxPendingRequests,
    ShardRestarts shardRestarts,
    RetryPolicy retry,
    Duration warnAfter,
    Duration stopTimeout,
    BlockingThreads.Kind blockingThreads,
    int functionThreads,
    String controlDispatcher,
    HealthLimits health,
    int hotKeys) {

  private static final int MOST_HOT_KEYS = 1_000;

  /** The heap reckoned for a live group: about 1 KiB and its state, plus its events and rows. */
  private static final long HEAP_BYTES_OF_AN_ACTIVE_GROUP = 16 * 1024;

  /**
   * Reads the settings.
   *
   * @param config the actor system's whole configuration
   * @return the settings
   * @throws IllegalArgumentException if a setting is out of range; the message names its path
   */
  public static VellamoSettings from(Config config) {
    JournalOptions journal = JournalOptions.from(config);
    return new VellamoSettings(
        Math.toIntExact(positive(config, "vellamo.query.shards", ShardLayout.MAX_SHARDS)),
        sinkRanges(config),
        autoOrPositive(config, "vellamo.query.max-events-per-epoch", Long.MAX_VALUE),
        notNegative(config, "vellamo.query.min-epoch-interval"),
        Math.toIntExact(positive(config, "vellamo.query.max-complete-groups", Integer.MAX_VALUE)),
        Math.toIntExact(positive(config, "vellamo.query.recent-progress", Integer.MAX_VALUE)),
        config.getDuration("vellamo.query.idle-report-interval"),
        hosting(config),
        activeGroups(config),
        Math.toIntExact(positive(config, "vellamo.listeners.max-pending", Integer.MAX_VALUE)),
        config.getDuration("vellamo.listeners.shutdown-timeout"),
        Failures.of(config.getBoolean("vellamo.errors.show-messages")),
        journal,
        inbox(config, journal),
        Math.toIntExact(positive(config, "vellamo.query.max-pending-requests", Integer.MAX_VALUE)),
        shardRestarts(config),
        retry(config),
        positive(config, "vellamo.query.warn-after"),
        positive(config, "vellamo.stop-timeout"),
        blockingThreads(config),
        functionThreads(config.getConfig("vellamo.function-dispatcher")),
        "vellamo.control-dispatcher",
        new HealthLimits(
            positive(config, "vellamo.health.no-progress-after"),
            positive(config, "vellamo.health.watermark-held-after")),
        hotKeys(config));
  }

  private static int hotKeys(Config config) {
    String path = "vellamo.hot-keys.count";
    int count = config.getInt(path);
    if (count < 0 || count > MOST_HOT_KEYS) {
      throw new IllegalArgumentException(
          "%s must be from 0 to %d, was [%d]".formatted(path, MOST_HOT_KEYS, count));
    }
    return count;
  }

  private static InboxLimits inbox(Config config, JournalOptions journal) {
    return new InboxLimits(
        Math.toIntExact(positive(config, "vellamo.inbox.capacity", Integer.MAX_VALUE)),
        Math.toIntExact(positive(config, "vellamo.inbox.remembered-ids", Integer.MAX_VALUE)),
        journal.limits());
  }

  private static int sinkRanges(Config config) {
    OptionalLong set = autoOrPositive(config, "vellamo.query.sink-ranges", ShardLayout.MAX_SHARDS);
    return Math.toIntExact(set.orElseGet(() -> autoSinkRanges(config)));
  }

  /** Returns one range for each shard in a cluster, where rows are written where shards run. */
  private static long autoSinkRanges(Config config) {
    return config.getString("pekko.actor.provider").equals("cluster")
        ? config.getLong("vellamo.query.shards")
        : Runtime.getRuntime().availableProcessors();
  }

  private static ShardRestarts shardRestarts(Config config) {
    RetryPolicy restarts = backoff(config, "vellamo.query.shard-restart.");
    return new ShardRestarts(
        restarts.minBackoff().toMillis(),
        restarts.maxBackoff().toMillis(),
        restarts.giveUpAfter().toMillis());
  }

  private static RetryPolicy retry(Config config) {
    return backoff(config, "vellamo.query.retry.");
  }

  private static RetryPolicy backoff(Config config, String path) {
    Duration least = positive(config, path + "min-backoff");
    Duration most = positive(config, path + "max-backoff");
    Duration giveUp = notNegative(config, path + "give-up-after");
    if (most.compareTo(least) < 0) {
      throw new IllegalArgumentException(
          "%smax-backoff must be at least %smin-backoff [%s], was [%s]"
              .formatted(path, path, least, most));
    }
    return RetryPolicy.of(least, most, giveUp);
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
      // Refused below, like any other value.
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

  private static BlockingThreads.Kind blockingThreads(Config config) {
    String path = "vellamo.blocking-threads";
    String kind = config.getString(path);
    return switch (kind) {
      case "platform" -> BlockingThreads.Kind.PLATFORM;
      case "virtual" -> {
        if (!BlockingThreads.areAvailable(BlockingThreads.Kind.VIRTUAL)) {
          throw new IllegalArgumentException(
              "%s must be [platform] before JDK 21, was [virtual] on JDK [%d]"
                  .formatted(path, Runtime.version().feature()));
        }
        yield BlockingThreads.Kind.VIRTUAL;
      }
      default ->
          throw new IllegalArgumentException(
              "%s must be [platform] or [virtual], was [%s]".formatted(path, kind));
    };
  }

  /** Returns the most threads of a query's functions; the largest number if it is not known. */
  private static int functionThreads(Config dispatcher) {
    return switch (dispatcher.getString("executor")) {
      case "fork-join-executor" ->
          ThreadPoolConfig.scaledPoolSize(
              dispatcher.getInt("fork-join-executor.parallelism-min"),
              dispatcher.getDouble("fork-join-executor.parallelism-factor"),
              dispatcher.getInt("fork-join-executor.parallelism-max"));
      case "thread-pool-executor" ->
          dispatcher.hasPath("thread-pool-executor.fixed-pool-size")
              ? dispatcher.getInt("thread-pool-executor.fixed-pool-size")
              : Integer.MAX_VALUE;
      default -> Integer.MAX_VALUE;
    };
  }

  private static Duration notNegative(Config config, String path) {
    Duration value = config.getDuration(path);
    if (value.isNegative()) {
      throw new IllegalArgumentException(
          "%s must not be negative, was [%s]".formatted(path, config.getString(path)));
    }
    return value;
  }

  private static Duration positive(Config config, String path) {
    Duration value = config.getDuration(path);
    if (value.isZero() || value.isNegative()) {
      throw new IllegalArgumentException(
          "%s must be positive, was [%s]".formatted(path, config.getString(path)));
    }
    return value;
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
