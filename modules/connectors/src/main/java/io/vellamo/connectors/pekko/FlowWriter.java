package io.vellamo.connectors.pekko;

import io.vellamo.api.sink.EpochRows;
import io.vellamo.api.sink.SinkException;
import io.vellamo.api.sink.SinkWriter;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.pekko.actor.ClassicActorSystemProvider;
import org.apache.pekko.stream.javadsl.Flow;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;

/** A writer that runs the rows of each epoch through a flow and waits for its completion. */
final class FlowWriter<U> implements SinkWriter<U> {
  private final ClassicActorSystemProvider system;
  private final Flow<U, ?, ?> flow;

  FlowWriter(ClassicActorSystemProvider system, Flow<U, ?, ?> flow) {
    this.system = system;
    this.flow = flow;
  }

  @Override
  public void write(EpochRows<? extends U> rows) throws InterruptedException {
    if (rows.size() == 0) {
      return;
    }
    AtomicInteger taken = new AtomicInteger();
    try {
      Source.range(0, rows.size() - 1)
          .<U>map(
              index -> {
                taken.incrementAndGet();
                return rows.row(index);
              })
          .via(flow)
          .runWith(Sink.ignore(), system)
          .toCompletableFuture()
          .get();
    } catch (ExecutionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new SinkException(
          "PekkoStreams.via",
          "Flow must write the rows of epoch [%d], failed with [%s]; see the cause"
              .formatted(rows.epoch(), cause.getClass().getName()),
          cause);
    }
    if (taken.get() < rows.size()) {
      throw new SinkException(
          "PekkoStreams.via",
          "Flow must take all [%d] rows of epoch [%d], took [%d]; let it end only when its input ends"
              .formatted(rows.size(), rows.epoch(), taken.get()),
          null);
    }
  }

  @Override
  public void close() {}
}
