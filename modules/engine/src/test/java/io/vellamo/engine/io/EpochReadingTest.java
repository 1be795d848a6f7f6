package io.vellamo.engine.io;

import static org.assertj.core.api.Assertions.assertThat;

import io.vellamo.api.group.GroupStateTimeout;
import io.vellamo.api.query.ErrorPolicy;
import io.vellamo.api.query.EventCounts;
import io.vellamo.api.query.Trigger;
import io.vellamo.api.sink.DeadLetter;
import io.vellamo.api.source.Inboxes;
import io.vellamo.api.source.OffsetRange;
import io.vellamo.api.source.Offsets;
import io.vellamo.engine.epoch.EpochPlan;
import io.vellamo.engine.pipeline.PreparedQuery;
import io.vellamo.engine.pipeline.RoutedEpoch;
import io.vellamo.engine.time.EpochTimes;
import io.vellamo.engine.time.Watermark;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Epochs on their way from the sources to the shards. */
final class EpochReadingTest {
  private final ListSource left = ListSource.of("left", "a", "!b", "c");
  private final ListSource right = ListSource.of("right", "d");

  @Test
  void epoch_isCompleteWithItsLastChunk() throws Exception {
    OpenSources sources = open();
    EpochPlan plan = plan(1, sources.offer(Offsets.none(), 9));
    Iterator<EventChunk> chunks = sources.chunks(plan);
    EpochReading reading = reading();

    assertThat(reading.take(chunks.next())).isNull();
    RoutedEpoch routed = routed(reading.take(chunks.next()));

    assertThat(routed.plan()).isSameAs(plan);
    assertThat(routed.events()).isEqualTo(new EventCounts(3, 0, 1));
    assertThat(events(routed)).containsExactly("a", "c", "d");
    assertThat(routed.deadLetters())
        .extracting(DeadLetter::toString)
        .containsExactly("DeadLetter[1:p@1: not an event]");
  }

  @Test
  void nextEpoch_hasItsOwnEventsOnly() throws Exception {
    OpenSources sources = open();
    EpochReading reading = reading();
    List<OffsetRange> all = sources.offer(Offsets.none(), 9);
    read(reading, sources, plan(1, all));
    left.add("p", "e");

    RoutedEpoch routed =
        read(reading, sources, plan(2, sources.offer(Offsets.none().advance(all), 9)));

    assertThat(routed.plan().epoch()).isEqualTo(2);
    assertThat(events(routed)).containsExactly("e");
    assertThat(routed.events()).isEqualTo(new EventCounts(1, 0, 0));
  }

  private static RoutedEpoch read(EpochReading reading, OpenSources sources, EpochPlan plan) {
    Iterator<EventChunk> chunks = sources.chunks(plan);
    RoutedEpoch routed = null;
    while (routed == null) {
      routed = reading.take(chunks.next());
    }
    assertThat(chunks.hasNext()).isFalse();
    return routed;
  }

  private static List<Object> events(RoutedEpoch routed) {
    List<Object> all = new ArrayList<>();
    routed.shards().values().forEach(shard -> all.addAll(shard.events()));
    return all;
  }

  private static RoutedEpoch routed(@Nullable RoutedEpoch routed) {
    return Objects.requireNonNull(routed);
  }

  private OpenSources open() throws Exception {
    return OpenSources.open(
        query(),
        InstantSource.fixed(Instant.EPOCH),
        Offsets.none(),
        () -> {},
        input -> Inboxes.none());
  }

  private EpochReading reading() {
    return new EpochReading(query(), 1, ErrorPolicy.fail(), false);
  }

  private PreparedQuery query() {
    return TestQueries.prepare(
        TestQueries.plan(
            "query",
            TestQueries.then(
                TestQueries.upstream(left, right),
                TestQueries.groups("only", GroupStateTimeout.NONE)),
            new ListSink("sink"),
            Trigger.asap()));
  }

  private static EpochPlan plan(long epoch, List<OffsetRange> ranges) {
    return new EpochPlan(ranges, new EpochTimes(epoch, 0, Watermark.NONE, Watermark.NONE));
  }
}
