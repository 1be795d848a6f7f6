package io.vellamo.actors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vellamo.api.group.GroupStateTimeout;
import io.vellamo.api.query.ErrorPolicy;
import io.vellamo.api.query.OutputMode;
import io.vellamo.api.query.StreamingQuery;
import io.vellamo.api.query.StreamingQueryException;
import io.vellamo.api.query.StreamingQueryStatus.CallInProgress;
import io.vellamo.api.sink.DeadLetter;
import io.vellamo.connectors.memory.MemorySink;
import io.vellamo.connectors.memory.MemorySource;
import io.vellamo.persistence.codec.StandardKeyCodec;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Functions that do not return; the contract of both hostings. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
abstract class BlockedFunctionCases {
  private final TestSystem system;
  private final MemorySource<String> words = MemorySource.create();
  private final MemorySink<String> rows = MemorySink.create();
  private final MemorySink<DeadLetter> letters = MemorySink.create();
  private final AtomicInteger calls = new AtomicInteger();
  private final Set<String> blocking = ConcurrentHashMap.newKeySet();
  private volatile UserGate gate = UserGate.heeding();

  BlockedFunctionCases(String hosting) {
    system = TestSystem.start("vellamo.stop-timeout = 4s\nvellamo.query.hosting = " + hosting);
  }

  @AfterEach
  void stop() {
    gate.open();
    system.close();
  }

  @Test
  void otherQueryAndStop_doNotWaitForFunctions() throws Exception {
    String[] keys = IntStream.range(0, 60).mapToObj(i -> "k" + i).toArray(String[]::new);
    blocking.addAll(List.of(keys));
    words.add(keys);
    StreamingQuery slow = start("slow", words);
    gate.awaitEntered();

    MemorySource<String> others = MemorySource.create();
    StreamingQuery other = start("other", others);
    others.add("x");
    other.processAllAvailable();
    assertThat(rows.rows()).containsExactly("x 1");

    slow.stop(Duration.ofSeconds(2));

    assertThat(slow.isActive()).isFalse();
    assertThat(slow.exception()).isEmpty();
    int threads = Math.max(2, Runtime.getRuntime().availableProcessors());
    assertThat(calls.get()).isLessThanOrEqualTo(threads + 1);
    other.stop();
  }

  @Test
  void stop_waitsForACallThatReturnsInTime() throws Exception {
    blocking.add("a");
    words.add("a", "b");
    StreamingQuery query = start("stopping", words);
    gate.awaitEntered();

    CompletableFuture<Void> stopped = new CompletableFuture<>();
    Thread stopping = new Thread(() -> stop(query, 100, stopped));
    stopping.start();
    awaitBegun(stopping);
    assertThat(stopped).isNotDone();
    gate.open();
    stopped.get(60, TimeUnit.SECONDS);

    assertThat(gate.interrupts()).isZero();
    assertThat(rows.rows()).isEmpty();
  }

  @Test
  void interruptedFunction_isNoFailureOfTheFunction() throws Exception {
    blocking.add("a");
    words.add("a", "b");
    StreamingQuery query = start("interrupted", words);
    gate.awaitEntered();

    query.stop(Duration.ofSeconds(1));

    assertThat(gate.interrupts()).isPositive();
    assertThat(query.exception()).isEmpty();
    blocking.clear();
    StreamingQuery again = start("interrupted", words);
    again.processAllAvailable();
    assertThat(rows.rows()).containsExactlyInAnyOrder("a 1", "b 1");
    assertThat(letters.rows()).isEmpty();
    again.stop();
  }

  @Test
  void callThatIgnoresInterrupts_isGivenUp_andTheNameIsTakenUntilItReturns() throws Exception {
    gate = UserGate.ignoring();
    blocking.add("a");
    words.add("a", "b");
    StreamingQuery query = start("stuck", words);
    gate.awaitEntered();

    assertThatThrownBy(() -> query.stop(Duration.ofSeconds(1)))
        .isInstanceOf(StreamingQueryException.class)
        .hasMessageStartingWith("Query [stuck] could not end within [PT1S]: the function of")
        .hasMessageContaining("[flatMapGroupsWithState] for group [a]");
    assertThat(gate.interrupts()).isPositive();
    assertThat(query.isActive()).isFalse();
    assertThat(query.exception()).isPresent();
    assertThat(query.whenTerminated().toCompletableFuture()).failsWithin(Duration.ofSeconds(20));
    assertThat(system.vellamo().queries().active()).isEmpty();
    assertThatThrownBy(() -> start("stuck", words))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("its last run was given up")
        .hasMessageContaining("for group [a]");

    gate.open();
    StreamingQuery again = startWhenFree("stuck");
    again.processAllAvailable();

    assertThat(gate.passed()).isPositive();
    assertThat(rows.rows()).containsExactlyInAnyOrder("a 1", "b 1");
    again.stop();
  }

