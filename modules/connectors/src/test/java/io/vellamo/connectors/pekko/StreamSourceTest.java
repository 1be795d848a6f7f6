package io.vellamo.connectors.pekko;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vellamo.api.source.EventSource;
import io.vellamo.api.source.Offsets;
import io.vellamo.api.source.SourceContext;
import io.vellamo.api.source.SourceException;
import io.vellamo.api.source.SourceReader;
import io.vellamo.testkit.ManualClock;
import io.vellamo.testkit.contract.SourceContract;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.Done;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.stream.OverflowStrategy;
import org.apache.pekko.stream.javadsl.Keep;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.stream.javadsl.SourceQueueWithComplete;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

final class StreamSourceTest extends SourceContract<Integer> {
  private static final ActorSystem SYSTEM = ActorSystem.create("stream-source");

  private final Semaphore signals = new Semaphore(0);
  private final Pair<SourceQueueWithComplete<Integer>, Source<Integer, NotUsed>> running =
      Source.<Integer>queue(1_000, OverflowStrategy.fail()).preMaterialize(SYSTEM);
  private int next;

  @AfterAll
  static void stop() {
    SYSTEM.terminate();
  }

  @Override
  protected EventSource<Integer> createSource(ManualClock clock) {
    return PekkoStreams.source(SYSTEM, running.second());
  }

  @Override
  protected void addEvents(int count) {
    for (int i = 0; i < count; i++) {
      running.first().offer(next++);
    }
  }

  @Test
  void elements_thatQueryHasNotRead_holdTheStreamBack() throws Exception {
    Source<Integer, ?> numbers = Source.range(1, 100);
    SourceReader<Integer> reader = open(PekkoStreams.source(SYSTEM, numbers, 5));

    awaitEnd(reader, 5);
    reader.committed(reader.latest());

    awaitEnd(reader, 10);
    reader.close();
  }

  @Test
  void stream_thatFails_failsTheQuery() throws Exception {
    SourceReader<Integer> reader =
        open(PekkoStreams.source(SYSTEM, Source.failed(new IllegalStateException("secret"))));

    assertThat(signals.tryAcquire(10, TimeUnit.SECONDS)).isTrue();

    assertThatThrownBy(reader::latest)
        .isInstanceOf(SourceException.class)
        .hasMessage(
            "Stream of source [PekkoStreams.source] must not fail, failed with"
                + " [java.lang.IllegalStateException]; see the cause, or let RestartSource restart"
                + " it")
        .hasRootCauseMessage("secret");
  }

  @Test
  void stream_thatCompletes_onlyEndsTheInput() throws Exception {
    CompletableFuture<Done> completed = new CompletableFuture<>();
    Source<Integer, ?> three =
        Source.range(1, 3)
            .watchTermination(Keep.right())
            .mapMaterializedValue(
                end -> end.whenComplete((done, failure) -> completed.complete(done)));
    SourceReader<Integer> reader = open(PekkoStreams.source(SYSTEM, three));

    completed.get(10, TimeUnit.SECONDS);
    awaitEnd(reader, 3);

    assertThat(reader.plan(Offsets.none(), reader.latest(), 10)).hasSize(1);
  }

  @Test
  void reader_closed_stopsTheStream() throws Exception {
    CompletableFuture<Done> stopped = new CompletableFuture<>();
    Source<Integer, ?> endless =
        Source.repeat(1)
            .watchTermination(Keep.right())
            .mapMaterializedValue(
                end -> end.whenComplete((done, failure) -> stopped.complete(Done.getInstance())));

    SourceReader<Integer> reader = open(PekkoStreams.source(SYSTEM, endless, 2));
    awaitEnd(reader, 2);
    reader.close();

    assertThat(stopped.get(10, TimeUnit.SECONDS)).isNotNull();
  }

  @Test
  void capacity_belowOne_isRefused() {
    assertThatThrownBy(() -> PekkoStreams.source(SYSTEM, Source.empty(), 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("capacity must be positive, was [0]");
  }

  private SourceReader<Integer> open(EventSource<Integer> source) throws Exception {
    ManualClock clock = ManualClock.at(Instant.EPOCH);
    return source.open(new SourceContext("q", Offsets.none(), false, clock, signals::release));
  }

  private void awaitEnd(SourceReader<Integer> reader, long events) throws Exception {
    while (end(reader) < events) {
      assertThat(signals.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
    }
    assertThat(end(reader)).isEqualTo(events);
  }

  private static long end(SourceReader<Integer> reader) throws Exception {
    return reader.latest().asMap().values().stream().mapToLong(Long::longValue).sum();
  }
}
