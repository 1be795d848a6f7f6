package io.vellamo.benchmarks;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.vellamo.actors.Vellamo;
import io.vellamo.api.group.GroupState;
import io.vellamo.api.group.GroupStateTimeout;
import io.vellamo.api.query.EventCounts;
import io.vellamo.api.query.OutputMode;
import io.vellamo.api.query.StreamingQuery;
import io.vellamo.api.query.Trigger;
import io.vellamo.connectors.file.JsonLines;
import io.vellamo.connectors.foreach.ForeachBatch;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * A benchmark of a query from a JSON Lines file, through arbitrary state per key, to a counting
 * sink. It repeats the same job in one JVM.
 */
@Command(
    name = "file-throughput",
    mixinStandardHelpOptions = true,
    description = "Events a second from a JSON Lines file, through state per key, to a sink.")
public final class FileThroughput implements Callable<Integer> {
  @Option(names = "--events", defaultValue = "1000000", description = "default: ${DEFAULT-VALUE}")
  private int events;

  @Option(names = "--keys", defaultValue = "100000", description = "default: ${DEFAULT-VALUE}")
  private int keys;

  @Option(
      names = "--epoch",
      defaultValue = "100000",
      description = "events an epoch; default: ${DEFAULT-VALUE}")
  private int epoch;

  @Option(
      names = "--durability",
      defaultValue = "memory",
      description = "memory or journal; default: ${DEFAULT-VALUE}")
  private String durability = "memory";

  @Option(names = "--repeat", defaultValue = "3", description = "default: ${DEFAULT-VALUE}")
  private int repeat;

  @Option(
      names = "--data",
      defaultValue = "target/data",
      description = "where input and journal go; default: ${DEFAULT-VALUE}")
  private Path data = Path.of("target/data");

  private final PrintStream out;

  private FileThroughput(PrintStream out) {
    this.out = out;
  }

  /** Runs the benchmark. */
  public static void main(String[] args) {
    System.exit(new CommandLine(new FileThroughput(System.out)).execute(args));
  }

  @Override
  public Integer call() throws Exception {
    Path file = ClickFile.of(data, events, keys);
    for (int run = 1; run <= repeat; run++) {
      // A system for each run: the memory journal keeps all data until its system ends.
      Path journal = Files.createTempDirectory(data, "journal-");
      ActorSystem<Done> system =
          ActorSystem.create(Behaviors.empty(), "benchmark", config(journal));
      try {
        measure(system, file, run);
      } finally {
        system.terminate();
        system.getWhenTerminated().toCompletableFuture().join();
      }
    }
    return 0;
  }

  private void measure(ActorSystem<?> system, Path file, int run) throws Exception {
    AtomicLong rows = new AtomicLong();
    long began = System.nanoTime();
    StreamingQuery query =
        Vellamo.get(system)
            .query("clicks")
            .from(JsonLines.source(file, Click.class))
            .groupByKey(Click::key)
            .flatMapGroupsWithState(
                OutputMode.UPDATE, GroupStateTimeout.NONE, KeyTotal.class, FileThroughput::add)
            .to(ForeachBatch.<KeyTotal>sink((batch, number) -> rows.addAndGet(batch.size())))
            .trigger(Trigger.availableNow())
            .maxEventsPerEpoch(epoch)
            .start();
    query.awaitTermination();
    double seconds = Duration.ofNanos(System.nanoTime() - began).toNanos() / 1e9;
    EventCounts total = query.lastProgress().orElseThrow().total();
    out.printf(
        Locale.ROOT,
        "run %d: %,d events, %,d keys, %,d rows, %.2f s, %,.0f events/s%n",
        run,
        total.processed(),
        keys,
        rows.get(),
        seconds,
        total.processed() / seconds);
  }

  private static Iterator<KeyTotal> add(
      Long key, Iterator<Click> clicks, GroupState<KeyTotal> state) {
    KeyTotal total = state.optional().orElseGet(() -> new KeyTotal(key, 0, 0));
    while (clicks.hasNext()) {
      total = total.plus(clicks.next().value());
    }
    state.update(total);
    return List.of(total).iterator();
  }

  private Config config(Path journal) {
    String plugins =
        durability.equals("journal")
            ? """
              pekko.persistence.journal.plugin = "vellamo.embedded-journal.journal"
              pekko.persistence.snapshot-store.plugin = "vellamo.embedded-journal.snapshot-store"
              """
                + "vellamo.embedded-journal.dir = \""
                + journal.toAbsolutePath()
                + "\""
            : "pekko.persistence.journal.plugin = \"pekko.persistence.journal.inmem\"";
    return ConfigFactory.parseString(plugins + "\npekko.loglevel = WARNING")
        .withFallback(ConfigFactory.load());
  }
}
