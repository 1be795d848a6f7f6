package io.vellamo.checks.outages;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.vellamo.actors.Vellamo;
import io.vellamo.api.RecordColumns;
import io.vellamo.api.group.GroupStateTimeout;
import io.vellamo.api.query.OutputMode;
import io.vellamo.api.query.RetryPolicy;
import io.vellamo.api.query.StreamingQuery;
import io.vellamo.api.sink.RowSink;
import io.vellamo.api.source.EventSource;
import io.vellamo.cassandra.CassandraCluster;
import io.vellamo.cassandra.CassandraKey;
import io.vellamo.cassandra.CassandraSink;
import io.vellamo.connectors.file.JsonLines;
import io.vellamo.jdbc.JdbcDatabase;
import io.vellamo.jdbc.JdbcSink;
import io.vellamo.jdbc.JdbcSource;
import io.vellamo.kafka.KafkaSink;
import io.vellamo.kafka.KafkaSource;
import io.vellamo.servers.CassandraServer;
import io.vellamo.servers.PostgreSqlServer;
import io.vellamo.webhook.Webhook;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/**
 * The process that is killed: a query for each system.
 *
 * <p>Arguments: those of {@link Addresses}, and a {@link KillPoint}. Prints a line when all queries
 * have been started, and for each outage that begins or ends. Ends once its input does; with exit
 * code 3 if a query fails.
 */
final class OutageProgram {
  static final String STARTED = "started";
  static final String OUTAGE = "outage of ";
  static final String RECOVERED = "recovered ";

  private static final Duration LOOK = Duration.ofMillis(50);
  private static final int EVENTS_PER_EPOCH = 25;

  private final Addresses addresses;
  private final KillPoint killPoint;
  private final ActorSystem<Done> system;
  private final Map<String, StreamingQuery> queries = new TreeMap<>();
  private final Map<String, Boolean> outages = new HashMap<>();

  private OutageProgram(Addresses addresses, KillPoint killPoint) {
    this.addresses = addresses;
    this.killPoint = killPoint;
    this.system = ActorSystem.create(Behaviors.empty(), "outages", config(addresses));
  }

  /** Runs the queries until the input ends. */
  public static void main(String[] arguments) throws Exception {
    OutageProgram program =
        new OutageProgram(
            Addresses.from(arguments), KillPoint.parse(arguments[arguments.length - 1]));
    int exit = 0;
    try {
      program.startAll();
      System.out.println(STARTED);
      program.watch();
    } catch (Exception e) {
      e.printStackTrace(System.out);
      exit = 3;
    }
    program.system.terminate();
    program.system.getWhenTerminated().toCompletableFuture().join();
    System.exit(exit);
  }

  private void startAll() {
    start(KafkaTopics.NAME, kafkaSource(), kafkaSink());
    start(PostgreSqlTables.NAME, jdbcSource(), jdbcSink());
    start(CassandraTable.NAME, fileSource(), cassandraSink());
    start(HttpEndpoint.NAME, fileSource(), httpSink());
  }

  private void start(String name, EventSource<SiteVisit> source, RowSink<VisitTotal> sink) {
    StreamingQuery query =
        Vellamo.get(system)
            .query(name)
            .from(source)
            .groupByKey(SiteVisit::visitor, String.class)
            .flatMapGroupsWithState(
                OutputMode.UPDATE,
                GroupStateTimeout.NONE,
                VisitTotal.Sum.class,
                (visitor, visits, sum) ->
                    VisitTotal.rows(
                        visits, sum.optional().orElse(VisitTotal.Sum.NONE), sum::update))
            .to(KillingSink.around(name, sink, killPoint))
            .maxEventsPerEpoch(EVENTS_PER_EPOCH)
            .retry(
                RetryPolicy.of(
                    Duration.ofMillis(100), Duration.ofSeconds(1), Duration.ofMinutes(10)))
            .start();
    queries.put(name, query);
  }

