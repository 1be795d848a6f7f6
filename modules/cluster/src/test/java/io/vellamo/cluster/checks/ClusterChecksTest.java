package io.vellamo.cluster.checks;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.vellamo.api.sink.RowSink;
import io.vellamo.cluster.checks.FaultyJournal.Fault;
import io.vellamo.cluster.settings.ClusterSettings;
import io.vellamo.connectors.foreach.Foreach;
import io.vellamo.connectors.memory.MemorySink;
import io.vellamo.connectors.rate.RateEvent;
import io.vellamo.connectors.rate.RateSource;
import io.vellamo.engine.pipeline.PreparedQuery;
import io.vellamo.persistence.journal.JournalOptions;
import java.util.List;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.LoggingTestKit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The checks on a node of a cluster. */
final class ClusterChecksTest {
  private static final String NODE =
      """
      pekko.actor.provider = cluster
      pekko.remote.artery.canonical { hostname = 127.0.0.1, port = 0 }
      pekko.cluster.downing-provider-class = "org.apache.pekko.cluster.sbr.SplitBrainResolverProvider"
      pekko.cluster.roles = [queries]
      vellamo.journal.plugin = acme
      acme { class = "%s", fault = NONE }
      """
          .formatted(FaultyJournal.class.getName());

  private static final RowSink<RateEvent> SHARED = Foreach.<RateEvent>each(row -> {}).shared();

  // Set by each test.
  private @Nullable ActorTestKit kit;

  @AfterEach
  void stop() {
    kit().shutdownTestKit();
  }

  private ActorTestKit kit() {
    return requireNonNull(kit, "kit");
  }

  @Test
  void query_thatAllNodesCanRun_isAccepted() {
    assertThat(checks("vellamo.cluster.role = queries").require(query(SHARED))).isEmpty();
  }

  @Test
  void journal_thatAcceptsASecondWrite_isRefused() {
    ClusterChecks checks = checks("acme.fault = " + Fault.OVERWRITES);

    assertRefused(
        checks, SHARED, "Journal of a cluster must refuse a second write of a sequence number");
  }

  @Test
  void journal_thatIsAccepted_isARiskOfEachQueryAndLoggedOnce() {
    ClusterChecks checks =
        checks("acme.fault = OVERWRITES, vellamo.cluster.unfenced-journal = accept");

    List<String> risks =
        LoggingTestKit.warn("[acme] accepts it: state is at risk")
            .withOccurrences(1)
            .expect(
                kit().system(),
                () -> {
                  checks.require(query(SHARED));
                  return checks.require(query(SHARED));
                });

    assertThat(risks).singleElement().asString().contains("[acme] accepts it: state is at risk");
  }

  @Test
  void node_withoutDowningProviderOrRole_isRefused() {
    assertRefused(
        checks("pekko.cluster.downing-provider-class = \"\""),
        SHARED,
        "pekko.cluster.downing-provider-class must name a downing provider");
    stop();
    assertRefused(
        checks("vellamo.cluster.role = workers"),
        SHARED,
        "Node must have the role [workers] to run queries, has [dc-default, queries]");
  }

  @Test
  void sinkOfOneNode_isRefusedWithTheSettingThatAcceptsIt() {
    assertThatThrownBy(() -> checks("").require(query(MemorySink.create())))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "Sink [Memory] of query [rates] must be one that every node can use: its rows are in the memory of one node; use a sink that every node reaches, such as a Kafka topic or a database table. If it is the same on all nodes, set vellamo.cluster.one-node-connectors = accept");
  }

  @Test
  void sinkOfOneNode_accepted_isARiskOfItsQuery() {
    ClusterChecks checks = checks("vellamo.cluster.one-node-connectors = accept");

    List<String> risks =
        LoggingTestKit.warn("Sink [Memory] of query [rates] must be one that every node can use")
            .expect(kit().system(), () -> checks.require(query(MemorySink.create())));

    assertThat(risks).singleElement().asString().startsWith("Sink [Memory] of query [rates]");
    assertThat(checks.require(query(SHARED))).isEmpty();
  }

  private static void assertRefused(ClusterChecks checks, RowSink<RateEvent> sink, String text) {
    assertThatThrownBy(() -> checks.require(query(sink)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith(text);
  }

  private ClusterChecks checks(String further) {
    Config config = ConfigFactory.load(ConfigFactory.parseString(NODE + further));
    kit = ActorTestKit.create("ClusterChecksTest", config);
    return ClusterChecks.create(
        kit().system(), ClusterSettings.from(config), JournalOptions.from(config));
  }

  private static PreparedQuery query(RowSink<RateEvent> sink) {
    return PlannedQuery.prepared("rates", start -> start.from(RateSource.perSecond(1)).to(sink));
  }
}
