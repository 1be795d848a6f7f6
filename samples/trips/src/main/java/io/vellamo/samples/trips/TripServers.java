package io.vellamo.samples.trips;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import com.datastax.oss.driver.api.core.config.DriverConfigLoader;
import io.vellamo.cli.terminal.Terminal;
import io.vellamo.servers.CassandraServer;
import io.vellamo.servers.KafkaServer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/**
 * Kafka and Cassandra on free ports of this machine, with a topic and a keyspace. Their data stay
 * in a directory.
 */
final class TripServers implements AutoCloseable {
  private static final int PARTITIONS = 4;
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final KafkaServer kafka;
  private final CassandraServer cassandra;
  private final CqlSession session;

  private TripServers(KafkaServer kafka, CassandraServer cassandra, CqlSession session) {
    this.kafka = kafka;
    this.cassandra = cassandra;
    this.session = session;
  }

  static TripServers start(Path data, Terminal terminal) throws IOException, InterruptedException {
    terminal.print("Kafka and Cassandra start, which takes about half a minute ...");
    KafkaServer kafka = KafkaServer.start(data.resolve("kafka"));
    CassandraServer cassandra = null;
    try {
      createTopic(kafka.address());
      cassandra = CassandraServer.start(data.resolve("cassandra"));
      CqlSession session = connect(cassandra);
      terminal.print(
          "Kafka is at %s, Cassandra at 127.0.0.1:%d".formatted(kafka.address(), cassandra.port()));
      return new TripServers(kafka, cassandra, session);
    } catch (RuntimeException | Error | InterruptedException e) {
      if (cassandra != null) {
        cassandra.close();
      }
      kafka.close();
      throw e;
    }
  }

  private static void createTopic(String brokers) throws InterruptedException {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", brokers))) {
      if (!admin.listTopics().names().get().contains(TripQueries.TOPIC)) {
        NewTopic topic = new NewTopic(TripQueries.TOPIC, PARTITIONS, (short) 1);
        admin.createTopics(Set.of(topic)).all().get();
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException(
          "Topic [%s] must be created at [%s]".formatted(TripQueries.TOPIC, brokers), e);
    }
  }

  private static CqlSession connect(CassandraServer cassandra) {
    CqlSession session =
        CqlSession.builder()
            .addContactPoint(cassandra.address())
            .withLocalDatacenter(CassandraServer.DATACENTER)
            .withConfigLoader(
                DriverConfigLoader.programmaticBuilder()
                    .withDuration(DefaultDriverOption.REQUEST_TIMEOUT, PATIENCE)
                    .withDuration(DefaultDriverOption.CONTROL_CONNECTION_TIMEOUT, PATIENCE)
                    .withDuration(DefaultDriverOption.CONNECTION_INIT_QUERY_TIMEOUT, PATIENCE)
                    .build())
            .build();
    session.execute(
        "CREATE KEYSPACE IF NOT EXISTS %s WITH replication ="
            .concat(" {'class': 'SimpleStrategy', 'replication_factor': 1}")
            .formatted(TripQueries.KEYSPACE));
    return session;
  }

  String brokers() {
    return kafka.address();
  }

  CqlSession session() {
    return session;
  }

  @Override
  public void close() throws IOException {
    session.close();
    cassandra.close();
    kafka.close();
  }
}
