package io.vellamo.benchmarks.jmh;

import io.vellamo.benchmarks.stores.EmbeddedJournalStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * An append of a record to the embedded journal's store, until the disk has confirmed it. Records
 * are appended one at a time, so none share a sync.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(2)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class JournalStoreBenchmark {
  private static final int LOG = 0;
  private static final int SEED = 42;

  /** The size of a record. */
  @Param({"1000", "1000000"})
  private int bytes;

  private Path directory;
  private EmbeddedJournalStore store;
  private byte[] written;
  private long sequenceNr;

  /** Opens a store in a temporary directory. */
  @Setup
  public void open() throws IOException {
    directory = Files.createTempDirectory("vellamo-jmh-");
    store = new EmbeddedJournalStore(directory);
    written = new byte[bytes];
    new SplittableRandom(SEED).nextBytes(written);
  }

  /** Appends a record. */
  @Benchmark
  public void append() {
    sequenceNr++;
    store.append(LOG, sequenceNr, written).join();
  }

  /** Deletes the written records; otherwise large records would fill the disk. */
  @TearDown(Level.Iteration)
  public void truncate() {
    store.deleteTo(LOG, sequenceNr).join();
  }

  /** Closes the store and deletes its files. */
  @TearDown
  public void close() throws IOException {
    store.close();
    try (Stream<Path> files = Files.walk(directory)) {
      List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
      for (Path file : deepestFirst) {
        Files.delete(file);
      }
    }
  }
}
