package io.vellamo.benchmarks.vellamo;

import io.vellamo.api.sink.EpochRows;
import io.vellamo.api.sink.RowSink;
import io.vellamo.api.sink.SinkContext;
import io.vellamo.api.sink.SinkGuarantee;
import io.vellamo.api.sink.SinkWriter;
import io.vellamo.benchmarks.workload.Row;
import io.vellamo.benchmarks.workload.RowTally;

/**
 * A sink that counts rows, which are durable in the journal already.
 *
 * @param tally counts the rows
 */
record TallySink(RowTally tally) implements RowSink<Row> {
  @Override
  public String description() {
    return "Tally";
  }

  @Override
  public SinkGuarantee guarantee() {
    return SinkGuarantee.AT_LEAST_ONCE;
  }

  @Override
  public SinkWriter<Row> open(SinkContext context) {
    return new SinkWriter<>() {
      @Override
      public void write(EpochRows<? extends Row> rows) {
        for (int i = 0; i < rows.size(); i++) {
          tally.add(rows.row(i));
        }
      }

      @Override
      public void close() {}
    };
  }
}
