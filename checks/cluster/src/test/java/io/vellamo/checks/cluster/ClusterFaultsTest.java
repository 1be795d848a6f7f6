package io.vellamo.checks.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.vellamo.servers.PostgreSqlExtension;
import io.vellamo.servers.PostgreSqlServer;
import io.vellamo.servers.jvm.JvmProgram;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Faults of the nodes of a cluster of three that runs through all tests, as a start takes longer
 * than a fault. {@code -Dseed=N} repeats a run, {@code -Drounds=N} lengthens it.
 */
@ExtendWith({PostgreSqlExtension.class, NodeProgramExtension.class})
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 8, unit = TimeUnit.MINUTES)
final class ClusterFaultsTest {
  private static final long SEED = Long.getLong("seed", 42);
  private static final int ROUNDS = Integer.getInteger("rounds", 1);
  private static final int NODES = 3;

  private final SplittableRandom random = new SplittableRandom(SEED);
  private final TestDatabase database;
  private final TestCluster cluster;

  ClusterFaultsTest(PostgreSqlServer server, JvmProgram program, @TempDir Path directory)
      throws Exception {
    database = TestDatabase.create(server, "clustered");
    cluster = TestCluster.create(program, "cluster", NODES, database, directory);
  }

  @BeforeAll
  @Timeout(value = 4, unit = TimeUnit.MINUTES)
  void start() throws Exception {
    cluster.startAll();
  }

  @BeforeEach
  @Timeout(value = 4, unit = TimeUnit.MINUTES)
  void heal() throws Exception {
    cluster.heal();
    cluster.awaitProgress("before the fault");
  }

  @AfterEach
  @Timeout(value = 4, unit = TimeUnit.MINUTES)
  void settle() throws Exception {
    cluster.settle();
  }

  @AfterAll
  @Timeout(value = 4, unit = TimeUnit.MINUTES)
  void stop() throws Exception {
    cluster.close();
  }

  private TestNode anyNode() {
    return cluster.node(1 + random.nextInt(NODES));
  }

  @Test
  void nodes_killedOneAfterTheOther_loseAndRepeatNothing() throws Exception {
    for (int kill = 0; kill < 3 * ROUNDS; kill++) {
      TestNode node = anyNode();
      long rows = database.countRows() + random.nextLong(2_000);
      cluster.await("rows before a kill", () -> database.countRows() >= rows);
      node.kill();
      // Sometimes at once, sometimes after the others have taken over.
      if (random.nextBoolean()) {
        cluster.awaitProgress("without node " + node.number());
      }
      cluster.heal();
    }
  }

  @Test
  void nodeOfTheCoordinator_pausedUntilItIsReplaced_writesNothingMore() throws Exception {
    for (int pause = 0; pause < ROUNDS; pause++) {
      TestNode paused = cluster.oldest();
      paused.pause();
      cluster.awaitProgress("without the paused node");
      paused.resume();
      // The others have removed it, of which it learns now.
      paused.awaitExit();
      cluster.heal();
    }
  }

  @Test
  void nodeOfTheCoordinator_cutFromTheOthers_isReplacedAndEnds() throws Exception {
    for (int cut = 0; cut < ROUNDS; cut++) {
      TestNode isolated = cluster.oldest();
      cluster.isolate(isolated);
      cluster.awaitProgress("without the isolated node");
      isolated.awaitExit();
      cluster.heal();
    }
  }

  @Test
  void node_cutFromTheDatabaseOnly_goesOnOnceItIsBack_orAfterAnotherStart() throws Exception {
    for (int cut = 0; cut < ROUNDS; cut++) {
      TestNode node = anyNode();
      long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(4_000 + random.nextInt(8_000));
      node.cutDatabase();
      cluster.await("the end of the cut", () -> System.nanoTime() - end >= 0);
      cluster.restore();
      cluster.awaitProgressOfRestarted("after the database is back");
    }
  }

  @Test
  void nodes_restartedOneAfterTheOther_leaveWithoutFailure() throws Exception {
    for (int restart = 0; restart < NODES * ROUNDS; restart++) {
      TestNode node = cluster.node(1 + restart % NODES);

      assertThat(node.leave()).as("exit code of node %d", node.number()).isZero();
      cluster.awaitProgress("without node " + node.number());
      cluster.heal();
    }
  }
}
