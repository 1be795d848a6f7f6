package io.vellamo.actors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import io.vellamo.api.query.StreamingQuery;
import io.vellamo.api.query.StreamingQueryException;
import io.vellamo.api.query.StreamingQueryListener;
import io.vellamo.api.query.StreamingQueryManager;
import io.vellamo.api.query.StreamingQueryProgress;
import io.vellamo.connectors.memory.MemorySink;
import io.vellamo.connectors.memory.MemorySource;
import io.vellamo.testkit.ManualClock;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Listeners, and the manager of an actor system's queries. */
final class ListenerTest {
  private final TestSystem system = TestSystem.start();
  private final StreamingQueryManager manager = system.vellamo().queries();
  private final ManualClock clock = ManualClock.at(Instant.EPOCH);
  private final MemorySource<String> words = MemorySource.create();
  private final MemorySink<String> sink = MemorySink.create();
  private final Recorder recorder = new Recorder();

  @AfterEach
  void stop() {
    system.close();
  }

  @Test
  void q14_events_comeInOrder() throws Exception {
    manager.addListener(recorder);
    StreamingQuery query = start("a");
    query.processAllAvailable();
    words.add("x");
    query.processAllAvailable();
    words.add("y");
    query.processAllAvailable();
    query.stop();

    awaitEvents("started a", "idle a", "progress a 1", "progress a 2", "terminated a");
    assertThat(recorder.ids).containsOnly(query.id());
  }

  @Test
  void q14_idle_comesOnceAnInterval() throws Exception {
    manager.addListener(recorder);
    StreamingQuery query = start("a");
    query.processAllAvailable();
    query.processAllAvailable();
    clock.advance(Duration.ofSeconds(10));
    query.processAllAvailable();
    query.stop();

    awaitEvents("started a", "idle a", "idle a", "terminated a");
  }

  @Test
  void failedQuery_isTerminatedWithItsReason() throws Exception {
    manager.addListener(recorder);
    StreamingQuery query = start("a");
    query.processAllAvailable();
    words.add("broken");

    assertThatExceptionOfType(StreamingQueryException.class).isThrownBy(query::awaitTermination);
    awaitEvents("started a", "idle a", "failed a");
  }

  @Test
  void listenerThatThrows_harmsNothing() throws Exception {
    manager.addListener(
        new StreamingQueryListener() {
          @Override
          public void onQueryStarted(QueryStarted event) {
            throw new IllegalStateException("on purpose");
          }

          @Override
          public void onQueryProgress(StreamingQueryProgress progress) {
            throw new AssertionError("on purpose");
          }
        });
    manager.addListener(recorder);
    StreamingQuery query = start("a");
    query.processAllAvailable();
    words.add("x");
    query.processAllAvailable();
    query.stop();

    assertThat(sink.rows()).containsExactly("x");
    awaitEvents("started a", "idle a", "progress a 1", "terminated a");
  }

  @ParameterizedTest
  @MethodSource
  void listenerThatThrowsAnError_andTheOthers_areToldOfEverythingThatFollows(Throwable thrown)
      throws Exception {
    Recorder throwing =
        new Recorder() {
          @Override
          public void onQueryStarted(QueryStarted event) {
            super.onQueryStarted(event);
            ListenerTest.<RuntimeException>sneak(thrown);
          }
        };
    manager.addListener(throwing);
    manager.addListener(recorder);
    StreamingQuery query = start("a");
    query.processAllAvailable();
    words.add("x");
    query.processAllAvailable();
    query.stop();

    awaitEvents("started a", "idle a", "progress a 1", "terminated a");
    await().until(() -> throwing.events.equals(recorder.events));
  }

  static Stream<Throwable> listenerThatThrowsAnError_andTheOthers_areToldOfEverythingThatFollows() {
    return Stream.of(
        new Error("on purpose"),
        new StackOverflowError(),
        new NoClassDefFoundError("on purpose"),
        new IOException("on purpose"),
        new InterruptedException("on purpose"));
  }

  /** The memory is the program's: it must not go on as if nothing had been. */
  @Test
  void listenerThatRunsOutOfMemory_endsItsQuery_andIsToldSo() throws Exception {
    manager.addListener(
        new StreamingQueryListener() {
          @Override
          public void onQueryStarted(QueryStarted event) {
            throw new OutOfMemoryError("on purpose");
          }
        });
    manager.addListener(recorder);

    assertThatExceptionOfType(StreamingQueryException.class)
        .isThrownBy(() -> start("a").awaitTermination())
        .withMessageContaining("telling listeners failed: [java.lang.OutOfMemoryError]");
    await().until(() -> recorder.events.contains("failed a"));
  }

