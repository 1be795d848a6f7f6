package io.vellamo.connectors.pekko;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vellamo.api.RetryableException;
import io.vellamo.api.source.EventCollector;
import io.vellamo.api.source.EventSource;
import io.vellamo.api.source.OffsetRange;
import io.vellamo.api.source.Offsets;
import io.vellamo.api.source.SourceContext;
import io.vellamo.api.source.SourceException;
import io.vellamo.api.source.SourcePartition;
import io.vellamo.api.source.SourceReader;
import io.vellamo.testkit.ManualClock;
import io.vellamo.testkit.contract.SourceContract;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.Done;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.stream.javadsl.Source;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** A source of a log whose offsets have gaps. */
final class SeekableStreamTest extends SourceContract<Integer> {
  private static final ActorSystem SYSTEM = ActorSystem.create("seekable-stream");
  private static final SourcePartition PARTITION = new SourcePartition("stream");

  private final Semaphore signals = new Semaphore(0);
  // Both guarded by this.
  private final List<CompletableFuture<Done>> waiting = new ArrayList<>();
  private int length;

  @AfterAll
  static void stop() {
    SYSTEM.terminate();
  }

  @Override
  protected EventSource<Integer> createSource(ManualClock clock) {
    return PekkoStreams.seekableSource(SYSTEM, this::from);
  }

  @Override
  protected synchronized void addEvents(int count) {
    length += count;
    waiting.forEach(each -> each.complete(Done.getInstance()));
    waiting.clear();
  }

  /** The event i has the offset 3 i + 1. */
  private Source<StreamEvent<Integer>, NotUsed> from(long offset) {
    return Source.unfoldAsync((int) ((offset + 1) / 3), this::next);
  }

  private synchronized CompletionStage<Optional<Pair<Integer, StreamEvent<Integer>>>> next(
      int index) {
    if (index < length) {
      return CompletableFuture.completedStage(
          Optional.of(Pair.create(index + 1, new StreamEvent<>(3L * index + 1, index))));
    }
    CompletableFuture<Done> more = new CompletableFuture<>();
    waiting.add(more);
    return more.thenCompose(done -> next(index));
  }

  @Test
  void rangeOfAnEarlierRun_largerThanTheCapacity_isReadAgain() throws Exception {
    addEvents(20);
    SourceReader<Integer> reader =
        open(PekkoStreams.seekableSource(SYSTEM, this::from, 3), Offsets.none());
    List<Integer> read = new ArrayList<>();

    reader
        .read(new OffsetRange(PARTITION, 0, 3L * 9 + 2))
        .read(new Collecting(read), Integer.MAX_VALUE);

    assertThat(read).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
    reader.close();
  }

  @Test
  void fullSource_holdsTheStreamBack_untilACommit() throws Exception {
    addEvents(20);
    SourceReader<Integer> reader =
        open(PekkoStreams.seekableSource(SYSTEM, this::from, 3), Offsets.none());
    awaitEnd(reader, 3L * 2 + 2);

    reader.committed(Offsets.of(Map.of(PARTITION, 5L)));

    awaitEnd(reader, 3L * 4 + 2);
    reader.close();
  }

  @Test
  void plan_upToTheEndOfAnEarlierReader_waitsForTheStream() throws Exception {
    CompletableFuture<Source<StreamEvent<Integer>, NotUsed>> opened = new CompletableFuture<>();
    SourceReader<Integer> reader =
        open(
            PekkoStreams.seekableSource(SYSTEM, offset -> Source.completionStageSource(opened)),
            Offsets.none());
    FutureTask<List<OffsetRange>> plan =
        new FutureTask<>(
            () -> reader.plan(Offsets.none(), Offsets.of(Map.of(PARTITION, 5L)), Long.MAX_VALUE));
    Thread planning = new Thread(plan);
    planning.start();
    while (planning.getState() != Thread.State.WAITING && !plan.isDone()) {
      Thread.onSpinWait();
    }

    opened.complete(
        Source.from(List.of(new StreamEvent<>(1, 0), new StreamEvent<>(4, 1)))
            .mapMaterializedValue(value -> NotUsed.getInstance()));

    assertThat(plan.get(10, TimeUnit.SECONDS)).containsExactly(new OffsetRange(PARTITION, 0, 5));
    reader.close();
  }

  @Test
  void streamThatFails_isAFailureThatMayPass() throws Exception {
    SourceReader<Integer> reader =
        open(
            PekkoStreams.<Integer>seekableSource(
                SYSTEM, offset -> Source.failed(new IllegalStateException("connection lost"))),
            Offsets.none());
    assertThat(signals.tryAcquire(10, TimeUnit.SECONDS)).isTrue();

    assertThatThrownBy(reader::latest)
        .isInstanceOf(RetryableException.class)
        .hasRootCauseMessage("connection lost");
    reader.close();
  }

  @Test
  void streamThatDoesNotBeginWhereItShould_isAnError() throws Exception {
    SourceReader<Integer> reader =
        open(
            PekkoStreams.seekableSource(SYSTEM, offset -> Source.single(new StreamEvent<>(4, 1))),
            Offsets.of(Map.of(PARTITION, 5L)));
    assertThat(signals.tryAcquire(2, 10, TimeUnit.SECONDS)).isTrue();

    assertThatThrownBy(reader::latest)
        .isInstanceOf(SourceException.class)
        .hasMessage(
            "Stream of source [PekkoStreams.seekableSource] must begin at the offset that it is given, with increasing offsets, gave [4] where [5] or more was next");
    reader.close();
  }

  @Test
  void streamThatEndsBeforeARangeOfAnEarlierRun_isAnError() throws Exception {
    SourceReader<Integer> reader =
        open(
            PekkoStreams.seekableSource(SYSTEM, offset -> Source.single(new StreamEvent<>(0, 1))),
            Offsets.none());

    assertThatThrownBy(() -> reader.read(new OffsetRange(PARTITION, 0, 2)))
        .isInstanceOf(SourceException.class)
        .hasMessageContaining("must give the events before offset [2] again, ended at [1]");
    reader.close();
  }

  private SourceReader<Integer> open(EventSource<Integer> source, Offsets committed)
      throws Exception {
    ManualClock clock = ManualClock.at(Instant.EPOCH);
    return source.open(new SourceContext("q", committed, false, clock, signals::release));
  }

  private void awaitEnd(SourceReader<Integer> reader, long end) throws Exception {
    while (reader.latest().of(PARTITION).orElseThrow() < end) {
      assertThat(signals.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
    }
    assertThat(reader.latest().of(PARTITION)).hasValue(end);
  }

  private record Collecting(List<Integer> events) implements EventCollector<Integer> {
    @Override
    public void event(Integer event, long offset) {
      events.add(event);
    }

    @Override
    public void deadLetter(long offset, String reason, @Nullable String entry) {
      throw new AssertionError(reason);
    }
  }
}
