package io.vellamo.benchmarks.stores;

import io.vellamo.benchmarks.ProcessFigures;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * A comparison of RocksDB and H2's MVStore under the loads of a journal, with every write synced.
 */
@Command(
    name = "store-comparison",
    mixinStandardHelpOptions = true,
    description = "What RocksDB and H2 MVStore do under the load of a journal.")
public final class StoreComparison implements Callable<Integer> {
  private static final int LOGS = 32;
  private static final int KILOBYTE = 1000;

  @Option(names = "--rounds", defaultValue = "100", description = "default: ${DEFAULT-VALUE}")
  private int rounds;

  @Option(
      names = "--record-size",
      defaultValue = "30000",
      description = "bytes that a shard writes an epoch; default: ${DEFAULT-VALUE}")
  private int recordSize;

  @Option(names = "--repeat", defaultValue = "2", description = "default: ${DEFAULT-VALUE}")
  private int repeat;

  @Option(names = "--data", description = "where the stores go; a temporary directory by default")
  private Path data = Path.of("");

  private final PrintStream out;
  private final SplittableRandom random = new SplittableRandom(42);

  private StoreComparison(PrintStream out) {
    this.out = out;
  }

  /** Runs the comparison. */
  public static void main(String[] args) {
    System.exit(new CommandLine(new StoreComparison(System.out)).execute(args));
  }

  @Override
  public Integer call() throws Exception {
    Path root = data.toString().isEmpty() ? Files.createTempDirectory("stores-") : data;
    for (int run = 1; run <= repeat; run++) {
      compare("rocksdb", root.resolve("rocksdb-" + run), EmbeddedJournalStore::new);
      Path directory = Files.createDirectories(root.resolve("mvstore-" + run));
      compare("mvstore", directory, where -> new MvStore(where.resolve("records.mv")));
    }
    return 0;
  }

  private void compare(String name, Path directory, Function<Path, LogStore> open)
      throws IOException {
    try (LogStore store = open.apply(directory)) {
      epochs(name, store);
      small(name, store, 1, 500);
      small(name, store, 256, 20_000);
    }
    report(name, "size on disk, MB", ProcessFigures.sizeOf(directory) / 1e6);
    long began = System.nanoTime();
    try (LogStore store = open.apply(directory)) {
      long bytes = 0;
      for (int log = 0; log < LOGS; log++) {
        bytes += store.read(log);
      }
      report(name, "opened and read, MB/s", bytes / 1e6 / seconds(began));
    }
  }

  /** Writes a record per shard and waits for all of them; truncates each log every 25 rounds. */
  private void epochs(String name, LogStore store) {
    long written = ProcessFigures.bytesWritten();
    long began = System.nanoTime();
    for (int round = 1; round <= rounds; round++) {
      List<CompletableFuture<Void>> epoch = new ArrayList<>();
      for (int log = 0; log < LOGS; log++) {
        epoch.add(store.append(log, round, bytes(recordSize)));
        if (round % 25 == 0) {
          epoch.add(store.deleteTo(log, round - 10L));
        }
      }
      epoch.forEach(CompletableFuture::join);
    }
    double megabytes = (double) rounds * LOGS * recordSize / 1e6;
    report(name, "epochs of 32 records, MB/s", megabytes / seconds(began));
    double onDisk = (ProcessFigures.bytesWritten() - written) / 1e6;
    report(name, "written to the disk, times the data", onDisk / megabytes);
  }

  /** Writes records of a kilobyte, with a fixed number of them in flight. */
  private void small(String name, LogStore store, int inFlight, int count) {
    ArrayDeque<CompletableFuture<Void>> underWay = new ArrayDeque<>();
    long began = System.nanoTime();
    for (int i = 0; i < count; i++) {
      if (underWay.size() == inFlight) {
        underWay.remove().join();
      }
      long sequenceNr = rounds + (long) inFlight * 1_000_000 + i;
      underWay.add(store.append(i % LOGS, sequenceNr, bytes(KILOBYTE)));
    }
    underWay.forEach(CompletableFuture::join);
    report(name, "records of 1 kB, " + inFlight + " in flight, a second", count / seconds(began));
  }

  private byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  private void report(String name, String what, double figure) {
    out.printf(Locale.ROOT, "%-8s %-42s %,10.1f%n", name, what, figure);
  }

  private static double seconds(long began) {
    return (System.nanoTime() - began) / 1e9;
  }
}
