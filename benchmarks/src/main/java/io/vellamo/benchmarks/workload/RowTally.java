package io.vellamo.benchmarks.workload;

/**
 * The rows that one sink got.
 *
 * <p><b>Threading</b> Used by one thread at a time.
 */
public final class RowTally {
  private final RunMeter meter;
  private final Latencies latencies = new Latencies();
  private Checksum checksum = Checksum.NONE;

  RowTally(RunMeter meter) {
    this.meter = meter;
  }

  /** Takes a row that is at the sink now. */
  public void add(Row row) {
    if (checksum.rows() == 0) {
      meter.firstRow();
    }
    checksum = checksum.plus(row);
    if (meter.pace().isPaced()) {
      // Only W2 is paced, whose rows name the event that raised them.
      latencies.add(meter.pace().overdueNanos(row.b()));
    }
  }

  Checksum checksum() {
    return checksum;
  }

  Latencies latencies() {
    return latencies;
  }
}
