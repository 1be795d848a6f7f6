package io.vellamo.engine.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.vellamo.api.internal.QueryPlan;
import io.vellamo.api.query.RetryPolicy;
import io.vellamo.api.query.Trigger;
import io.vellamo.api.source.OffsetRange;
import io.vellamo.api.source.Offsets;
import io.vellamo.api.source.SourcePartition;
import io.vellamo.engine.epoch.EpochPlan;
import io.vellamo.engine.pipeline.PreparedQuery;
import io.vellamo.engine.time.EpochTimes;
import io.vellamo.engine.time.Watermark;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A query's sources, from their opening to their end. */
final class OpenSourcesTest {
  private static final InstantSource CLOCK = InstantSource.fixed(Instant.EPOCH);
  private static final EpochTimes TIMES = new EpochTimes(1, 0, Watermark.NONE, Watermark.NONE);

  @Test
  void sources_areOpenedAtTheirOwnOffsets() throws Exception {
    ListSource left = ListSource.of("left", "a");
    ListSource right = ListSource.of("right", "b");
    Offsets committed =
        Offsets.of(Map.of(new SourcePartition("1:p"), 3L, new SourcePartition("2:p"), 5L));

    OpenSources.open(query(Trigger.asap(), left, right), CLOCK, committed, () -> {});

    assertThat(left.calls).containsExactly("open {p=3}");
    assertThat(right.calls).containsExactly("open {p=5}");
  }

  @Test
  void sourceThatCannotBeOpened_closesTheOthers() {
    ListSource left = ListSource.of("left");

    assertThatIllegalStateException()
        .isThrownBy(() -> open(Trigger.asap(), left, ListSource.of("closed")))
        .withMessage("can't be opened");
    assertThat(left.calls).containsExactly("open {}", "close");
  }

  @Test
  void offer_isSharedByTheSources() throws Exception {
    OpenSources sources =
        open(
            Trigger.asap(), ListSource.of("left", "a", "b", "c"), ListSource.of("right", "d", "e"));

    assertThat(sources.offer(Offsets.none(), 4))
        .containsExactly(range("1:p", 0, 2), range("2:p", 0, 2));
    assertThat(sources.offer(Offsets.none(), 1))
        .containsExactly(range("1:p", 0, 1), range("2:p", 0, 1));
  }

  @Test
  void offer_ofATriggerThatEnds_hasWhatWasThereAtFirst() throws Exception {
    ListSource source = ListSource.of("source", "a");
    OpenSources ending = open(Trigger.availableNow(), source);
    OpenSources endless = open(Trigger.asap(), source);
    ending.offer(Offsets.none(), 9);
    endless.offer(Offsets.none(), 9);

    source.add("p", "b");

    assertThat(ending.offer(Offsets.none(), 9)).containsExactly(range("p", 0, 1));
    assertThat(endless.offer(Offsets.none(), 9)).containsExactly(range("p", 0, 2));
  }

  @Test
  void chunks_areReadRangeAfterRange_theLastOneEndsTheEpoch() throws Exception {
    ListSource source = ListSource.of("source");
    String[] many = new String[EventChunk.CAPACITY + 1];
    Arrays.fill(many, "a");
    source.add("many", many);
    source.add("few", "b");

    Iterator<EventChunk> chunks =
        open(Trigger.asap(), source)
            .chunks(epoch(range("many", 0, many.length), range("few", 0, 1)));

    assertThat(chunks.next().isLast()).isFalse();
    assertThat(source.calls).containsExactly("open {}", "read many");
    assertThat(chunks.next().isLast()).isFalse();
    assertThat(chunks.next().isLast()).isTrue();
    assertThat(chunks.hasNext()).isFalse();
    assertThat(source.calls)
        .containsExactly("open {}", "read many", "end many", "read few", "end few");
  }

  @Test
  void metrics_areThoseAfterTheLastOfferAndTheLastChunk() throws Exception {
    OpenSources sources =
        open(Trigger.asap(), ListSource.of("left", "a"), ListSource.of("right", "b"));
    assertThat(sources.metrics()).isEmpty();

    sources.offer(Offsets.none(), 9);
    assertThat(sources.metrics()).containsExactly(Map.of("ranges", 0L), Map.of("ranges", 0L));

    Iterator<EventChunk> chunks = sources.chunks(epoch(range("1:p", 0, 1), range("2:p", 0, 1)));
    chunks.next();
    assertThat(sources.metrics()).containsExactly(Map.of("ranges", 0L), Map.of("ranges", 0L));

    chunks.next();
    assertThat(sources.metrics()).containsExactly(Map.of("ranges", 1L), Map.of("ranges", 1L));
  }

