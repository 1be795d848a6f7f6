package io.vellamo.engine.io;

import static org.assertj.core.api.Assertions.assertThat;

import io.vellamo.api.group.GroupStateTimeout;
import io.vellamo.api.internal.Stage;
import io.vellamo.api.internal.Upstream;
import io.vellamo.api.query.ErrorPolicy;
import io.vellamo.api.query.Trigger;
import io.vellamo.api.query.WatermarkStrategy;
import io.vellamo.api.source.Inboxes;
import io.vellamo.api.source.OffsetRange;
import io.vellamo.api.source.Offsets;
import io.vellamo.engine.epoch.EpochPlan;
import io.vellamo.engine.epoch.EpochShare;
import io.vellamo.engine.epoch.EpochShares;
import io.vellamo.engine.group.GroupBatch;
import io.vellamo.engine.group.ShardEvents;
import io.vellamo.engine.pipeline.PreparedQuery;
import io.vellamo.engine.pipeline.RoutedEpoch;
import io.vellamo.engine.pipeline.RoutedShare;
import io.vellamo.engine.pipeline.ShareReport;
import io.vellamo.engine.time.EpochTimes;
import io.vellamo.engine.time.Watermark;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** By whom the ranges of an epoch are read must not matter. */
final class SharePropertyTest {
  private static final int SHARDS = 2;
  private static final long LATE = 1_000;
  private static final long NOW = 1_900;

  /**
   * An entry of a source; its text is its key, its event time in milliseconds and its kind.
   *
   * @param input the source
   * @param partition the partition
   */
  record Entry(int input, int partition, String text) {}

  @Property(tries = 500)
  void sharesTogether_areTheWholeEpoch(
      @ForAll("entries") List<Entry> entries,
      @ForAll @IntRange(max = 2) int shape,
      @ForAll @IntRange(min = 1, max = 4) int nodes,
      @ForAll long seed)
      throws Exception {
    Run run = new Run(entries, shape);
    if (run.plan.ranges().isEmpty()) {
      return;
    }
    List<String> names = new ArrayList<>(List.of("n0", "n1", "n2", "n3").subList(0, nodes));
    List<RoutedShare> shares = new ArrayList<>();
    for (EpochShare share : EpochShares.divide(run.plan, names).values()) {
      shares.add(run.read(share));
    }
    Collections.shuffle(shares, new Random(seed));

    RoutedEpoch whole = run.readWhole();
    List<ShareReport> reports = shares.stream().map(RoutedShare::report).toList();
    RoutedEpoch merged = RoutedEpoch.ofShares(run.plan, reports);

    assertThat(merged.events()).isEqualTo(whole.events());
    assertThat(merged.eventTimes()).isEqualTo(whole.eventTimes());
    assertThat(merged.late()).isEqualTo(whole.late());
    assertThat(merged.seen()).isEqualTo(whole.seen());
    assertThat(merged.rows()).isEqualTo(whole.rows());
    assertThat(merged.deadLetters()).isEqualTo(whole.deadLetters());
    assertThat(merged.lateEvents()).isEqualTo(whole.lateEvents());
    assertThat(run.summary(merged)).isEqualTo(run.summary(whole));
    assertThat(texts(merge(shares))).isEqualTo(texts(whole.shards()));
  }

  private static Map<Integer, ShardEvents> merge(List<RoutedShare> shares) {
    Map<Integer, List<ShardEvents>> parts = new TreeMap<>();
    for (RoutedShare share : shares) {
      share
          .shards()
          .forEach(
              (shard, events) ->
                  parts.computeIfAbsent(shard, any -> new ArrayList<>()).add(events));
    }
    Map<Integer, ShardEvents> merged = new TreeMap<>();
    parts.forEach((shard, some) -> merged.put(shard, ShardEvents.merge(some)));
    return merged;
  }

  /** Returns each event in its order, with its group, position and event time. */
  private static List<String> texts(Map<Integer, ShardEvents> shards) {
    List<String> texts = new ArrayList<>();
    shards.forEach(
        (shard, events) -> {
          texts.add("shard " + shard + " of " + events.sizeBeforeReduction());
          for (GroupBatch<Object> group : events.byGroup()) {
            for (int i = 0; i < group.size(); i++) {
              texts.add(
                  "%s %s %d@%d %s"
                      .formatted(
                          group.userKey(),
                          group.events().get(i),
                          group.range(i),
                          group.offset(i),
                          group.eventTime(i)));
            }
          }
        });
    return texts;
  }

