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
 * Writes of a node that others have replaced, to a journal that refuses them and to one that does
 * not: only the journal tells them apart, and the checks find what it lets pass.
 */
@ExtendWith({PostgreSqlExtension.class, NodeProgramExtension.class})
@Timeout(value = 5, unit = TimeUnit.MINUTES)
final class ClusterFencingTest {
  private static final int NODES = 3;

  @Test
  void writesOfAReplacedNode_countOnlyWithoutFencing(
      PostgreSqlServer server, JvmProgram program, @TempDir Path directory) throws Exception {
    TestDatabase database = TestDatabase.create(server, "late_writes");
    try (TestCluster cluster = TestCluster.create(program, "cluster", NODES, database, directory)) {
      cluster.startAll();
      cluster.replaceAndLetWrite(cluster.younger());
      cluster.heal();
      cluster.settle();

      database.switchFencingOff();
      cluster.replaceAndLetWrite(cluster.younger());

      assertThat(WriterCheck.of(database.dataSource(), database.name()).violations())
          .anyMatch(
              violation ->
                  violation.contains("[vellamo-shard|")
                      && violation.endsWith("must be the only record at its place"));
    }
  }
}
