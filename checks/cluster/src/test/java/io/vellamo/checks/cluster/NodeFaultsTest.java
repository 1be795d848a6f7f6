package io.vellamo.checks.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.vellamo.servers.PostgreSqlExtension;
import io.vellamo.servers.PostgreSqlServer;
import io.vellamo.servers.jvm.JvmProgram;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Faults of nodes that know nothing of each other: what protects their query is the journal alone.
 * {@code -Dseed=N} repeats a run, {@code -Drounds=N} lengthens it.
 */
@ExtendWith({PostgreSqlExtension.class, NodeProgramExtension.class})
@Timeout(value = 10, unit = TimeUnit.MINUTES)
final class NodeFaultsTest {
  private static final long SEED = Long.getLong("seed", 42);
  private static final int ROUNDS = Integer.getInteger("rounds", 1);
  private static final int QUERY_FAILED = 3;

  /** As many events as are released while a call of the database waits for its timeout. */
  private static final int LONGER_THAN_CALLS = 2_000;

  private final PostgreSqlServer server;
  private final JvmProgram program;

  @TempDir private Path directory;

  NodeFaultsTest(PostgreSqlServer server, JvmProgram program) {
    this.server = server;
    this.program = program;
  }

  private TestCluster create(int nodes, TestDatabase database) throws Exception {
    return TestCluster.create(program, "local", nodes, database, directory);
  }

  @Test
  void killedNode_startedAgain_writesEachRowOnce() throws Exception {
    SplittableRandom random = new SplittableRandom(SEED);
    TestDatabase database = TestDatabase.create(server, "killed");
    try (TestCluster cluster = create(1, database)) {
      cluster.startAll();
      for (int kill = 0; kill < 2 * ROUNDS; kill++) {
        long rows = database.countRows() + random.nextLong(300);
        cluster.await("rows before a kill", () -> database.countRows() >= rows);
        cluster.node(1).kill();
        cluster.start(cluster.node(1));
      }

      assertThat(cluster.finish().runs()).isEqualTo(1 + 2 * ROUNDS);
    }
  }

  @Test
  void pausedNode_whoseQueryAnotherNodeTookOver_writesNothingMore() throws Exception {
    TestDatabase database = TestDatabase.create(server, "taken_over");
    try (TestCluster cluster = create(2, database)) {
      takeOver(cluster);

      assertThat(cluster.finish().runs()).isEqualTo(2);
    }
  }

  @Test
  void pausedNode_withoutFencing_isFoundToHaveWritten() throws Exception {
    TestDatabase database = TestDatabase.create(server, "unfenced");
    database.switchFencingOff();
    try (TestCluster cluster = create(2, database)) {
      takeOver(cluster);

      assertThat(WriterCheck.of(database.dataSource(), database.name()).violations())
          .anyMatch(violation -> violation.endsWith("must be the only record at its place"));
    }
  }

  /** Pauses the first node, lets the second run its query, and continues the first, which ends. */
  private static void takeOver(TestCluster cluster) throws Exception {
    cluster.start(cluster.node(1));
    cluster.awaitProgress("of the first node");
    cluster.node(1).pause();
    cluster.start(cluster.node(2));
    cluster.awaitProgress("of the second node");
    cluster.node(1).resume();

    assertThat(cluster.node(1).awaitExit()).isEqualTo(QUERY_FAILED);
  }

  @Test
  void nodeCutFromItsDatabase_goesOnOnceItIsBack_orAfterAnotherStart() throws Exception {
    TestDatabase database = TestDatabase.create(server, "cut");
    try (TestCluster cluster = create(1, database)) {
      cluster.startAll();
      for (int cut = 0; cut < ROUNDS; cut++) {
        cluster.node(1).cutDatabase();
        cluster.awaitReleased(LONGER_THAN_CALLS);
        cluster.restore();
        cluster.awaitProgressOfRestarted("after the cut");
      }
      cluster.finish();
    }
  }
}
