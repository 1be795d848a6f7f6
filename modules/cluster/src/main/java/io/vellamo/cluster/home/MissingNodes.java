package io.vellamo.cluster.home;

import io.vellamo.cluster.settings.ClusterSettings;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.StreamSupport;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.cluster.Member;
import org.apache.pekko.cluster.MemberStatus;
import org.apache.pekko.cluster.typed.Cluster;

/** The other nodes of the cluster that have to define a query, and have not. */
final class MissingNodes {
  private final Cluster cluster;
  private final ClusterSettings settings;
  private Set<String> defined = Set.of();
  private Set<String> missing = Set.of();

  MissingNodes(ActorSystem<?> system, ClusterSettings settings) {
    this.cluster = Cluster.get(system);
    this.settings = settings;
  }

  /** Takes the addresses of the nodes that have defined the query. */
  void defined(Set<String> nodes) {
    defined = nodes;
  }

  /** Compares with the members of the cluster; returns whether other nodes are missing now. */
  boolean haveChanged() {
    Set<String> now = new TreeSet<>();
    StreamSupport.stream(cluster.state().getMembers().spliterator(), false)
        .filter(this::runsQueries)
        .map(member -> member.address().toString())
        .filter(address -> !defined.contains(address))
        .forEach(now::add);
    boolean areOthers = !now.equals(missing);
    missing = now;
    return areOthers;
  }

  private boolean runsQueries(Member member) {
    return !member.equals(cluster.selfMember())
        && member.status().equals(MemberStatus.up())
        && (settings.role().isEmpty() || member.hasRole(settings.role()));
  }

  /** Returns the addresses of the missing nodes. */
  Set<String> addresses() {
    return missing;
  }
}
