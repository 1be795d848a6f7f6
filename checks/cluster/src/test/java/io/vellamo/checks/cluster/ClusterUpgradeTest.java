package io.vellamo.checks.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.vellamo.servers.PostgreSqlExtension;
import io.vellamo.servers.PostgreSqlServer;
import io.vellamo.servers.jvm.JvmProgram;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Nodes of consecutive builds in one cluster. Later builds are made of the current one: all their
 * messages and journal records have another form.
 */
@ExtendWith({PostgreSqlExtension.class, NodeProgramExtension.class})
@Timeout(value = 5, unit = TimeUnit.MINUTES)
final class ClusterUpgradeTest {
  private static final int NODES = 2;

  private final PostgreSqlServer server;
  private final JvmProgram program;

  @TempDir private Path directory;

  ClusterUpgradeTest(PostgreSqlServer server, JvmProgram program) {
    this.server = server;
    this.program = program;
  }

  @Test
  void nodes_upgradedOneAfterTheOther_loseAndRepeatNothing() throws Exception {
    TestDatabase database = TestDatabase.create(server, "upgraded");
    try (TestCluster cluster = TestCluster.create(program, "cluster", NODES, database, directory)) {
      cluster.startAll();
      upgrade(cluster, NodeBuild.NEXT);
      assertThat(database.countRecords(LaterForms.later("shard-changed-1"))).isZero();

      upgrade(cluster, NodeBuild.AFTER_NEXT);
      assertThat(database.countRecords(LaterForms.later("shard-changed-1"))).isPositive();
      assertThat(cluster.finish().runs()).isGreaterThan(NODES);
    }
  }

  private static void upgrade(TestCluster cluster, NodeBuild build) throws Exception {
    for (int number = 1; number <= NODES; number++) {
      TestNode node = cluster.node(number);
      cluster.awaitShare(node);
      assertThat(node.leave()).as("exit code of node %d", number).isZero();
      cluster.start(node, build);
      cluster.awaitJoined();
      cluster.awaitShare(node);
      cluster.awaitProgress("with node %d of build %s".formatted(number, build));
    }
  }

  @Test
  void nodeOfABuildThatIsTooNew_isNamedInTheLog_andGetsNoShards() throws Exception {
    TestDatabase database = TestDatabase.create(server, "too_new");
    try (TestCluster cluster = TestCluster.create(program, "cluster", NODES, database, directory)) {
      TestNode current = cluster.node(1);
      cluster.start(current);
      cluster.awaitShare(current);
      TestNode tooNew = cluster.node(2);
      cluster.start(tooNew, NodeBuild.AFTER_NEXT);
      cluster.awaitJoined();

      cluster.await(
          "both versions in the log",
          () -> current.hasLogged("which are [home-register-1], has manifest [home-register-101]"));
      cluster.awaitProgress("with a node that is too new");
      assertThat(tooNew.report().rows()).isEmpty();
      cluster.settle();
    }
  }
}
