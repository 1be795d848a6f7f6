package io.vellamo.actors;

import static io.vellamo.actors.RunningCount.count;
import static io.vellamo.actors.WordFlows.awaitEnd;
import static io.vellamo.actors.WordFlows.endless;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.vellamo.actors.RunningCount.Count;
import io.vellamo.api.aggregate.Aggregates;
import io.vellamo.api.query.DeliveryGuarantee;
import io.vellamo.api.query.OutputMode;
import io.vellamo.api.query.StreamingQuery;
import io.vellamo.api.query.Trigger;
import io.vellamo.connectors.pekko.QueryFlow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.stream.RestartSettings;
import org.apache.pekko.stream.javadsl.Keep;
import org.apache.pekko.stream.javadsl.RestartFlow;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Queries as stages of Pekko streams. */
final class QueryFlowTest {
  private static final long PATIENCE_SECONDS = 20;

  private final TestSystem system = TestSystem.start();
  private final WordFlows flows = new WordFlows(system);
  private final RequestedOutput<Pair<List<Count>, List<Integer>>> output = new RequestedOutput<>();

  @AfterEach
  void stop() {
    system.close();
  }

  @Test
  void input_thatCompletes_isProcessedThenTheFlowCompletes() throws Exception {
    assertThat(run("counts", List.of("a", "b", "a", "b", "b", "c")))
        .contains(count("a", 2), count("b", 3), count("c", 1));
  }

  @Test
  void input_thatIsEmpty_completesTheFlow() throws Exception {
    assertThat(run("counts", List.of())).isEmpty();
  }

  @Test
  void flow_materializedAgain_continuesFromTheJournal() throws Exception {
    for (int times = 1; times <= 20; times++) {
      assertThat(run("again", List.of("a"))).containsExactly(count("a", times));
    }
  }

  @Test
  void contexts_ofAllElements_comeOutInOrderAfterTheRowsOfTheirEpoch() throws Exception {
    List<Pair<String, Integer>> input = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      input.add(Pair.create(i % 3 == 0 ? "skip" : "word-" + i, i));
    }

    List<Pair<List<Count>, List<Integer>>> outcome =
        Source.from(input)
            .asSourceWithContext(Pair::second)
            .map(Pair::first)
            .via(flows.counts("contexts").<Integer>flowWithContext())
            .asSource()
            .runWith(Sink.seq(), pekko())
            .toCompletableFuture()
            .get(PATIENCE_SECONDS, TimeUnit.SECONDS);