  @Test
  void rangeThatCannotBeRead_isNamed() throws Exception {
    Iterator<EventChunk> chunks =
        open(Trigger.asap(), ListSource.of("left"), ListSource.of("right"))
            .chunks(epoch(range("2:gone", 3, 7)));

    assertThatExceptionOfType(ReadFailure.class)
        .isThrownBy(chunks::next)
        .withMessage("Reading [2:gone] from [3] to [7] failed")
        .withCauseInstanceOf(IllegalStateException.class);
  }

  @Test
  void commit_isToldToEachSourceInItsOwnNames() throws Exception {
    ListSource left = ListSource.of("left");
    ListSource right = ListSource.of("right");
    OpenSources sources = open(Trigger.asap(), left, right);

    sources.committed(Offsets.of(Map.of(new SourcePartition("2:p"), 5L)));
    sources.close();
    sources.committed(Offsets.of(Map.of(new SourcePartition("2:p"), 6L)));

    assertThat(left.calls).containsExactly("open {}", "committed {}", "close");
    assertThat(right.calls).containsExactly("open {}", "committed {p=5}", "close");
  }

  @Test
  void commitThatCannotBeTold_wakesTheQuery_andIsToldBeforeTheNextOffer() throws Exception {
    ListSource source = ListSource.of("source", "a");
    AtomicInteger signals = new AtomicInteger();
    OpenSources sources =
        OpenSources.open(
            retried(query(Trigger.asap(), source)),
            CLOCK,
            Offsets.none(),
            signals::incrementAndGet);
    Offsets end = Offsets.of(Map.of(new SourcePartition("p"), 1L));
    source.unavailable = 2;

    sources.committed(end);
    assertThat(signals).hasValue(1);
    assertThatExceptionOfType(RetryableFailure.class).isThrownBy(() -> sources.offer(end, 1));
    assertThat(sources.offer(end, 1)).isEmpty();
    sources.offer(end, 1);

    assertThat(source.calls)
        .containsExactly(
            "open {}",
            "committed {p=1}",
            "close",
            "open {p=1}",
            "committed {p=1}",
            "close",
            "open {p=1}",
            "committed {p=1}");
  }

  @Test
  void close_endsReading_once() throws Exception {
    ListSource source = ListSource.of("source", "a");
    String[] many = new String[EventChunk.CAPACITY + 1];
    Arrays.fill(many, "a");
    source.add("many", many);
    OpenSources sources = open(Trigger.asap(), source);
    Iterator<EventChunk> chunks = sources.chunks(epoch(range("many", 0, many.length)));
    chunks.next();

    sources.close();
    sources.close();

    assertThat(source.calls).containsExactly("open {}", "read many", "end many", "close");
    assertThatIllegalStateException().isThrownBy(chunks::next);
    assertThatIllegalStateException().isThrownBy(() -> sources.offer(Offsets.none(), 1));
  }

  private static OpenSources open(Trigger trigger, ListSource... sources) throws Exception {
    return OpenSources.open(query(trigger, sources), CLOCK, Offsets.none(), () -> {});
  }

  private static PreparedQuery query(Trigger trigger, ListSource... sources) {
    return TestQueries.prepare(
        TestQueries.plan("query", TestQueries.upstream(sources), new ListSink("sink"), trigger));
  }

  private static PreparedQuery retried(PreparedQuery query) {
    QueryPlan plan = query.plan();
    QueryPlan retried =
        new QueryPlan(
            plan.name(),
            plan.upstream(),
            plan.sink(),
            plan.errorPolicy(),
            plan.deadLetters(),
            plan.lateEvents(),
            plan.trigger(),
            plan.watermarkPolicy(),
            plan.maxEventsPerEpoch(),
            plan.clock(),
            Optional.of(
                RetryPolicy.of(Duration.ofMillis(1), Duration.ofMillis(1), Duration.ofMinutes(1))));
    return TestQueries.prepare(retried);
  }

  private static EpochPlan epoch(OffsetRange... ranges) {
    return new EpochPlan(List.of(ranges), TIMES);
  }

  private static OffsetRange range(String partition, long from, long until) {
    return new OffsetRange(new SourcePartition(partition), from, until);
  }
}
