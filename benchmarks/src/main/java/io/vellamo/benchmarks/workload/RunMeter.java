package io.vellamo.benchmarks.workload;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A meter of one run of a workload, from the first read event to the commit of the last row.
 *
 * <p><b>Threading</b> Safe to share; its tallies are not.
 */
public final class RunMeter {
  private final Workload workload;
  private final Pace pace;
  private final long createdMillis = System.currentTimeMillis();
  private final AtomicReference<@Nullable Moment> firstEvent = new AtomicReference<>();
  private final AtomicReference<@Nullable Moment> firstRow = new AtomicReference<>();
  private final AtomicReference<@Nullable Moment> end = new AtomicReference<>();
  private final List<RowTally> tallies = new ArrayList<>();

  /** Creates the meter of a run of a workload, which is about to start. */
  public RunMeter(Workload workload, Pace pace) {
    this.workload = workload;
    this.pace = pace;
  }

  /** Returns the pace at which events become due. */
  public Pace pace() {
    return pace;
  }

  /** Notes that the first event is about to be read; later calls do nothing. */
  public void firstEvent() {
    note(firstEvent);
  }

  void firstRow() {
    note(firstRow);
  }

  /** Returns a new tally for the rows of one more sink. */
  public synchronized RowTally tally() {
    RowTally tally = new RowTally(this, workload.isInProcessingTime());
    tallies.add(tally);
    return tally;
  }

  /** Notes that the last row is committed; the sinks must have ended. */
  public void end() {
    note(end);
  }

  /** Returns the figures of a run that has ended. */
  synchronized RunFigures figures(int events, String expected) {
    Moment first = known(firstEvent, "read an event");
    Moment row = known(firstRow, "emitted a row");
    Moment last = known(end, "ended");
    Checksum checksum =
        WindowSums.of(
            tallies.stream().flatMap(tally -> tally.kept().stream()).toList(),
            createdMillis,
            last.epochMillis);
    Latencies latencies = new Latencies();
    for (RowTally tally : tallies) {
      checksum = checksum.plus(tally.checksum());
      latencies.addAll(tally.latencies().warm());
    }
    return new RunFigures(
        events,
        seconds(last.nanos - first.nanos),
        seconds(last.cpuNanos - first.cpuNanos),
        checksum,
        checksum.toString().equals(expected),
        first.uptimeMillis / 1e3,
        seconds(row.nanos - first.nanos),
        latencies);
  }

  private static void note(AtomicReference<@Nullable Moment> moment) {
    if (moment.get() == null) {
      moment.compareAndSet(null, Moment.now());
    }
  }

  private static Moment known(AtomicReference<@Nullable Moment> moment, String what) {
    Moment known = moment.get();
    if (known == null) {
      throw new IllegalStateException("a run must have %s before it is judged".formatted(what));
    }
    return known;
  }

  private static double seconds(long nanos) {
    return nanos / 1e9;
  }

  private record Moment(long nanos, long cpuNanos, long uptimeMillis, long epochMillis) {
    static Moment now() {
      var system =
          ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class);
      return new Moment(
          System.nanoTime(),
          system.getProcessCpuTime(),
          ManagementFactory.getRuntimeMXBean().getUptime(),
          System.currentTimeMillis());
    }
  }
}