  private void watch() throws Exception {
    CompletableFuture<Void> end = endOfInput();
    while (!end.isDone()) {
      for (Map.Entry<String, StreamingQuery> each : queries.entrySet()) {
        // Throws the failure of a query that has ended.
        each.getValue().awaitTermination(LOOK);
        report(each.getKey(), each.getValue().status().outage().isPresent());
      }
    }
    for (StreamingQuery query : queries.values()) {
      query.stop();
    }
  }

  /** Completes when the parent closes the input, or ends. */
  private static CompletableFuture<Void> endOfInput() {
    CompletableFuture<Void> end = new CompletableFuture<>();
    Thread reader =
        new Thread(
            () -> {
              try (InputStream input = System.in) {
                input.transferTo(OutputStream.nullOutputStream());
              } catch (IOException e) {
                // As if it had ended.
              }
              end.complete(null);
            },
            "input");
    reader.setDaemon(true);
    reader.start();
    return end;
  }

  private void report(String name, boolean hasOutage) {
    Boolean before = outages.put(name, hasOutage);
    if (hasOutage != Boolean.TRUE.equals(before)) {
      System.out.println((hasOutage ? OUTAGE : RECOVERED) + name);
    }
  }

  private EventSource<SiteVisit> kafkaSource() {
    return KafkaSource.of(addresses.brokers(), addresses.input())
        .json(SiteVisit.class)
        .withProperty("request.timeout.ms", 1_000)
        .withProperty("default.api.timeout.ms", 2_000);
  }

  private RowSink<VisitTotal> kafkaSink() {
    return KafkaSink.<VisitTotal>json(addresses.brokers(), addresses.output())
        .withKey(VisitTotal::visitor)
        .withProperty("max.block.ms", 2_000)
        .withProperty("request.timeout.ms", 1_000)
        .withProperty("delivery.timeout.ms", 2_000)
        .withProperty("default.api.timeout.ms", 2_000)
        // Shorter than the outage.
        .withProperty("transaction.timeout.ms", 5_000);
  }

  private JdbcDatabase database() {
    return JdbcDatabase.at(
        addresses.jdbcUrl() + "?connectTimeout=1&socketTimeout=5", PostgreSqlServer.USER, "");
  }

  private EventSource<SiteVisit> jdbcSource() {
    return JdbcSource.table(database(), addresses.input(), "id", RecordColumns.of(SiteVisit.class));
  }

  private RowSink<VisitTotal> jdbcSink() {
    return JdbcSink.insert(database(), addresses.output(), RecordColumns.of(VisitTotal.class))
        .createEpochsTable();
  }

  private EventSource<SiteVisit> fileSource() {
    return JsonLines.source(addresses.visits(), SiteVisit.class);
  }

  private RowSink<VisitTotal> cassandraSink() {
    InetSocketAddress node =
        new InetSocketAddress(InetAddress.getLoopbackAddress(), addresses.cassandraPort());
    return CassandraSink.upsert(
            CassandraCluster.at(List.of(node), CassandraServer.DATACENTER),
            CassandraTable.KEYSPACE + "." + addresses.output(),
            RecordColumns.of(VisitTotal.class),
            CassandraKey.of("visitor", "nth"))
        .createTables();
  }

  private RowSink<VisitTotal> httpSink() {
    URI endpoint =
        URI.create("http://localhost:%d/%s".formatted(addresses.httpPort(), addresses.output()));
    return Webhook.<VisitTotal>sink(endpoint)
        .orderedBy(VisitTotal::visitor)
        .withTimeout(Duration.ofSeconds(2))
        .withRetries(3, Duration.ofMillis(10), Duration.ofMillis(100));
  }

  private static Config config(Addresses addresses) {
    return ConfigFactory.parseString(
            """
            pekko.loglevel = ERROR
            vellamo.query.shards = 4
            vellamo.query.sink-ranges = 2
            vellamo.journal.least-snapshot-size = 4 KiB
            vellamo.embedded-journal.dir = "%s"
            """
                .formatted(addresses.directory().resolve("journal")))
        .withFallback(ConfigFactory.load());
  }
}