  /** A query with an epoch that reads all there is. */
  private static final class Run {
    private final PreparedQuery query;
    private final OpenSources sources;
    private final EpochPlan plan;

    Run(List<Entry> entries, int shape) throws Exception {
      ListSource[] inputs = {ListSource.polled("s0", Duration.ofSeconds(1)), ListSource.of("s1")};
      for (Entry entry : entries) {
        inputs[entry.input].add("p" + entry.partition, entry.text);
      }
      query =
          TestQueries.prepare(
              TestQueries.plan(
                  "query",
                  upstream(shape, inputs),
                  new ListSink("rows"),
                  ErrorPolicy.deadLetter(),
                  new ListSink("dead letters"),
                  new ListSink("late"),
                  Trigger.asap()));
      sources =
          OpenSources.open(
              query,
              InstantSource.fixed(Instant.EPOCH),
              Offsets.none(),
              () -> {},
              input -> Inboxes.none());
      List<OffsetRange> ranges =
          sources.offer(Offsets.none(), 1_000).stream()
              .filter(range -> range.until() > range.from())
              .toList();
      plan = new EpochPlan(ranges, new EpochTimes(1, NOW, Watermark.of(LATE), Watermark.of(LATE)));
    }

    private static Upstream upstream(int shape, ListSource[] inputs) {
      Upstream left = timed(inputs[0], WatermarkStrategy.delay(Duration.ZERO).perPartition());
      Upstream right =
          timed(inputs[1], WatermarkStrategy.delay(Duration.ZERO).maxFutureSkew(Duration.ZERO));
      Stage first = groups("first");
      Stage second = groups("second");
      if (shape == 0) {
        return TestQueries.then(union(left, right), first);
      }
      Upstream both = union(TestQueries.then(left, first), right);
      return shape == 1 ? both : TestQueries.then(both, second);
    }

    private static Upstream union(Upstream... inputs) {
      return new Upstream.Union(List.of(inputs));
    }

    private static Upstream timed(ListSource source, WatermarkStrategy strategy) {
      return TestQueries.then(
          TestQueries.upstream(source),
          new Stage.EventTime(SharePropertyTest::time, strategy),
          new Stage.FlatMap(SharePropertyTest::copies));
    }

    private static Stage groups(String name) {
      return TestQueries.groups(name, event -> key((String) event), GroupStateTimeout.EVENT_TIME);
    }

    RoutedEpoch readWhole() {
      EpochReading reading = new EpochReading(query, SHARDS, query.plan().errorPolicy(), false);
      Iterator<EventChunk> chunks = sources.chunks(plan);
      RoutedEpoch routed = null;
      while (chunks.hasNext()) {
        routed = reading.take(chunks.next());
      }
      return Objects.requireNonNull(routed);
    }

    RoutedShare read(EpochShare share) {
      ShareReading reading = new ShareReading(query, SHARDS, false, share);
      Iterator<EventChunk> chunks = sources.chunks(share);
      RoutedShare routed = null;
      while (chunks.hasNext()) {
        routed = reading.take(chunks.next());
      }
      return Objects.requireNonNull(routed);
    }

    Object summary(RoutedEpoch routed) {
      return new EpochData(query, SHARDS, routed, List.of()).summary();
    }
  }

  private static String key(String text) {
    return text.substring(0, text.indexOf(':'));
  }

  private static Instant time(Object event) {
    String text = (String) event;
    int begin = text.indexOf(':') + 1;
    int end = text.indexOf(':', begin);
    return Instant.ofEpochMilli(
        Long.parseLong(text.substring(begin, end < 0 ? text.length() : end)));
  }

  /** Returns two copies of an event of kind "twice", and throws after one of kind "fails". */
  private static Iterable<String> copies(Object event) {
    String text = (String) event;
    if (text.endsWith("twice")) {
      return List.of(text, text + "!");
    }
    if (text.endsWith("fails")) {
      throw new IllegalStateException();
    }
    return List.of(text);
  }

  @Provide
  Arbitrary<List<Entry>> entries() {
    Arbitrary<String> texts =
        Combinators.combine(
                Arbitraries.of("a", "b", "c", "!"),
                Arbitraries.longs().between(900, 2_000),
                Arbitraries.of("once", "once", "once", "twice", "fails"))
            .as((key, millis, kind) -> key + ":" + millis + ":" + kind);
    return Combinators.combine(
            Arbitraries.integers().between(0, 1), Arbitraries.integers().between(0, 4), texts)
        .as(Entry::new)
        .list()
        .ofMaxSize(40);
  }
}
