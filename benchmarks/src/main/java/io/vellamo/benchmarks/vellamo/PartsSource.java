package io.vellamo.benchmarks.vellamo;

import io.vellamo.api.source.EventSource;
import io.vellamo.api.source.SourceContext;
import io.vellamo.api.source.SourceReader;
import io.vellamo.benchmarks.workload.Job;
import io.vellamo.benchmarks.workload.SequenceReader;
import java.util.concurrent.CompletableFuture;

/**
 * A source of the events of a workload's input, as they become due. The offset of an event is its
 * place in the whole input, so that an epoch has the same range in every part and no part runs
 * ahead.
 *
 * @param job the job that reads the input
 * @param parts the parts of the input
 * @param allCommitted completes once the last event is committed
 * @param <T> the events
 */
record PartsSource<T>(Job job, SequenceReader.Parts<T> parts, CompletableFuture<Void> allCommitted)
    implements EventSource<T> {
  @Override
  public String description() {
    return job.workload().input().toString();
  }

  @Override
  public SourceReader<T> open(SourceContext context) {
    return new PartsSourceReader<>(job, parts, allCommitted, context.signal());
  }
}
