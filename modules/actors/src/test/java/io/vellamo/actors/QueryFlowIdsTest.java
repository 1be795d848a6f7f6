package io.vellamo.actors;

import static io.vellamo.actors.RunningCount.count;
import static io.vellamo.actors.WordFlows.awaitEnd;
import static io.vellamo.actors.WordFlows.endless;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.MAP;

import io.vellamo.actors.RunningCount.Count;
import io.vellamo.api.query.DeliveryGuarantee;
import io.vellamo.api.query.SourceProgress;
import io.vellamo.api.query.StreamingQuery;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.stream.javadsl.FlowWithContext;
import org.apache.pekko.stream.javadsl.Source;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Flows whose elements have ids: each word is its own id. */
final class QueryFlowIdsTest {
  private final TestSystem system = TestSystem.start();
  private final WordFlows flows = new WordFlows(system);
  private final RequestedOutput<Pair<List<Count>, List<Integer>>> output = new RequestedOutput<>();

  @AfterEach
  void stop() {
    system.close();
  }

  @Test
  void elements_sentAgain_countOnce() throws Exception {
    List<String> words = List.of("a", "b", "a", "a", "b");

    List<Count> first = flows.run(flows.counts("twice").flow(word -> word), words);
    List<Count> second = flows.run(flows.counts("twice").flow(word -> word), words);

    assertThat(first).containsExactlyInAnyOrder(count("a", 1), count("b", 1));
    assertThat(second).isEmpty();
  }

  @Test
  void elements_thatWereStoredBeforeACancellation_areProcessedByTheNextRun() throws Exception {
    StreamingQuery query = start("stored", endless("a", "b", "c"));
    assertThat(output.next().first()).isNotEmpty();
    // Further elements are stored while the rows of the first epoch are not taken.
    assertThat(output.emitted()).isZero();
    output.cancel();
    awaitEnd(query);

    RequestedOutput<Pair<List<Count>, List<Integer>>> again = new RequestedOutput<>();
    flows.start(Source.from(List.of("a", "b", "c")), withIds("stored"), again);

    assertThat(rows(again, 3))
        .containsExactlyInAnyOrder(count("a", 1), count("b", 1), count("c", 1));
  }

  @Test
  void contexts_ofElementsSentAgain_comeOutAfterTheRowsOfTheEarlierOnes() throws Exception {
    StreamingQuery query = start("order", endless("a"));
    assertThat(output.next().first()).containsExactly(count("a", 1));
    output.cancel();
    awaitEnd(query);

    RequestedOutput<Pair<List<Count>, List<Integer>>> again = new RequestedOutput<>();
    flows.start(Source.from(List.of("a", "a")), withIds("order"), again);

    assertThat(again.next()).isEqualTo(Pair.create(List.of(count("a", 1)), List.of()));
    assertThat(contexts(again, 2)).containsExactly(0, 1);
    again.awaitEnd();
  }

  @Test
  void contexts_ofElementsSentAgain_comeOutWithoutAnEpoch() throws Exception {
    flows.run(flows.counts("known").flow(word -> word), List.of("a"));

    start("known", endless("a", "a", "b", "b", "a"));

    assertThat(contexts(output, 5)).containsExactly(0, 1, 2, 3, 4);
    output.cancel();
  }

  @Test
  void guarantee_isAtLeastOnce() throws Exception {
    StreamingQuery query = start("guarantee", endless("a"));

    assertThat(query.guarantee()).isEqualTo(DeliveryGuarantee.AT_LEAST_ONCE);
  }

  @Test
  void progress_hasTheLengthOfTheInbox() throws Exception {
    StreamingQuery query = start("length", endless("a"));

    output.next();
    output.next();

    assertThat(query.lastProgress().orElseThrow().sources())
        .singleElement()
        .extracting(SourceProgress::metrics, MAP)
        .containsKey("inboxLength");
  }

  @Test
  void element_withoutAValidId_failsTheFlow() {
    assertThatThrownBy(() -> flows.run(flows.counts("invalid").flow(word -> ""), List.of("a", "b")))
        .hasRootCauseMessage(
            "id of a message must be well-formed text and not empty, was []; use the identity that"
                + " the message keeps when it is sent again");
    assertThat(system.vellamo().queries().active()).isEmpty();
  }

  @Test
  void idFunction_thatThrows_failsTheFlow() {
    assertThatThrownBy(
            () ->
                flows.run(
                    flows
                        .counts("throwing")
                        .flow(
                            word -> {
                              throw new IllegalStateException("no id");
                            }),
                    List.of("a")))
        .hasRootCauseMessage("no id");
  }

  @Test
  @Timeout(10)
  void query_stoppedWhileElementsAreStored_completesTheFlow() throws Exception {
    StreamingQuery query =
        flows.start(
            Source.range(1, Integer.MAX_VALUE).map(Object::toString), withIds("stopped"), output);
    output.next();

    query.stop();

    output.awaitEnd();
    assertThat(query.exception()).isEmpty();
  }

  private StreamingQuery start(String name, Source<String, ?> input) throws Exception {
    return flows.start(input, withIds(name), output);
  }

  private FlowWithContext<
          String, Integer, List<Count>, List<Integer>, CompletionStage<StreamingQuery>>
      withIds(String name) {
    return flows.counts(name).flowWithContext((word, index) -> word);
  }

  private static List<Count> rows(
      RequestedOutput<Pair<List<Count>, List<Integer>>> output, int count) throws Exception {
    List<Count> rows = new ArrayList<>();
    while (rows.size() < count) {
      rows.addAll(output.next().first());
    }
    return rows;
  }

  private static List<Integer> contexts(
      RequestedOutput<Pair<List<Count>, List<Integer>>> output, int count) throws Exception {
    List<Integer> contexts = new ArrayList<>();
    while (contexts.size() < count) {
      contexts.addAll(output.next().second());
    }
    return contexts;
  }
}
