package io.vellamo.actors;

import static io.vellamo.actors.RunningCount.count;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vellamo.actors.RunningCount.Count;
import io.vellamo.api.EventStream;
import io.vellamo.api.group.GroupStateTimeout;
import io.vellamo.api.query.OutputMode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Pipelines as Pekko flows. */
final class FlowTest {
  private static final long PATIENCE_SECONDS = 20;

  private final TestSystem system = TestSystem.start();

  @AfterEach
  void stop() {
    system.close();
  }

  @Test
  void flow_upstreamCompletes_emitsAllRowsThenCompletes() throws Exception {
    List<Count> rows =
        Source.from(List.of("a", "b", "a", "b", "b", "c"))
            .via(system.vellamo().flow("counts", FlowTest::lastCounts))
            .runWith(Sink.seq(), pekko())
            .toCompletableFuture()
            .get(PATIENCE_SECONDS, TimeUnit.SECONDS);

    assertThat(rows).contains(count("a", 2), count("c", 1));
  }

  @Test
  void flow_materializedAgain_continuesFromTheJournal() throws Exception {
    for (int times = 1; times <= 20; times++) {
      List<Count> rows = run(List.of("a"));

      assertThat(rows).containsExactly(count("a", times));
    }
  }

  @Test
  void flowWithContext_filteredElements_allContextsComeOutInOrder() throws Exception {
    List<Pair<String, Integer>> input = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      input.add(Pair.create(i % 3 == 0 ? "skip" : "word-" + i % 7, i));
    }

    List<Pair<List<Count>, Integer>> output =
        Source.from(input)
            .asSourceWithContext(Pair::second)
            .map(Pair::first)
            .via(
                system
                    .vellamo()
                    .<String, Integer, Count>flowWithContext(
                        "contexts",
                        words -> lastCounts(words.filter(word -> !word.equals("skip")))))
            .asSource()
            .runWith(Sink.seq(), pekko())
            .toCompletableFuture()
            .get(PATIENCE_SECONDS, TimeUnit.SECONDS);

    assertThat(output.stream().map(Pair::second))
        .containsExactlyElementsOf(input.stream().map(Pair::second).toList());
    assertThat(output.get(output.size() - 1).second()).isEqualTo(499);
    assertThat(output.stream().flatMap(pair -> pair.first().stream())).isNotEmpty();
  }

  @Test
  void flow_functionThrows_failsTheStream() {
    assertThatThrownBy(
            () ->
                Source.from(List.of("a", "b"))
                    .via(
                        system
                            .vellamo()
                            .<String, String>flow(
                                "failing",
                                words ->
                                    words.map(
                                        word -> {
                                          throw new IllegalStateException("no");
                                        })))
                    .runWith(Sink.seq(), pekko())
                    .toCompletableFuture()
                    .get(PATIENCE_SECONDS, TimeUnit.SECONDS))
        .hasRootCauseInstanceOf(IllegalStateException.class)
        .hasMessageContaining("Query [failing] failed in epoch [1]");
  }

  private List<Count> run(List<String> words) throws Exception {
    return Source.from(words)
        .via(system.vellamo().flow("again", FlowTest::lastCounts))
        .runWith(Sink.seq(), pekko())
        .toCompletableFuture()
        .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  private static EventStream<Count> lastCounts(EventStream<String> words) {
    return words
        .groupByKey(word -> word)
        .flatMapGroupsWithState(
            OutputMode.UPDATE,
            GroupStateTimeout.NONE,
            Integer.class,
            (word, events, state) -> {
              int count = state.optional().orElse(0);
              while (events.hasNext()) {
                events.next();
                count++;
              }
              state.update(count);
              return List.of(count(word, count)).iterator();
            });
  }

  private ActorSystem<?> pekko() {
    return system.testKit().system();
  }
}
