package io.vellamo.benchmarks.floor;

import io.vellamo.benchmarks.workload.DataSet;
import io.vellamo.benchmarks.workload.Engine;
import io.vellamo.benchmarks.workload.Event;
import io.vellamo.benchmarks.workload.Job;
import io.vellamo.benchmarks.workload.KeyState;
import io.vellamo.benchmarks.workload.MergedReader;
import io.vellamo.benchmarks.workload.PartReader;
import io.vellamo.benchmarks.workload.Row;
import io.vellamo.benchmarks.workload.RowTally;
import io.vellamo.benchmarks.workload.Workload;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * An engine in plain Java, as an upper bound for the others: it neither exchanges events between
 * threads nor recovers.
 *
 * <p>In memory, it has one thread and one map. Durable, it has a thread and a map for each part of
 * the data set, since the parts are split by key; each thread logs all changes and forces its log
 * to the disk every 10,000 events.
 */
public final class FloorEngine implements Engine {
  private static final int EVENTS_PER_FORCE = 10_000;

  private final boolean durable;

  /** Creates the engine. */
  public FloorEngine(boolean durable) {
    this.durable = durable;
  }

  /** Returns whether there is a loop for a workload. */
  public static boolean runs(Workload workload) {
    return workload == Workload.W1 || workload == Workload.W2 || workload == Workload.W3;
  }

  @Override
  public String name() {
    return durable ? "floor, log" : "floor, memory";
  }

  @Override
  public void run(Job job) throws Exception {
    job.meter().pace().start();
    job.meter().firstEvent();
    if (durable) {
      runParts(job);
    } else {
      runMerged(job);
    }
    job.meter().end();
  }

  private static void runMerged(Job job) throws IOException {
    KeyedLoop loop = KeyedLoop.of(job.workload());
    LoopOutput out = new Counting(job.meter().tally());
    try (MergedReader reader = MergedReader.open(job.data(), job.root())) {
      for (Event event = reader.next(); event != null; event = reader.next()) {
        job.meter().pace().await(event.seq());
        loop.event(event, out);
      }
    }
    loop.end(out);
  }

  private static void runParts(Job job) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(DataSet.PARTS);
    try {
      List<Future<?>> parts = new ArrayList<>();
      for (int i = 0; i < DataSet.PARTS; i++) {
        int part = i;
        parts.add(
            threads.submit(
                () -> {
                  runPart(job, part);
                  return part;
                }));
      }
      for (Future<?> part : parts) {
        part.get();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static void runPart(Job job, int part) throws IOException {
    KeyedLoop loop = KeyedLoop.of(job.workload());
    try (PartReader reader = PartReader.open(job.part(part), 0);
        ForcedLog log = new ForcedLog(job.scratch().resolve("part-" + part), job.meter().tally())) {
      int events = 0;
      for (Event event = reader.next(); event != null; event = reader.next()) {
        if (event.seq() >= job.meter().pace().due()) {
          // Idle until the event is due: force now, instead of holding rows for 10,000 events.
          log.force();
          job.meter().pace().await(event.seq());
        }
        loop.event(event, log);
        if (++events % EVENTS_PER_FORCE == 0) {
          log.force();
        }
      }
      loop.end(log);
      log.force();
    }
  }

  /** An output that counts rows and stores nothing. */
  private record Counting(RowTally tally) implements LoopOutput {
    @Override
    public void row(Row row) {
      tally.add(row);
    }

    @Override
    public void state(long key, @Nullable KeyState state) {}
  }
}
