package io.vellamo.actors.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import io.vellamo.actors.calls.BlockingThreads;
import io.vellamo.actors.calls.CallThreads;
import io.vellamo.actors.calls.FunctionThreads;
import io.vellamo.actors.observe.QueryMonitor;
import io.vellamo.actors.observe.RunEnds;
import io.vellamo.actors.query.QuerySpec;
import io.vellamo.actors.query.RequestQueue;
import io.vellamo.actors.settings.VellamoSettings;
import io.vellamo.api.QueryBuilder;
import io.vellamo.api.QueryStart;
import io.vellamo.api.group.GroupStateTimeout;
import io.vellamo.api.internal.QueryPlan;
import io.vellamo.api.internal.QueryStarter;
import io.vellamo.api.query.BatchReport;
import io.vellamo.api.query.StreamingQuery;
import io.vellamo.api.query.StreamingQueryException;
import io.vellamo.connectors.memory.MemorySink;
import io.vellamo.connectors.memory.MemorySource;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.persistence.testkit.PersistenceTestKitPlugin;
import org.apache.pekko.persistence.testkit.PersistenceTestKitSnapshotPlugin;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Two runs of one name, as a home has them that leaves a node and comes back. */
final class NodeQueriesTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final ActorTestKit kit =
      ActorTestKit.create(
          PersistenceTestKitPlugin.getInstance()
              .config()
              .withFallback(PersistenceTestKitSnapshotPlugin.config())
              .withFallback(ConfigFactory.load()));
  private final NodeQueries node = node(kit.system());

  private static NodeQueries node(ActorSystem<?> system) {
    VellamoSettings settings = VellamoSettings.from(system.settings().config());
    CallThreads threads =
        BlockingThreads.of(settings.blockingThreads(), FunctionThreads.onUncaught(system));
    return new NodeQueries(system, settings, threads, threads.perTask("background"));
  }

  @AfterEach
  void shutdown() {
    kit.shutdownTestKit();
  }

  private QuerySpec spec() {
    PlanTaker taker = new PlanTaker();
    QueryBuilder query =
        QueryStart.of("twice", taker)
            .from(MemorySource.<String>create())
            .groupByKey(word -> word)
            .<Integer, String>mapGroupsWithState(
                GroupStateTimeout.NONE, Integer.class, (word, events, state) -> word)
            .to(MemorySink.create());
    assertThatThrownBy(query::start).isSameAs(taker.refusal);
    return node.prepared(Objects.requireNonNull(taker.plan, "plan"));
  }

  @Test
  void run_whoseNameIsTaken_startsWhenTheOtherOneIsReleased() throws Exception {
    QuerySpec spec = spec();
    QueryMonitor first = node.monitor(spec, new NoEnds());
    QueryMonitor second = node.monitor(spec, new NoEnds());
    RunControl control = node.run(spec, first, new RequestQueue(1), NodeQueries.shardsHere(spec));
    RunControl next = node.run(spec, second, new RequestQueue(1), NodeQueries.shardsHere(spec));
    first.id().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);

    assertThat(second.id()).isNotDone();
    control.stop(PATIENCE);

    assertThat(second.id().get(PATIENCE.toSeconds(), TimeUnit.SECONDS))
        .isEqualTo(first.id().join());
    next.stop(PATIENCE);
    second.terminated().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }

  /** Takes the plan of a query instead of starting it. */
  private static final class PlanTaker implements QueryStarter {
    private final RuntimeException refusal = new IllegalStateException("taken");

    private @Nullable QueryPlan plan;

    @Override
    public StreamingQuery start(QueryPlan taken) {
      plan = taken;
      throw refusal;
    }

    @Override
    public BatchReport runBatch(QueryPlan taken) {
      throw new UnsupportedOperationException();
    }
  }

  /** Needs to know no ends. */
  private static final class NoEnds implements RunEnds {
    @Override
    public void ended(@Nullable StreamingQueryException failure) {}

    @Override
    public void givenUp(String name, String blockers) {}

    @Override
    public void released(String name) {}
  }
}