    assertThat(outcome.stream().flatMap(each -> each.second().stream()))
        .containsExactlyElementsOf(input.stream().map(Pair::second).toList());
    assertThat(outcome).allMatch(each -> each.first().isEmpty() != each.second().isEmpty());
    List<String> words = new ArrayList<>();
    for (Pair<List<Count>, List<Integer>> each : outcome) {
      each.first().forEach(row -> words.add(row.word()));
      for (int context : each.second()) {
        assertThat(context % 3 == 0 || words.contains("word-" + context)).isTrue();
      }
    }
  }

  @Test
  void epoch_whoseRowsAreNotTaken_isNotCommitted() throws Exception {
    StreamingQuery query = start(flows.counts("taken"), Source.single("a"));

    assertThat(output.next()).isEqualTo(Pair.create(List.of(count("a", 1)), List.of()));
    assertThat(query.status().calls()).isNotEmpty();
    assertThat(query.lastProgress()).isEmpty();

    assertThat(output.next()).isEqualTo(Pair.create(List.of(), List.of(0)));
    assertThat(query.lastProgress()).isPresent();
    output.awaitEnd();
  }

  @Test
  void rows_thatAreNotTaken_comeOutAgainAfterARestart() throws Exception {
    StreamingQuery query = start(flows.counts("again"), Source.from(List.of("a", "b")));
    assertThat(output.next().first()).hasSize(2);
    output.cancel();
    awaitEnd(query);

    assertThat(run("again", List.of())).containsExactlyInAnyOrder(count("a", 1), count("b", 1));
    assertThat(run("again", List.of())).isEmpty();
  }

  @Test
  @Timeout(10)
  void output_cancelledWhileItTakesNothing_stopsTheQueryWithoutDelay() throws Exception {
    StreamingQuery query = start(flows.counts("cancelled"), endless("a"));
    output.next();

    output.cancel();

    awaitEnd(query);
    assertThat(query.exception()).isEmpty();
  }

  @Test
  @Timeout(10)
  void query_stoppedWhileTheStreamTakesNothing_completesTheFlow() throws Exception {
    StreamingQuery query = start(flows.counts("stopped"), endless("a"));
    output.next();

    query.stop();

    output.awaitEnd();
    assertThat(query.exception()).isEmpty();
  }

  @Test
  void query_thatFails_failsTheFlow() {
    QueryFlow<String, String> failing =
        QueryFlow.of(
            (words, rows) ->
                system
                    .vellamo()
                    .query("failing")
                    .from(words)
                    .<String>map(
                        word -> {
                          throw new IllegalStateException("no");
                        })
                    .to(rows));

    assertThatThrownBy(
            () ->
                endless("a")
                    .via(failing.flow())
                    .runWith(Sink.seq(), pekko())
                    .toCompletableFuture()
                    .get(PATIENCE_SECONDS, TimeUnit.SECONDS))
        .hasRootCauseInstanceOf(IllegalStateException.class)
        .hasMessageContaining("Query [failing] failed in epoch [1]");
  }

  @Test
  void query_thatCannotStart_failsTheFlowAndItsMaterializedValue() {
    QueryFlow<String, String> broken =
        QueryFlow.of(
            (words, rows) -> {
              throw new IllegalStateException("no query");
            });

    Pair<CompletionStage<StreamingQuery>, CompletionStage<List<String>>> running =
        Source.single("a")
            .viaMat(broken.flow(), Keep.right())
            .toMat(Sink.seq(), Keep.both())
            .run(pekko());

    assertThatThrownBy(() -> running.first().toCompletableFuture().join())
        .hasRootCauseMessage("no query");
    assertThatThrownBy(() -> running.second().toCompletableFuture().join())
        .hasRootCauseMessage("no query");
  }

  @Test
  void input_thatFails_stopsTheQueryThenFailsTheFlow() throws Exception {
    CompletableFuture<String> failure = new CompletableFuture<>();
    StreamingQuery query =
        start(flows.counts("input"), Source.single("a").concat(Source.completionStage(failure)));
    output.next();

    failure.completeExceptionally(new IllegalStateException("secret"));

    assertThatThrownBy(output::awaitEnd).hasRootCauseMessage("secret");
    assertThat(query.isActive()).isFalse();
    assertThat(query.exception()).isEmpty();
  }

  @Test
  void secondMaterialization_whileTheFirstRuns_fails() throws Exception {
    start(flows.counts("twice"), endless("a"));
    output.next();

    assertThatThrownBy(() -> run("twice", List.of("b")))
        .hasRootCauseMessage(
            "Query [twice] is running already; stop it first, or choose another name");
  }

  @Test
  void restartFlow_afterAFailure_goesOn() throws Exception {
    AtomicInteger failures = new AtomicInteger(3);
    QueryFlow<String, Count> failing =
        QueryFlow.of(
            (words, rows) ->
                flows.counts(
                    "restarted",
                    words,
                    rows,
                    word -> {
                      if (word.equals("b") && failures.getAndDecrement() > 0) {
                        throw new IllegalStateException("not now");
                      }
                      return true;
                    }));

    List<Count> rows =
        Source.from(List.of("a", "b"))
            .concat(Source.repeat("b"))
            .throttle(1, Duration.ofMillis(20))
            .via(
                RestartFlow.onFailuresWithBackoff(
                    RestartSettings.create(Duration.ofMillis(1), Duration.ofMillis(10), 0),
                    failing::flow))
            .takeWhile(row -> row.count() < 3, true)
            .runWith(Sink.seq(), pekko())
            .toCompletableFuture()
            .get(PATIENCE_SECONDS, TimeUnit.SECONDS);

    assertThat(failures.get()).isNegative();
    assertThat(rows).last().matches(row -> row.word().equals("b") && row.count() >= 3);
  }

  @Test
  void elements_beyondTheCapacity_staySentUpstream() throws Exception {
    AtomicInteger sent = new AtomicInteger();
    start(
        flows.counts("held").withCapacity(5),
        Source.repeat("a").map(word -> "word-" + sent.incrementAndGet()));
    output.request();

    assertThat(output.taken().first()).isNotEmpty();
    await().untilAsserted(() -> assertThat(sent).hasValue(5));
    List<Integer> contexts = new ArrayList<>();
    while (contexts.size() < 100) {
      assertThat(sent.get()).isLessThanOrEqualTo(5 + contexts.size());
      contexts.addAll(output.next().second());
    }
    output.cancel();

    assertThat(contexts.get(99)).isEqualTo(99);
  }

  @Test
  void wholeResult_isRefusedByAFlowOfRows() {
    assertThatThrownBy(
            () ->
                Source.single("a")
                    .via(totals("complete").flow())
                    .runWith(Sink.seq(), pekko())
                    .toCompletableFuture()
                    .get(PATIENCE_SECONDS, TimeUnit.SECONDS))
        .hasMessageContaining("must not be a flow of rows in mode [COMPLETE]");
  }

  @Test
  void wholeResults_comeOutAsLists() throws Exception {
    Source.from(List.of("a", "b", "a"))
        .asSourceWithContext(word -> 0)
        .via(totals("complete").<Integer>flowWithContext())
        .asSource()
        .map(Pair::first)
        .filter(rows -> !rows.isEmpty())
        .runWith(Sink.seq(), pekko())
        .thenAccept(
            results ->
                assertThat(results.get(results.size() - 1)).containsExactlyInAnyOrder("a=2", "b=1"))
        .toCompletableFuture()
        .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  @Test
  void queryThatEnds_completesTheFlow() throws Exception {
    QueryFlow<String, Count> once =
        QueryFlow.of(
            (words, rows) ->
                flows.counts("once", words, rows, word -> true).trigger(Trigger.availableNow()));

    endless("a")
        .via(once.flow())
        .runWith(Sink.ignore(), pekko())
        .toCompletableFuture()
        .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  @Test
  void guarantee_isThatOfEventsInMemory() throws Exception {
    StreamingQuery query = start(flows.counts("guarantee"), endless("a"));

    assertThat(query.guarantee()).isEqualTo(DeliveryGuarantee.AT_MOST_ONCE);
    assertThat(query.explain())
        .contains("source [QueryFlow]: loses events in a crash")
        .contains("sink [QueryFlow]: at least once");
  }

  @Test
  void capacity_belowOne_isRefused() {
    assertThatThrownBy(() -> flows.counts("none").withCapacity(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("elements must be positive, was [0]");
  }

  private StreamingQuery start(QueryFlow<String, Count> flow, Source<String, ?> input)
      throws Exception {
    return flows.start(input, flow.flowWithContext(), output);
  }

  private List<Count> run(String name, List<String> words) throws Exception {
    return flows.run(flows.counts(name).flow(), words);
  }

  private QueryFlow<String, String> totals(String name) {
    return QueryFlow.of(
        (words, rows) ->
            system
                .vellamo()
                .query(name)
                .from(words)
                .groupByKey(word -> word)
                .aggregate(Aggregates.count(), (word, count) -> word + "=" + count)
                .outputMode(OutputMode.COMPLETE)
                .to(rows));
  }

  private ActorSystem<?> pekko() {
    return system.testKit().system();
  }
}
