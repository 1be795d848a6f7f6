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

/** A query whose cluster grows to three nodes and shrinks again, while its input goes on. */
@ExtendWith({PostgreSqlExtension.class, NodeProgramExtension.class})
@Timeout(value = 5, unit = TimeUnit.MINUTES)
final class ClusterScalingTest {
  private static final int NODES = 3;

  /** After a crash, acceptable-heartbeat-pause and stable-after of node.conf alone take longer. */
  private static final long GRACEFUL_MILLIS = 8_000;

  @Test
  void nodes_joinAndLeave_andShardsMoveOneByOne(
      PostgreSqlServer server, JvmProgram program, @TempDir Path directory) throws Exception {
    TestDatabase database = TestDatabase.create(server, "scaled");
    try (TestCluster cluster = TestCluster.create(program, "cluster", NODES, database, directory)) {
      cluster.start(cluster.node(1));
      cluster.awaitShare(cluster.node(1));
      cluster.start(cluster.node(2));
      cluster.start(cluster.node(3));
      cluster.awaitJoined();
      cluster.awaitShare(cluster.node(2));
      cluster.awaitShare(cluster.node(3));

      long moved = HandOvers.ofShards(database).millis().size();
      leave(cluster, cluster.node(2));
      assertThat(HandOvers.ofShards(database).millis())
          .hasSizeGreaterThanOrEqualTo((int) moved + NODES);
      assertThat(WriterCheck.of(database.dataSource(), database.name()).runs())
          .as("runs, as the coordinator has not moved")
          .isEqualTo(1);

      moved = HandOvers.ofShards(database).millis().size();
      leave(cluster, cluster.node(1));
      assertThat(cluster.finish().runs()).isEqualTo(2);
      assertThat(HandOvers.ofShards(database).millis())
          .as("hand-overs, as the shards of node 3 have stayed when the coordinator moved")
          .hasSizeLessThan((int) moved + NodeSettings.SHARDS);
    }
    HandOvers shards = HandOvers.ofShards(database);
    System.out.printf(
        "Hand-overs of shards: %s%nHand-overs of the coordinator: %s%n",
        shards, HandOvers.ofCoordinator(database));
    assertThat(shards.median()).isLessThan(GRACEFUL_MILLIS);
  }

  private static void leave(TestCluster cluster, TestNode node) throws Exception {
    cluster.awaitProgress("before node %d leaves".formatted(node.number()));
    assertThat(node.leave()).as("exit code of node %d", node.number()).isZero();
    cluster.awaitJoined();
    cluster.awaitProgress("without node " + node.number());
  }
}
