package io.vellamo.actors;

import static io.vellamo.actors.RunningCount.count;

import io.vellamo.actors.RunningCount.Count;
import io.vellamo.api.QueryBuilder;
import io.vellamo.api.group.GroupStateTimeout;
import io.vellamo.api.query.OutputMode;
import io.vellamo.api.query.StreamingQuery;
import io.vellamo.api.sink.RowSink;
import io.vellamo.api.source.EventSource;
import io.vellamo.connectors.pekko.QueryFlow;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.apache.pekko.NotUsed;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.stream.javadsl.Flow;
import org.apache.pekko.stream.javadsl.FlowWithContext;
import org.apache.pekko.stream.javadsl.Keep;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;

/** Flows that count words, and runs of them. */
record WordFlows(TestSystem system) {
  private static final long PATIENCE_SECONDS = 20;

  /** Returns a query that counts words, except the word "skip". */
  QueryFlow<String, Count> counts(String name) {
    return QueryFlow.of((words, rows) -> counts(name, words, rows, word -> !word.equals("skip")));
  }

  QueryBuilder counts(
      String name, EventSource<String> words, RowSink<Count> rows, Predicate<String> filter) {
    return system
        .vellamo()
        .query(name)
        .from(words)
        .filter(filter)
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
            })
        .to(rows);
  }

  /** Runs a flow of rows to its end. */
  List<Count> run(Flow<String, Count, ?> flow, List<String> words) throws Exception {
    return Source.from(words)
        .via(flow)
        .runWith(Sink.seq(), system.testKit().system())
        .toCompletableFuture()
        .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  /** Starts a flow whose contexts are the indices of the elements. */
  StreamingQuery start(
      Source<String, ?> input,
      FlowWithContext<String, Integer, List<Count>, List<Integer>, CompletionStage<StreamingQuery>>
          flow,
      RequestedOutput<Pair<List<Count>, List<Integer>>> output)
      throws Exception {
    return input
        .zipWithIndex()
        .map(element -> Pair.create(element.first(), element.second().intValue()))
        .viaMat(flow.asFlow(), Keep.right())
        .to(Sink.fromSubscriber(output))
        .run(system.testKit().system())
        .toCompletableFuture()
        .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  /** Returns an input that does not end. */
  static Source<String, NotUsed> endless(String... words) {
    return Source.from(List.of(words)).concat(Source.never());
  }

  static void awaitEnd(StreamingQuery query) throws Exception {
    query.whenTerminated().toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }
}
