package io.vellamo.actors;

import static org.assertj.core.api.Assertions.assertThat;

import io.vellamo.actors.calls.BlockingThreads;
import io.vellamo.actors.calls.SerialThread;
import io.vellamo.actors.calls.UserCalls;
import io.vellamo.actors.io.ShareReader;
import io.vellamo.actors.io.ShareRequest;
import io.vellamo.api.RetryableException;
import io.vellamo.api.group.FlatMapGroupsWithStateFunction;
import io.vellamo.api.group.GroupStateTimeout;
import io.vellamo.api.group.StateType;
import io.vellamo.api.internal.GroupCode;
import io.vellamo.api.internal.QueryPlan;
import io.vellamo.api.internal.Stage;
import io.vellamo.api.internal.StatefulOperator;
import io.vellamo.api.internal.Upstream;
import io.vellamo.api.query.OutputMode;
import io.vellamo.api.query.RetryPolicy;
import io.vellamo.api.source.Inboxes;
import io.vellamo.api.source.OffsetRange;
import io.vellamo.api.source.Offsets;
import io.vellamo.api.source.SourcePartition;
import io.vellamo.connectors.memory.MemorySink;
import io.vellamo.connectors.memory.MemorySource;
import io.vellamo.engine.epoch.EpochPlan;
import io.vellamo.engine.epoch.EpochShare;
import io.vellamo.engine.pipeline.PreparedQuery;
import io.vellamo.engine.pipeline.RoutedShare;
import io.vellamo.engine.time.EpochTimes;
import io.vellamo.engine.time.Watermark;
import io.vellamo.persistence.codec.QueryCodecs;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Shares of epochs that are read apart from a coordinator. */
final class ShareReaderTest {
  private final TestSystem system = TestSystem.start();
  private final MemorySource<String> words = MemorySource.create(3);
  private final UnavailableSource<String> source = new UnavailableSource<>(words);
  private final Outcomes outcomes = new Outcomes();
  private final UserCalls calls = new UserCalls(() -> {}, System::nanoTime);
  private final AtomicInteger functionCalls = new AtomicInteger();
  private final ShareReader<List<Object>> reader = start();

  @AfterEach
  void close() throws Exception {
    reader.close().toCompletableFuture().get(60, TimeUnit.SECONDS);
    system.close();
  }

  @Test
  void share_isReadAndFormed_fromSourcesThatAreOpenedOnce() throws Exception {
    words.addTo(0, List.of("a", "b"));
    words.addTo(2, List.of("c"));
    Offsets committed = Offsets.of(Map.of(new SourcePartition("memory-1"), 7L));

    reader.read(request(1, 1, committed, 0, 1));
    reader.read(request(2, 2, committed, 0));

    assertThat(outcomes.next()).isEqualTo("epoch 1 attempt 1 ranges [0, 1]: [a, b, c]");
    assertThat(outcomes.next()).isEqualTo("epoch 2 attempt 2 ranges [0]: [a, b]");
    assertThat(source.calls)
        .containsExactly("open " + committed, "read 0-2", "read 0-1", "read 0-2");
  }

  @Test
  void smallRanges_areRoutedByOneCall_largeOnesByOneEach() throws Exception {
    words.addTo(0, List.of("a", "b"));
    words.addTo(2, List.of("c"));
    reader.read(request(1, 1, Offsets.none(), 0, 1));
    outcomes.next();
    assertThat(functionCalls).hasValue(1);

    words.addTo(1, Collections.nCopies(1_000, "d"));
    EpochPlan plan = plan(2, range(1, 0, 1_000), range(0, 0, 2));
    reader.read(new ShareRequest(EpochShare.whole(plan), 2, 1, false, Offsets.none()));

    assertThat(outcomes.next()).contains("d, d, a, b]");
    assertThat(functionCalls).hasValue(3);
  }

  @Test
  void failureThatIsRetried_isTold_andTheNextShareOpensTheSourceAgain() throws Exception {
    words.addTo(0, List.of("a", "b"));
    words.addTo(2, List.of("c"));
    source.failsWith(new RetryableException("gone", new IOException()), "read");
    reader.read(request(1, 1, Offsets.none(), 0));
    assertThat(outcomes.next()).isEqualTo("epoch 1 attempt 1 failed: RetryableFailure");

    source.failsWith(new IllegalStateException());
    Offsets committed = Offsets.of(Map.of(new SourcePartition("memory-0"), 1L));
    reader.committed(committed);
    reader.read(request(1, 2, Offsets.none(), 0));

    assertThat(outcomes.next()).isEqualTo("epoch 1 attempt 2 ranges [0]: [a, b]");
    assertThat(source.calls)
        .containsExactly(
            "open " + Offsets.none(), "read 0-2", "close", "open " + committed, "read 0-2");
  }

  @Test
  void sourceThatCannotBeOpened_failsTheShare_andIsOpenedForTheNext() throws Exception {
    words.addTo(0, List.of("a", "b"));
    words.addTo(2, List.of("c"));
    source.failsWith(new RetryableException("gone", new IOException()), "open");
    reader.committed(Offsets.none());
    reader.read(request(1, 1, Offsets.none(), 0));
    assertThat(outcomes.next()).isEqualTo("epoch 1 attempt 1 failed: RetryableFailure");

    source.failsWith(new IllegalStateException());
    reader.read(request(1, 2, Offsets.none(), 0));

    assertThat(outcomes.next()).isEqualTo("epoch 1 attempt 2 ranges [0]: [a, b]");
  }

