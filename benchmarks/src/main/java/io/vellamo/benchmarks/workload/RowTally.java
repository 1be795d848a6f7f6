package io.vellamo.benchmarks.workload;

import java.util.ArrayList;
import java.util.List;

/**
 * The checksum and latencies of one sink's rows, or the rows themselves.
 *
 * <p><b>Threading</b> Used by one thread at a time.
 */
public final class RowTally {
  private final RunMeter meter;
  private final Latencies latencies = new Latencies();
  private final List<Row> kept = new ArrayList<>();
  private final boolean keepsRows;
  private boolean isEmpty = true;
  private Checksum checksum = Checksum.NONE;

  /** Creates a tally that adds rows to the checksum, or keeps them until the run has ended. */
  RowTally(RunMeter meter, boolean keepsRows) {
    this.meter = meter;
    this.keepsRows = keepsRows;
  }

  /** Adds a row that has just arrived at the sink. */
  public void add(Row row) {
    if (isEmpty) {
      isEmpty = false;
      meter.firstRow();
    }
    if (keepsRows) {
      kept.add(row);
    } else {
      checksum = checksum.plus(row);
    }
    if (meter.pace().isPaced()) {
      // Only W2 is paced: its rows name the event that raised them.
      latencies.add(meter.pace().overdueNanos(row.b()));
    }
  }

  /** Returns the rows that were kept; they are not in the checksum. */
  List<Row> kept() {
    return kept;
  }

  Checksum checksum() {
    return checksum;
  }

  Latencies latencies() {
    return latencies;
  }
}