  @Test
  void slowListener_delaysNobody_losesItsOldestProgressOnly() throws Exception {
    try (TestSystem small = TestSystem.start("vellamo.listeners.max-pending = 3")) {
      CountDownLatch release = new CountDownLatch(1);
      Recorder slow =
          new Recorder() {
            @Override
            public void onQueryStarted(QueryStarted event) {
              super.onQueryStarted(event);
              awaitQuietly(release);
            }
          };
      small.vellamo().queries().addListener(slow);
      small.vellamo().queries().addListener(recorder);
      StreamingQuery query = start(small, "a");
      query.processAllAvailable();
      for (int i = 0; i < 6; i++) {
        words.add("x");
        query.processAllAvailable();
      }
      query.stop();
      await().until(() -> recorder.events.contains("terminated a"));

      release.countDown();

      await().until(() -> slow.events.contains("terminated a"));
      assertThat(slow.events)
          .containsExactly("started a", "progress a 5", "progress a 6", "terminated a");
    }
  }

  @Test
  void shutdown_waitsForAListenerForABoundedTime() {
    CountDownLatch release = new CountDownLatch(1);
    TestSystem other = TestSystem.start("vellamo.listeners.shutdown-timeout = 10ms");
    other
        .vellamo()
        .queries()
        .addListener(
            new StreamingQueryListener() {
              @Override
              public void onQueryTerminated(QueryTerminated event) {
                awaitQuietly(release);
              }
            });
    start(other, "a");

    CompletableFuture<Void> closed = CompletableFuture.runAsync(other::close);

    assertThat(closed).succeedsWithin(Duration.ofSeconds(30));
    release.countDown();
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <T extends Throwable> void sneak(Throwable thrown) throws T {
    throw (T) thrown;
  }

  @Test
  void listener_thatWasRemoved_hearsNothing() throws Exception {
    manager.addListener(recorder);
    manager.addListener(recorder);
    assertThat(manager.listeners()).containsExactly(recorder);
    manager.removeListener(recorder);
    start("a").stop();

    assertThat(manager.listeners()).isEmpty();
    assertThat(recorder.events).isEmpty();
  }

  @Test
  void manager_knowsActiveQueries() throws Exception {
    StreamingQuery a = start("a");
    StreamingQuery b = start("b");

    assertThat(manager.active()).containsExactly(a, b);
    assertThat(manager.get("b")).contains(b);
    assertThat(manager.get(a.id())).contains(a);

    a.stop();

    assertThat(manager.active()).containsExactly(b);
    assertThat(manager.get("a")).isEmpty();
    assertThat(manager.get(UUID.randomUUID())).isEmpty();
    b.stop();
  }

  @Test
  void q13_awaitAnyTermination_returnsAtTheFirstEnd() throws Exception {
    StreamingQuery a = start("a");
    StreamingQuery b = start("b");
    assertThat(manager.awaitAnyTermination(Duration.ofMillis(1))).isFalse();
    a.stop();

    manager.awaitAnyTermination();
    assertThat(manager.awaitAnyTermination(Duration.ofMillis(1))).isTrue();

    manager.resetTerminated();
    assertThat(manager.awaitAnyTermination(Duration.ofMillis(1))).isFalse();
    b.stop();
  }

  @Test
  void q13_awaitAnyTermination_throwsWhatAQueryFailedWith() throws Exception {
    start("a").processAllAvailable();
    words.add("broken");

    assertThatExceptionOfType(StreamingQueryException.class)
        .isThrownBy(manager::awaitAnyTermination)
        .withMessageContaining("Query [a] failed in epoch [1]");
  }

  @Test
  void awaitAnyTermination_withoutTime_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> manager.awaitAnyTermination(Duration.ZERO))
        .withMessage(
            "timeout must be positive, was [PT0S]; use awaitAnyTermination() to wait for ever");
  }

  private void awaitEvents(String... expected) {
    await().untilAsserted(() -> assertThat(recorder.events).containsExactly(expected));
  }

  private StreamingQuery start(String name) {
    return start(system, name);
  }

  private StreamingQuery start(TestSystem where, String name) {
    return where
        .vellamo()
        .query(name)
        .from(words)
        .map(
            word -> {
              if (word.equals("broken")) {
                throw new IllegalStateException("on purpose");
              }
              return word;
            })
        .to(sink)
        .clock(clock)
        .start();
  }

  private static class Recorder implements StreamingQueryListener {
    private final List<String> events = new CopyOnWriteArrayList<>();
    private final List<UUID> ids = new CopyOnWriteArrayList<>();

    @Override
    public void onQueryStarted(QueryStarted event) {
      ids.add(event.id());
      events.add("started " + event.name());
    }

    @Override
    public void onQueryProgress(StreamingQueryProgress progress) {
      ids.add(progress.id());
      events.add("progress " + progress.name() + " " + progress.epoch());
    }

    @Override
    public void onQueryIdle(QueryIdle event) {
      ids.add(event.id());
      events.add("idle " + event.name());
    }

    @Override
    public void onQueryTerminated(QueryTerminated event) {
      ids.add(event.id().orElseThrow());
      events.add((event.exception().isPresent() ? "failed " : "terminated ") + event.name());
    }
  }
}
