package io.vellamo.cluster.home;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.vellamo.api.group.GroupState;
import io.vellamo.api.group.GroupStateTimeout;
import io.vellamo.api.query.CommittedGroup;
import io.vellamo.api.query.ErrorPolicy;
import io.vellamo.api.query.GroupPage;
import io.vellamo.api.query.OutputMode;
import io.vellamo.api.query.ParkedGroup;
import io.vellamo.api.query.StreamingQuery;
import io.vellamo.api.query.StreamingQueryException;
import io.vellamo.api.query.StreamingQueryListener;
import io.vellamo.api.query.StreamingQueryProgress;
import io.vellamo.connectors.memory.MemorySink;
import io.vellamo.connectors.memory.MemorySource;
import io.vellamo.persistence.journal.PersistenceIds;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Queries on a cluster of three nodes, none of which leaves. */
final class ClusterQueryTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private static ClusterNodes nodes;

  private final MemorySource<String> source = MemorySource.create();
  private final MemorySink<String> sink = MemorySink.create();

  @BeforeAll
  static void startNodes() {
    nodes = ClusterNodes.start(3);
  }

  @AfterAll
  static void stopNodes() throws Exception {
    nodes.close();
  }

  private StreamingQuery start(int node, String name) {
    return start(node, name, "count");
  }

  private StreamingQuery start(int node, String name, String operator) {
    return nodes
        .vellamo(node)
        .query(name)
        .from(source)
        .groupByKey(word -> word)
        .flatMapGroupsWithState(
            OutputMode.UPDATE, GroupStateTimeout.NONE, Integer.class, ClusterQueryTest::count)
        .named(operator)
        .to(sink)
        .onError(ErrorPolicy.park())
        .start();
  }

  private static Iterator<String> count(
      String word, Iterator<String> events, GroupState<Integer> state) {
    int count = state.optional().orElse(0);
    while (events.hasNext()) {
      events.next();
      count++;
    }
    if (word.startsWith("bad") && count == 1) {
      throw new IllegalStateException("bad word");
    }
    state.update(count);
    return List.of(word + count).iterator();
  }

  private List<StreamingQuery> startEverywhere(String name) {
    return IntStream.range(0, 3).mapToObj(node -> start(node, name)).toList();
  }

  private static void stop(StreamingQuery query) throws InterruptedException {
    query.stop(Duration.ofSeconds(10));
  }

  @Test
  void query_startedOnAllNodes_runsOnceAndIsSeenOnAll() throws Exception {
    List<StreamingQuery> queries = startEverywhere("seen");
    source.add("a", "b", "a");

    queries.get(2).processAllAvailable();

    assertThat(sink.rows()).containsExactlyInAnyOrder("a2", "b1");
    for (StreamingQuery query : queries) {
      await().atMost(PATIENCE).until(() -> query.lastProgress().isPresent());
      StreamingQueryProgress progress = query.lastProgress().orElseThrow();
      assertThat(progress.total().input()).isEqualTo(3);
      assertThat(progress.runId()).isEqualTo(query.runId());
      assertThat(query.id()).isEqualTo(queries.get(0).id());
      assertThat(query.explain().lines())
          .contains("sink [Memory]: idempotent, with one writer")
          .anyMatch(
              line -> line.matches("shards: .+, distributed over the nodes of the cluster, .+"))
          .anyMatch(line -> line.startsWith("risk: Sink [Memory] of query [seen] must be one"));
    }
    stop(queries.get(0));
  }

  @Test
  void listeners_onEveryNode_hearOfTheirHandlesRunOnce() throws Exception {
    List<Queue<String>> heard =
        IntStream.range(0, 3).<Queue<String>>mapToObj(n -> new ConcurrentLinkedQueue<>()).toList();
    List<StreamingQueryListener> listeners =
        heard.stream().map(ClusterQueryTest::listener).toList();
    IntStream.range(0, 3).forEach(n -> nodes.vellamo(n).queries().addListener(listeners.get(n)));
    List<StreamingQuery> queries = startEverywhere("heard");

    source.add("a");
    queries.get(0).processAllAvailable();
    stop(queries.get(1));

    heard.forEach(
        events ->
            await()
                .atMost(PATIENCE)
                .untilAsserted(
                    () -> assertThat(events).containsExactly("started", "1", "terminated")));
    IntStream.range(0, 3).forEach(n -> nodes.vellamo(n).queries().removeListener(listeners.get(n)));
  }

  private static StreamingQueryListener listener(Queue<String> events) {
    return new StreamingQueryListener() {
      @Override
      public void onQueryStarted(QueryStarted event) {
        events.add("started");
      }

      @Override
      public void onQueryProgress(StreamingQueryProgress progress) {
        events.add(Long.toString(progress.epoch()));
      }

      @Override
      public void onQueryTerminated(QueryTerminated event) {
        events.add("terminated");
      }
    };
  }

  @Test
  void query_stoppedOnOneNode_endsOnAllAndCanStartAgain() throws Exception {
    List<StreamingQuery> queries = startEverywhere("stopped");
    source.add("a");
    queries.get(0).processAllAvailable();

    stop(queries.get(2));

    for (StreamingQuery query : queries) {
      assertThat(query.awaitTermination(PATIENCE)).isTrue();
      assertThat(query.exception()).isEmpty();
      assertThat(query.status().message()).isEqualTo("Stopped");
    }
    StreamingQuery again = start(1, "stopped");
    source.add("a");
    again.processAllAvailable();
    assertThat(sink.rows()).containsExactly("a1", "a2");
    assertThat(again.id()).isEqualTo(queries.get(0).id());
    stop(again);
  }

  @Test
  void parkedGroups_onAnotherNode_areListedAndRedriven() throws Exception {
    List<StreamingQuery> queries = startEverywhere("parked");
    source.add("bad", "good");
    queries.get(1).processAllAvailable();

    List<ParkedGroup> parked =
        queries.get(2).parkedGroups().toCompletableFuture().get(30, TimeUnit.SECONDS);
    source.add("bad");
    Boolean found = queries.get(2).redrive("bad").toCompletableFuture().get(30, TimeUnit.SECONDS);
    Boolean other = queries.get(1).release("good").toCompletableFuture().get(30, TimeUnit.SECONDS);

    assertThat(parked).singleElement().extracting(ParkedGroup::key).isEqualTo("bad");
    assertThat(found).isTrue();
    assertThat(other).isFalse();
    stop(queries.get(0));
  }

  @Test
  void stateAndGroups_onAnotherNode_areThoseOfTheLastCommittedEpoch() throws Exception {
    List<StreamingQuery> queries = startEverywhere("live");
    List<String> words = IntStream.range(0, 20).mapToObj(number -> "w" + number).toList();
    source.add(words.toArray(String[]::new));
    source.add("w7", "bad");
    queries.get(1).processAllAvailable();

    for (StreamingQuery query : queries) {
      CommittedGroup group = get(query.state("w7")).orElseThrow();
      assertThat(group.key()).isEqualTo("w7");
      assertThat(group.state(Integer.class)).contains(2);
      assertThat(group.epoch()).isEqualTo(get(query.state("w1")).orElseThrow().epoch());
      assertThat(get(query.state("bad")).orElseThrow().parked()).isPresent();
      assertThat(get(query.state("unknown"))).isEmpty();
      assertThat(keys(query)).contains("bad").containsAll(words).hasSize(21);
    }
    stop(queries.get(0));
  }

  /** Returns the keys of all groups, from pages of seven. */
  private static List<Object> keys(StreamingQuery query) throws Exception {
    List<Object> keys = new ArrayList<>();
    GroupPage page = get(query.groups("count", 7));
    page.groups().forEach(group -> keys.add(group.key()));
    while (page.next().isPresent()) {
      page = get(query.groups("count", page.next().get(), 7));
      page.groups().forEach(group -> keys.add(group.key()));
    }
    return keys;
  }

  private static <T> T get(CompletionStage<T> answer) throws Exception {
    return answer.toCompletableFuture().get(30, TimeUnit.SECONDS);
  }

  @Test
  void definition_thatDiffers_isRefusedWithBothNodesAndTheDifference() throws Exception {
    StreamingQuery first = start(0, "differs");
    StreamingQuery second = start(1, "differs", "other");

    assertThatThrownBy(() -> second.awaitTermination(PATIENCE))
        .isInstanceOf(StreamingQueryException.class)
        .hasMessageContaining("must have the same definition on all nodes")
        .hasMessageContaining(
            "node [%s] has [source […]: can be read again after a crash → [count]]",
            nodes.address(0))
        .hasMessageContaining(
            "node [%s] has [source […]: can be read again after a crash → [other]]",
            nodes.address(1));
    source.add("a");
    first.processAllAvailable();
    assertThat(first.isActive()).isTrue();
    stop(first);
  }

  @Test
  void node_withoutTheDefinition_isNamedInTheStatusUntilItStartsTheQuery() throws Exception {
    StreamingQuery first = start(0, "missing");
    StreamingQuery second = start(1, "missing");

    await()
        .atMost(PATIENCE)
        .until(() -> second.status().message().contains("have not defined the query"));
    assertThat(second.status().message())
        .contains(nodes.address(2))
        .doesNotContain(nodes.address(0));
    start(2, "missing");
    await()
        .atMost(PATIENCE)
        .until(() -> !first.status().message().contains("have not defined the query"));
    stop(first);
  }

  @Test
  void query_whoseSourceFails_failsOnAllNodesWithTheSameText() {
    List<StreamingQuery> queries = IntStream.range(0, 3).mapToObj(this::startFailing).toList();
    source.add("a");

    for (StreamingQuery query : queries) {
      assertThatThrownBy(() -> query.awaitTermination(PATIENCE))
          .isInstanceOf(StreamingQueryException.class)
          .hasMessage(queries.get(0).exception().orElseThrow().getMessage())
          .hasMessageContaining("Query [fails]");
    }
  }

  private StreamingQuery startFailing(int node) {
    return nodes
        .vellamo(node)
        .query("fails")
        .from(source)
        .map(ClusterQueryTest::fail)
        .groupByKey(word -> word)
        .flatMapGroupsWithState(
            OutputMode.UPDATE, GroupStateTimeout.NONE, Integer.class, ClusterQueryTest::count)
        .to(sink)
        .start();
  }

  private static String fail(String word) {
    throw new IllegalStateException("no words");
  }

  @Test
  void journal_thatFailsOrHasAnotherOwner_isRetriedAndTheQueryGoesOn() throws Exception {
    String coordinator = PersistenceIds.query("journal").id();
    List<StreamingQuery> queries = startEverywhere("journal");
    source.add("a");
    queries.get(0).processAllAvailable();

    nodes.store().failNextWrite(coordinator);
    source.add("a");
    queries.get(1).processAllAvailable();
    nodes.store().refuseNextWrite(coordinator);
    source.add("a");
    queries.get(2).processAllAvailable();

    assertThat(sink.rows()).containsExactly("a1", "a2", "a3");
    assertThat(queries).allMatch(StreamingQuery::isActive);
    stop(queries.get(1));
  }
}
