package io.vellamo.benchmarks.flink;

import io.vellamo.benchmarks.workload.Row;
import io.vellamo.benchmarks.workload.RowTally;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.api.java.tuple.Tuple5;

/**
 * A sink that counts rows on arrival, up to one checkpoint interval before they would be committed.
 *
 * @param jobId the job whose meter counts the rows
 */
record TallySink(String jobId) implements Sink<Tuple5<Long, Long, Long, Long, Long>> {
  @Override
  public SinkWriter<Tuple5<Long, Long, Long, Long, Long>> createWriter(WriterInitContext context) {
    RowTally tally = RunningJobs.get(jobId).meter().tally();
    return new SinkWriter<>() {
      @Override
      public void write(Tuple5<Long, Long, Long, Long, Long> row, Context context) {
        tally.add(new Row(row.f0, row.f1, row.f2, row.f3, row.f4));
      }

      @Override
      public void flush(boolean endOfInput) {}

      @Override
      public void close() {}
    };
  }
}
