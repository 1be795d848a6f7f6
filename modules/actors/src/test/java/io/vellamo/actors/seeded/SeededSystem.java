package io.vellamo.actors.seeded;

import static java.util.Objects.requireNonNull;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.vellamo.actors.SeededVellamo;
import io.vellamo.actors.Vellamo;
import io.vellamo.engine.journal.JournalLimits;
import io.vellamo.testkit.simulation.Dice;
import io.vellamo.testkit.simulation.GeneratedQuery;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.pekko.actor.BootstrapSetup;
import org.apache.pekko.actor.setup.ActorSystemSetup;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.jspecify.annotations.Nullable;

/** An actor system all of whose actors, streams and timers run on the test's thread. */
final class SeededSystem {
  private static final Config CONFIG =
      ConfigFactory.parseString(
              """
              seeded-dispatcher {
                type = Dispatcher
                executor = "io.vellamo.actors.seeded.SeededDispatchers"
                throughput = 1
              }
              pekko {
                loglevel = OFF
                stdout-loglevel = OFF
                logger-startup-timeout = 60s
                log-dead-letters = off
                log-dead-letters-during-shutdown = off
                jvm-exit-on-fatal-error = off
                jvm-shutdown-hooks = off
                coordinated-shutdown.run-by-jvm-shutdown-hook = off
                scheduler.implementation = "io.vellamo.actors.seeded.SeededScheduler"
                actor {
                  default-dispatcher = ${seeded-dispatcher}
                  internal-dispatcher = ${seeded-dispatcher}
                  default-blocking-io-dispatcher = ${seeded-dispatcher}
                }
                persistence.journal.plugin = seeded-journal
                persistence.snapshot-store.plugin = seeded-snapshots
              }
              vellamo {
                control-dispatcher = ${seeded-dispatcher}
                function-dispatcher = ${seeded-dispatcher}
              }
              seeded-journal {
                class = "io.vellamo.actors.seeded.SeededJournal"
                plugin-dispatcher = seeded-dispatcher
                replay-dispatcher = seeded-dispatcher
              }
              seeded-snapshots {
                class = "io.vellamo.actors.seeded.SeededSnapshots"
                plugin-dispatcher = seeded-dispatcher
              }
              """)
          .withFallback(ConfigFactory.load())
          .resolve();

  private final SeededTasks tasks;
  private final ActorSystem<Void> system;
  private final SeededScheduler scheduler;
  private final Vellamo vellamo;

  private SeededSystem(SeededTasks tasks, ActorSystem<Void> system) {
    this.tasks = tasks;
    this.system = system;
    this.scheduler = (SeededScheduler) Adapter.toClassic(system).scheduler();
    this.vellamo = Vellamo.get(system);
  }

  /** Returns the settings for a query, as far as its seed decides about them. */
  static Config settings(Dice dice, GeneratedQuery query) {
    JournalLimits limits = query.limits();
    return ConfigFactory.parseString(
            """
            vellamo.query.shards = %d
            vellamo.query.sink-ranges = 2
            vellamo.query.hosting = %s
            vellamo.passivation.max-active-groups = %d
            vellamo.journal.least-snapshot-size = %d
            vellamo.journal.max-record-size = %d
            vellamo.journal.max-write-size = %d
            vellamo.journal.record-inputs = %s
            vellamo.journal.history = %s
            """
                .formatted(
                    query.shards(),
                    dice.oneOf("inline", "actor"),
                    query.callsAtOnce(),
                    limits.leastSnapshotBytes(),
                    limits.maxRecordBytes(),
                    limits.maxWriteBytes(),
                    limits.recordsInputs(),
                    dice.oneOf("all", "none")))
        .withFallback(CONFIG);
  }

  /** Starts an actor system. */
  static SeededSystem start(Config config, SeededTasks tasks, SeededStore store) {
    SchedulerTime time = new SchedulerTime();
    ActorSystemSetup setup =
        ActorSystemSetup.create(
            BootstrapSetup.create(config),
            new SeededSetup(tasks, store),
            new SeededVellamo(new SeededThreads(tasks, time::nanos)));
    // Pekko waits for some of its own actors while it starts.
    AtomicBoolean isStarting = new AtomicBoolean(true);
    Thread helper = new Thread(() -> runWhile(isStarting, tasks), "start-of-seeded-system");
    helper.setDaemon(true);
    helper.start();
    ActorSystem<Void> system = ActorSystem.create(Behaviors.empty(), "seeded", setup);
    tasks.add("started", () -> isStarting.set(false));
    try {
      helper.join();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    time.scheduler = (SeededScheduler) Adapter.toClassic(system).scheduler();
    SeededSystem started = new SeededSystem(tasks, system);
    for (Runnable task = tasks.takeFirst(); task != null; task = tasks.takeFirst()) {
      task.run();
    }
    return started;
  }

  private static void runWhile(AtomicBoolean isStarting, SeededTasks tasks) {
    try {
      while (isStarting.get()) {
        tasks.awaitFirst().run();
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  SeededTasks tasks() {
    return tasks;
  }

  SeededScheduler scheduler() {
    return scheduler;
  }

  Vellamo vellamo() {
    return vellamo;
  }

  /** Begins the orderly end. */
  void terminate() {
    system.terminate();
  }

  boolean isTerminated() {
    return system.whenTerminated().isCompleted();
  }

  /** The scheduler's time, once there is a scheduler. */
  private static final class SchedulerTime {
    private volatile @Nullable SeededScheduler scheduler;

    long nanos() {
      return requireNonNull(scheduler, "scheduler").nanoTime();
    }
  }
}
