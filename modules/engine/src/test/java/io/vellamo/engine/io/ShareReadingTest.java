package io.vellamo.engine.io;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vellamo.api.group.GroupStateTimeout;
import io.vellamo.api.internal.Stage;
import io.vellamo.api.query.Trigger;
import io.vellamo.api.source.Inboxes;
import io.vellamo.api.source.OffsetRange;
import io.vellamo.api.source.Offsets;
import io.vellamo.engine.epoch.EpochPlan;
import io.vellamo.engine.epoch.EpochShare;
import io.vellamo.engine.group.ShardEvents;
import io.vellamo.engine.pipeline.PreparedQuery;
import io.vellamo.engine.pipeline.RoutedShare;
import io.vellamo.engine.time.EpochTimes;
import io.vellamo.engine.time.Watermark;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Shares of an epoch on their way from the sources. */
final class ShareReadingTest {
  private final ListSource source = ListSource.of("source");
  private final PreparedQuery query =
      TestQueries.prepare(
          TestQueries.plan(
              "query",
              TestQueries.then(
                  TestQueries.upstream(source),
                  new Stage.Map(ShareReadingTest::checked),
                  TestQueries.groups("only", GroupStateTimeout.NONE)),
              new ListSink("sink"),
              Trigger.asap()));

  @Test
  void share_hasItsRangesOnly() throws Exception {
    source.add("p", "a", "!b");
    source.add("q", "c");
    source.add("r", "d");

    RoutedShare share = read(0, 2);

    assertThat(share.report().ranges()).containsExactly(0, 2);
    assertThat(share.report().eventsByShard()).containsEntry(0, 2);
    ShardEvents events = requireNonNull(share.shards().get(0));
    assertThat(events.events()).containsExactly("a", "d");
    assertThat(share.report().outputs())
        .singleElement()
        .satisfies(
            output -> {
              assertThat(output.range()).isZero();
              assertThat(output.deadLetters()).hasSize(1);
            });
    assertThat(source.calls).doesNotContain("read q");
  }

  @Test
  void rangeOfManyChunks_isOneRange() throws Exception {
    String[] many = new String[2 * EventChunk.CAPACITY + 1];
    Arrays.fill(many, "a");
    source.add("p", many);

    RoutedShare share = read(0);

    assertThat(share.report().eventsByShard()).containsEntry(0, many.length);
  }

  @Test
  void stageThatThrows_failsWithThePositionInTheSource_asInTheWholeEpoch() throws Exception {
    source.add("p", "a");
    source.add("q", "b", "fails");

    assertThatThrownBy(() -> read(1))
        .hasMessage("map failed at source position [q@1] with [java.lang.IllegalStateException]");
  }

  @Test
  void rangeThatFails_failsWithItsOffsets_asInTheWholeEpoch() throws Exception {
    source.add("p", "a");
    source.add("q", "b");
    EpochShare gone = share(plan(open()), 1);
    OpenSources sources = open();
    source.remove("q");

    assertThatThrownBy(() -> sources.chunks(gone).next())
        .isInstanceOf(ReadFailure.class)
        .hasMessage("Reading [q] from [0] to [1] failed");
  }

  private static Object checked(Object event) {
    if (event.equals("fails")) {
      throw new IllegalStateException();
    }
    return event;
  }

  private RoutedShare read(Integer... ranges) throws Exception {
    OpenSources sources = open();
    EpochShare share = share(plan(sources), ranges);
    ShareReading reading = new ShareReading(query, 1, false, share);
    Iterator<EventChunk> chunks = sources.chunks(share);
    @Nullable RoutedShare routed = null;
    while (routed == null) {
      routed = reading.take(chunks.next());
    }
    assertThat(chunks.hasNext()).isFalse();
    return routed;
  }

  private static EpochShare share(EpochPlan plan, Integer... ranges) {
    return new EpochShare(plan, List.of(ranges));
  }

  private static EpochPlan plan(OpenSources sources) throws Exception {
    List<OffsetRange> ranges =
        sources.offer(Offsets.none(), 1_000_000).stream()
            .filter(range -> range.until() > range.from())
            .toList();
    return new EpochPlan(ranges, new EpochTimes(1, 0, Watermark.NONE, Watermark.NONE));
  }

  private OpenSources open() throws Exception {
    return OpenSources.open(
        query,
        InstantSource.fixed(Instant.EPOCH),
        Offsets.none(),
        () -> {},
        input -> Inboxes.none());
  }
}
