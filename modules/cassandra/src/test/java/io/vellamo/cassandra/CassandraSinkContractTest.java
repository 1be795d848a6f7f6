package io.vellamo.cassandra;

import io.vellamo.api.RecordColumns;
import io.vellamo.api.sink.RowSink;
import io.vellamo.servers.CassandraExtension;
import io.vellamo.servers.CassandraServer;
import io.vellamo.testkit.contract.SinkContract;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(CassandraExtension.class)
final class CassandraSinkContractTest extends SinkContract<Score> {
  private final CassandraServer server;
  private final TestCluster cluster;
  private final String table = TestCluster.newTable();

  CassandraSinkContractTest(CassandraServer server) {
    this.server = server;
    this.cluster = TestCluster.of(server);
  }

  @AfterEach
  void closeSession() {
    cluster.close();
  }

  @Override
  protected RowSink<Score> createSink() {
    return CassandraSink.upsert(
            CassandraCluster.at(List.of(server.address()), CassandraServer.DATACENTER),
            table,
            RecordColumns.of(Score.class),
            CassandraKey.of("number"))
        .createTables();
  }

  @Override
  protected Score row(int number) {
    return Score.of(number);
  }

  @Override
  protected List<Score> written() {
    List<Score> rows = new ArrayList<>();
    for (String row : cluster.rows("SELECT number, text FROM " + table)) {
      String[] values = row.split(",", -1);
      rows.add(new Score(Integer.parseInt(values[0]), values[1]));
    }
    // A table has no order over its partitions.
    rows.sort(Comparator.comparingInt(Score::number));
    return rows;
  }
}
