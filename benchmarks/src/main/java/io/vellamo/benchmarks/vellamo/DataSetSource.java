package io.vellamo.benchmarks.vellamo;

import io.vellamo.api.source.EventSource;
import io.vellamo.api.source.SourceContext;
import io.vellamo.api.source.SourceReader;
import io.vellamo.benchmarks.workload.Event;
import io.vellamo.benchmarks.workload.Job;
import java.util.concurrent.CompletableFuture;

/**
 * A source of a data set's events, as they become due. The offset of an event is its {@code seq},
 * so that an epoch has the same range in every part and no part runs ahead.
 *
 * @param job the job whose data set is read
 * @param allCommitted completes once the last event is committed
 */
record DataSetSource(Job job, CompletableFuture<Void> allCommitted) implements EventSource<Event> {
  @Override
  public String description() {
    return "DataSet[" + job.data().directory(job.root()) + "]";
  }

  @Override
  public SourceReader<Event> open(SourceContext context) {
    return new DataSetSourceReader(job, allCommitted, context.signal());
  }
}
