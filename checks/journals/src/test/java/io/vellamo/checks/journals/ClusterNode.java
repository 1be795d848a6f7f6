package io.vellamo.checks.journals;

import com.typesafe.config.Config;
import io.vellamo.api.QueryStart;
import io.vellamo.api.internal.QueryPlan;
import io.vellamo.api.internal.QueryStarter;
import io.vellamo.cluster.checks.ClusterChecks;
import io.vellamo.cluster.settings.ClusterSettings;
import io.vellamo.connectors.foreach.Foreach;
import io.vellamo.connectors.rate.RateEvent;
import io.vellamo.connectors.rate.RateSource;
import io.vellamo.persistence.codec.QueryCodecs;
import io.vellamo.persistence.journal.JournalOptions;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicReference;

/** A node of a cluster that checks its journal and starts nothing. */
final class ClusterNode {
  private static final String SETTINGS =
      """
      pekko.actor.provider = cluster
      pekko.remote.artery.canonical { hostname = 127.0.0.1, port = 0 }
      pekko.cluster.downing-provider-class = "org.apache.pekko.cluster.sbr.SplitBrainResolverProvider"
      """;

  private ClusterNode() {}

  /**
   * Checks a query that all nodes can run.
   *
   * @param further settings that belong to the test
   * @return the accepted risks
   */
  static List<String> check(TestedJournal journal, String further) {
    try (TestSystem node = TestSystem.start(journal, SETTINGS + further)) {
      Config config = node.system().settings().config();
      ClusterChecks checks =
          ClusterChecks.create(
              node.system(), ClusterSettings.from(config), JournalOptions.from(config));
      return checks.require(QueryCodecs.prepare(plan(), ClusterNode.class.getClassLoader()));
    }
  }

  private static QueryPlan plan() {
    AtomicReference<QueryPlan> taken = new AtomicReference<>();
    QueryStarter starter =
        plan -> {
          taken.set(plan);
          throw new CancellationException("not to be started");
        };
    try {
      QueryStart.of("rates", starter)
          .from(RateSource.perSecond(1))
          .to(Foreach.<RateEvent>each(row -> {}).shared())
          .start();
    } catch (CancellationException e) {
      // By the starter.
    }
    return Objects.requireNonNull(taken.get(), "taken");
  }
}