  @Test
  void status_namesTheCallInProgress() throws Exception {
    blocking.add("a");
    words.add("a");
    StreamingQuery query = start("watched", words);
    gate.awaitEntered();

    List<CallInProgress> calls = query.status().calls();

    assertThat(calls).hasSize(1);
    assertThat(calls.get(0).description())
        .isEqualTo("the function of [flatMapGroupsWithState] for group [a]");
    assertThat(calls.get(0).thread()).contains("watched");
    while (!query.status().message().contains("for group [a] since ")) {
      Thread.onSpinWait();
    }
    gate.open();
    query.processAllAvailable();
    assertThat(query.status().calls()).isEmpty();
    query.stop();
  }

  @Test
  void queryThatFails_endsThoughAnotherGroupBlocks() throws Exception {
    gate = UserGate.ignoring();
    String blocked = keyOfOtherShardThan("broken");
    blocking.add(blocked);
    words.add(blocked, "broken");

    StreamingQuery query = start("failing", words, ErrorPolicy.fail());

    assertThatThrownBy(query::awaitTermination)
        .hasMessageContaining("IllegalStateException] for group [broken]");
    assertThatThrownBy(() -> start("failing", words)).hasMessageContaining("given up");
  }

  @Test
  void actorSystem_terminatesThoughAFunctionDoesNotReturn() throws Exception {
    gate = UserGate.ignoring();
    blocking.add("a");
    words.add("a");
    StreamingQuery query = start("terminating", words);
    gate.awaitEntered();

    system.testKit().system().terminate();

    system.testKit().system().getWhenTerminated().toCompletableFuture().get(60, TimeUnit.SECONDS);
    assertThatThrownBy(query::awaitTermination).hasMessageContaining("for group [a]");
  }

  @Test
  void callbacksOfUsers_holdUpNothing() throws Exception {
    CountDownLatch calledBack = new CountDownLatch(1);
    StreamingQuery first = start("first", words);
    CompletableFuture<Void> callback =
        first
            .whenTerminated()
            .thenRun(
                () -> {
                  calledBack.countDown();
                  gate.pass();
                })
            .toCompletableFuture();
    first.stop();
    assertThat(calledBack.await(60, TimeUnit.SECONDS)).isTrue();

    MemorySource<String> others = MemorySource.create();
    StreamingQuery other = start("second", others);
    others.add("x");
    other.processAllAvailable();
    other.stop();

    assertThat(callback).isNotDone();
  }

  @Test
  void callbackOfAnIdleQuery_doesNotHoldUpTheQuery() throws Exception {
    UserGate callbackGate = UserGate.ignoring();
    blocking.add("a");
    words.add("a");
    StreamingQuery query = start("idle", words);
    gate.awaitEntered();
    CompletableFuture<Void> callback =
        query.whenIdle().thenRun(callbackGate::pass).toCompletableFuture();
    gate.open();
    callbackGate.awaitEntered();

    words.add("b");
    query.whenIdle().toCompletableFuture().get(60, TimeUnit.SECONDS);

    assertThat(rows.rows()).containsExactly("a 1", "b 1");
    assertThat(callback).isNotDone();
    callbackGate.open();
    query.stop();
  }

  private static void stop(StreamingQuery query, long seconds, CompletableFuture<Void> stopped) {
    try {
      query.stop(Duration.ofSeconds(seconds));
      stopped.complete(null);
    } catch (InterruptedException | RuntimeException e) {
      stopped.completeExceptionally(e);
    }
  }

  /**
   * Waits until a stop has begun: its caller waits for the end, and the parent of the queries has
   * answered a later question. Otherwise the function could return, and its epoch be written,
   * before the stop.
   */
  private void awaitBegun(Thread stopping) throws Exception {
    while (stopping.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
    system.vellamo().shardDigests("none").toCompletableFuture().get(60, TimeUnit.SECONDS);
  }

  private StreamingQuery startWhenFree(String name) {
    while (true) {
      try {
        return start(name, words);
      } catch (IllegalStateException e) {
        assertThat(e).hasMessageContaining("given up");
        Thread.onSpinWait();
      }
    }
  }

  private static String keyOfOtherShardThan(String key) {
    StandardKeyCodec codec = new StandardKeyCodec();
    int shard = codec.write(key).shard(4);
    return IntStream.range(0, 100)
        .mapToObj(i -> "k" + i)
        .filter(each -> codec.write(each).shard(4) != shard)
        .findFirst()
        .orElseThrow();
  }

  private StreamingQuery start(String name, MemorySource<String> source) {
    return start(name, source, ErrorPolicy.deadLetter());
  }

  private StreamingQuery start(String name, MemorySource<String> source, ErrorPolicy policy) {
    return system
        .vellamo()
        .query(name)
        .from(source)
        .groupByKey(word -> word)
        .flatMapGroupsWithState(
            OutputMode.UPDATE,
            GroupStateTimeout.NONE,
            Integer.class,
            (word, events, state) -> {
              calls.incrementAndGet();
              int count = state.optional().orElse(0);
              while (events.hasNext()) {
                events.next();
                count++;
              }
              if (blocking.contains(word)) {
                gate.pass();
              }
              if (word.equals("broken")) {
                gate.awaitEntered();
                throw new IllegalStateException("broken on purpose");
              }
              state.update(count);
              return List.of(word + " " + count).iterator();
            })
        .to(rows)
        .onError(policy)
        .deadLettersTo(letters)
        .start();
  }
}
