package io.vellamo.benchmarks.workload;

/**
 * The checksum and latencies of one sink's rows.
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

  /** Adds a row that has just arrived at the sink. */
  public void add(Row row) {
    if (checksum.rows() == 0) {
      meter.firstRow();
    }
    checksum = checksum.plus(row);
    if (meter.pace().isPaced()) {
      // Only W2 is paced: its rows name the event that raised them.
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