  @Test
  void stageOrFormThatThrows_failsItsShareOnly() throws Exception {
    words.addTo(0, List.of("stage fails", "b"));
    words.addTo(2, List.of("form fails"));

    reader.read(request(1, 1, Offsets.none(), 0));
    reader.read(request(1, 2, Offsets.none(), 1));
    words.addTo(0, List.of("c"));
    reader.read(
        new ShareRequest(EpochShare.whole(plan(2, range(0, 2, 3))), 3, 1, false, Offsets.none()));

    assertThat(outcomes.next()).isEqualTo("epoch 1 attempt 1 failed: EventFailure");
    assertThat(outcomes.next()).isEqualTo("epoch 1 attempt 2 failed: IllegalArgumentException");
    assertThat(outcomes.next()).isEqualTo("epoch 2 attempt 3 ranges [0]: [c]");
  }

  @Test
  void close_closesTheSource_andNothingMoreIsTold() throws Exception {
    words.addTo(0, List.of("a", "b"));
    reader.read(request(1, 1, Offsets.none(), 0));
    outcomes.next();

    reader.close().toCompletableFuture().get(60, TimeUnit.SECONDS);

    assertThat(source.calls).containsExactly("open " + Offsets.none(), "read 0-2", "close");
    assertThat(reader.calls().areIdle()).isTrue();
    assertThat(outcomes.queue).isEmpty();
  }

  /** The reports of the reader, in order. */
  private static final class Outcomes implements ShareReader.Output<List<Object>> {
    private final BlockingQueue<String> queue = new LinkedBlockingQueue<>();

    String next() throws InterruptedException {
      return Objects.requireNonNull(queue.poll(60, TimeUnit.SECONDS), "outcome");
    }

    @Override
    public List<Object> form(RoutedShare share) {
      List<Object> events = new ArrayList<>();
      share.shards().values().forEach(some -> events.addAll(some.events()));
      if (events.contains("form fails")) {
        throw new IllegalArgumentException();
      }
      return events;
    }

    @Override
    public void read(ShareRequest request, List<Object> formed) {
      queue.add("%s ranges %s: %s".formatted(text(request), request.share().ranges(), formed));
    }

    @Override
    public void readFailed(ShareRequest request, Throwable cause) {
      queue.add("%s failed: %s".formatted(text(request), cause.getClass().getSimpleName()));
    }

    @Override
    public void commitFailed(Throwable cause) {
      queue.add("commit failed: " + cause);
    }

    private static String text(ShareRequest request) {
      return "epoch %d attempt %d".formatted(request.share().plan().epoch(), request.attempt());
    }
  }

  private ShareReader<List<Object>> start() {
    BlockingThreads threads =
        BlockingThreads.of(BlockingThreads.Kind.PLATFORM, (thread, thrown) -> {});
    Executor functions = threads.perTask("function");
    return ShareReader.start(
        system.testKit().system(),
        "vellamo.control-dispatcher",
        new ShareReader.Input(query(), InstantSource.fixed(Instant.EPOCH), input -> Inboxes.none()),
        new ShareReader.Threads(
            calls,
            new SerialThread(threads.serial("source"), "source", calls),
            task -> {
              functionCalls.incrementAndGet();
              functions.execute(task);
            }),
        outcomes);
  }

  private PreparedQuery query() {
    FlatMapGroupsWithStateFunction<Object, Object, Integer, String> none =
        (word, events, state) -> Collections.emptyIterator();
    Stage group =
        new Stage.Group(
            event -> "all",
            Optional.empty(),
            new StatefulOperator(
                "words", OutputMode.APPEND, GroupStateTimeout.NONE, StateType.of(Integer.class)),
            new GroupCode.Function(none));
    Upstream upstream =
        new Upstream.Step(
            new Upstream.Step(new Upstream.Input(source), new Stage.Map(ShareReaderTest::checked)),
            group);
    RetryPolicy retry =
        RetryPolicy.of(Duration.ofMillis(1), Duration.ofSeconds(1), Duration.ofSeconds(9));
    return QueryCodecs.prepare(
        QueryPlan.of("query", upstream, MemorySink.<String>create()).withRetry(retry),
        ShareReaderTest.class.getClassLoader());
  }

  private static Object checked(Object event) {
    if (event.equals("stage fails")) {
      throw new IllegalStateException();
    }
    return event;
  }

  /**
   * Returns a request for some of two ranges: two events of the first partition, one of the last.
   */
  private static ShareRequest request(
      long epoch, long attempt, Offsets committed, Integer... ranges) {
    EpochPlan plan = plan(epoch, range(0, 0, 2), range(2, 0, 1));
    return new ShareRequest(new EpochShare(plan, List.of(ranges)), attempt, 1, false, committed);
  }

  private static OffsetRange range(int partition, long from, long until) {
    return new OffsetRange(new SourcePartition("memory-" + partition), from, until);
  }

  private static EpochPlan plan(long epoch, OffsetRange... ranges) {
    return new EpochPlan(List.of(ranges), new EpochTimes(epoch, 0, Watermark.NONE, Watermark.NONE));
  }
}
