package io.vellamo.cluster.checks;

import com.typesafe.config.Config;
import io.vellamo.cluster.settings.ClusterSettings;
import io.vellamo.engine.pipeline.PreparedQuery;
import io.vellamo.persistence.journal.JournalOptions;
import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.cluster.typed.Cluster;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The checks before a query starts on a node of a cluster: of the node's configuration, the
 * journal, and the query's sources and sinks.
 *
 * <p>Also logs a warning while the cluster has an even number of nodes and the strategy {@code
 * keep-majority}.
 *
 * <p><b>Threading</b> Safe to share; one instance for each actor system.
 */
public final class ClusterChecks {
  private static final Logger LOG = LoggerFactory.getLogger(ClusterChecks.class);

  private final ActorSystem<?> system;
  private final ClusterSettings settings;
  private final JournalOptions journal;
  // The risks of node and journal that the user accepts; null until they have been checked. Guarded
  // by this.
  private @Nullable List<String> risks;

  private ClusterChecks(ActorSystem<?> system, ClusterSettings settings, JournalOptions journal) {
    this.system = system;
    this.settings = settings;
    this.journal = journal;
  }

  /**
   * Creates the checks of a node.
   *
   * @param system the node's actor system, a member of a cluster
   * @param settings the configuration of the cluster runtime
   * @param journal the configuration of the journal
   */
  public static ClusterChecks create(
      ActorSystem<?> system, ClusterSettings settings, JournalOptions journal) {
    EvenMajority.watch(system);
    return new ClusterChecks(system, settings, journal);
  }

  /**
   * Checks that a query can run in the cluster.
   *
   * <p><b>Threading</b> The first call blocks while a journal that is not known is tested, for at
   * most {@code vellamo.cluster.probe-timeout}. Must not be called by an actor.
   *
   * @param query the query, before it starts
   * @return a sentence for each risk that the user has accepted by a setting, for the query's
   *     description; each is logged as a warning too
   * @throws IllegalStateException if the query must not start; the message says what to change
   */
  public List<String> require(PreparedQuery query) {
    List<String> all = new ArrayList<>(requireNode());
    List<String> limits = ConnectorChecks.limits(query.plan());
    if (!limits.isEmpty() && !settings.acceptsOneNodeConnectors()) {
      throw new IllegalStateException(
          limits.get(0)
              + ". If it is the same on all nodes, set vellamo.cluster.one-node-connectors = accept");
    }
    limits.forEach(LOG::warn);
    all.addAll(limits);
    return List.copyOf(all);
  }

  private synchronized List<String> requireNode() {
    if (risks == null) {
      Config config = system.settings().config();
      ClusterJournalChecks checks = new ClusterJournalChecks(config, settings, journal);
      NodeChecks.requireDowningProvider(config);
      NodeChecks.requireNoJavaSerialization(config, checks.journal());
      NodeChecks.requireRole(settings.role(), Cluster.get(system).selfMember().getRoles());
      risks = checks.risk(unknown -> probe(checks)).stream().toList();
      risks.forEach(LOG::warn);
    }
    return risks;
  }

  private boolean probe(ClusterJournalChecks checks) {
    // The same log each time on a node: journals keep the last number of a deleted log.
    String id = "vellamo-probe|" + Cluster.get(system).selfMember().address();
    return JournalProbe.refusesSecondWrite(
        system,
        new ProbeWriter.Log(checks.journal().id(), checks.snapshots().id(), id),
        settings.probeTimeout());
  }
}
