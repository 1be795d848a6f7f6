package io.vellamo.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.typesafe.config.ConfigFactory;
import io.vellamo.actors.Vellamo;
import io.vellamo.api.RecordColumns;
import io.vellamo.api.RetryableException;
import io.vellamo.api.group.GroupStateTimeout;
import io.vellamo.api.query.OutputMode;
import io.vellamo.api.query.RetryPolicy;
import io.vellamo.api.query.StreamingQuery;
import io.vellamo.api.query.StreamingQueryException;
import io.vellamo.api.query.Trigger;
import io.vellamo.api.sink.RowSink;
import io.vellamo.jdbc.FailingDataSource.Step;
import io.vellamo.servers.PostgreSqlExtension;
import io.vellamo.servers.PostgreSqlServer;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whole queries from one table to another. */
@ExtendWith(PostgreSqlExtension.class)
final class JdbcQueryTest {
  private static final int EVENTS = 200;
  private static final int EVENTS_PER_EPOCH = 20;

  record Purchase(long id, String customer, int amount) {}

  record Total(long lastPurchase, String customer, long amount) {}

  private final PostgreSqlServer server;
  // Started before each test.
  private ActorSystem system;
  private RetryPolicy retry = RetryPolicy.none();
  private JdbcSource<Purchase> purchases;
  private int journals;

  @TempDir private Path directory;

  JdbcQueryTest(PostgreSqlServer server) {
    this.server = server;
    this.purchases =
        JdbcSource.table(
            JdbcDatabase.at(server.url() + "?connectTimeout=1", PostgreSqlServer.USER, ""),
            "purchases",
            "id",
            RecordColumns.of(Purchase.class));
  }

  @BeforeEach
  void start() throws SQLException {
    system =
        ActorSystem.create(
            "jdbc",
            ConfigFactory.parseString(
                    """
                    pekko.loglevel = OFF
                    vellamo.query.shards = 4
                    vellamo.query.sink-ranges = 2
                    vellamo.embedded-journal.dir = "%s"
                    """
                        .formatted(directory.resolve("journal-" + journals++)))
                .withFallback(ConfigFactory.load()));
    server.execute("DROP TABLE IF EXISTS purchases, totals, latest, vellamo_epochs");
    server.execute(
        "CREATE TABLE purchases (id BIGSERIAL PRIMARY KEY, customer TEXT NOT NULL, amount INT NOT"
            + " NULL)");
    server.execute("CREATE TABLE totals (last_purchase BIGINT, customer TEXT, amount BIGINT)");
    server.execute(
        "CREATE TABLE latest (last_purchase BIGINT, customer TEXT PRIMARY KEY, amount BIGINT)");
    server.execute(
        "INSERT INTO purchases (customer, amount) SELECT 'c' || (n * n %% 17), n FROM generate_series(1, %d) AS n"
            .formatted(EVENTS));
  }

  @AfterEach
  void stop() {
    system.terminate();
    system.getWhenTerminated().toCompletableFuture().join();
  }

  @Test
  void undisturbedQuery_writesItsRows() throws Exception {
    JdbcDatabase database = JdbcDatabase.at(server.url(), PostgreSqlServer.USER, "");

    runUntilItEnds(insert(database));

    assertThat(totals()).containsExactlyElementsOf(undisturbed());
  }

  @ParameterizedTest
  @EnumSource(Step.class)
  void queryThatFails_atAnyStepOfATransaction_leavesTheUndisturbedTable(Step step)
      throws Exception {
    FailingDataSource failing = new FailingDataSource(server.dataSource());
    // Some of them while it opens, the others in different epochs.
    for (int passing : new int[] {0, 1, 3, 9}) {
      failing.failAt(step, passing);
      runUntilItEnds(insert(JdbcDatabase.of(failing)));
      runUntilItEnds(upsert(JdbcDatabase.of(failing)));

      assertThat(failing.hasFailed()).isTrue();
      assertThat(totals()).containsExactlyElementsOf(undisturbed());
      assertThat(latest()).isEqualTo(Tables.rows(server.dataSource(), LATEST_OF_TOTALS));
      stop();
      start();
    }
  }

  @Test
  void queryInTheOrderOfTimes_thatFails_leavesTheUndisturbedTable() throws Exception {
    server.execute(
        "ALTER TABLE purchases ADD COLUMN at TIMESTAMPTZ NOT NULL DEFAULT now() - interval '1 h'");
    // Seven purchases at a time, in the order of their ids.
    server.execute("UPDATE purchases SET at = at + (id / 7) * interval '1 s'");
    purchases =
        JdbcSource.table(
                JdbcDatabase.at(server.url(), PostgreSqlServer.USER, ""),
                "purchases",
                JdbcOrder.byTime("at", "id"),
                RecordColumns.of(Purchase.class))
            .withSettle(Duration.ofMillis(10));
    FailingDataSource failing = new FailingDataSource(server.dataSource());
    failing.failAt(Step.BEFORE_COMMIT, 3);

    runUntilItEnds(insert(JdbcDatabase.of(failing)));

    assertThat(failing.hasFailed()).isTrue();
    assertThat(totals()).containsExactlyElementsOf(undisturbed());
  }

  private static final String LATEST_OF_TOTALS =
      "SELECT max(last_purchase), customer, max(amount) FROM totals GROUP BY customer ORDER BY"
          + " customer";

  @Test
  void serverThatIsDownForAWhile_failsTheQueryRetryably_andLosesNothing() throws Exception {
    JdbcDatabase database =
        JdbcDatabase.at(server.url() + "?connectTimeout=1", PostgreSqlServer.USER, "");
    StreamingQuery query = query(insert(database), Trigger.asap());
    query.processAllAvailable();
    int writtenBefore = totals().size();

    server.stop();
    Throwable failure = awaitFailure(query);
    server.restart();
    server.execute(
        "INSERT INTO purchases (customer, amount) SELECT 'd' || n, n FROM generate_series(1, 100)"
            + " AS n");
    runUntilItEnds(insert(database));

    assertThat(failure).hasCauseInstanceOf(RetryableException.class);
    assertThat(writtenBefore).isEqualTo(EVENTS);
    assertThat(totals()).containsExactlyElementsOf(undisturbed());
  }

  @Test
  void serverThatIsDownForAWhile_isWaitedFor_andNothingIsLost() throws Exception {
    retry = RetryPolicy.of(Duration.ofMillis(100), Duration.ofSeconds(1), Duration.ofMinutes(5));
    JdbcDatabase database =
        JdbcDatabase.at(server.url() + "?connectTimeout=1", PostgreSqlServer.USER, "");
    StreamingQuery query = query(insert(database), Trigger.asap());
    query.processAllAvailable();

    server.stop();
    await().atMost(Duration.ofMinutes(1)).until(() -> query.status().outage().isPresent());
    server.restart();
    server.execute(
        "INSERT INTO purchases (customer, amount) SELECT 'd' || n, n FROM generate_series(1, 100)"
            + " AS n");

    await()
        .atMost(Duration.ofMinutes(1))
        .untilAsserted(() -> assertThat(totals()).containsExactlyElementsOf(undisturbed()));
    assertThat(query.isActive()).isTrue();
    query.stop();
  }

  private JdbcSink<Total> insert(JdbcDatabase database) {
    return JdbcSink.insert(database, "totals", RecordColumns.of(Total.class))
        .withBatchSize(8)
        .createEpochsTable();
  }

  private JdbcSink<Total> upsert(JdbcDatabase database) {
    return JdbcSink.upsert(database, "latest", RecordColumns.of(Total.class), "customer")
        .withBatchSize(8)
        .createEpochsTable();
  }

  /** Starts the query again and again until it ends without a failure. */
  private void runUntilItEnds(RowSink<Total> sink) throws InterruptedException {
    for (int run = 0; run < 3; run++) {
      try {
        query(sink, Trigger.availableNow()).awaitTermination();
        return;
      } catch (StreamingQueryException e) {
        assertThat(e).hasCauseInstanceOf(RetryableException.class);
      }
    }
    throw new AssertionError("the query must end after one failure");
  }

  private static Throwable awaitFailure(StreamingQuery query) throws InterruptedException {
    try {
      query.awaitTermination();
    } catch (StreamingQueryException e) {
      return e;
    }
    throw new AssertionError("the query must fail");
  }

  private StreamingQuery query(RowSink<Total> sink, Trigger trigger) {
    return Vellamo.get(Adapter.toTyped(system))
        .query("totals-" + sink.description().replaceAll("[^a-z]", ""))
        .from(purchases)
        .groupByKey(Purchase::customer)
        .flatMapGroupsWithState(
            OutputMode.UPDATE,
            GroupStateTimeout.NONE,
            Long.class,
            (customer, purchases, sum) -> {
              List<Total> totals = new ArrayList<>();
              while (purchases.hasNext()) {
                Purchase purchase = purchases.next();
                sum.update(sum.optional().orElse(0L) + purchase.amount());
                totals.add(new Total(purchase.id(), customer, sum.get()));
              }
              return totals.iterator();
            })
        .to(sink)
        .trigger(trigger)
        .maxEventsPerEpoch(EVENTS_PER_EPOCH)
        .retry(retry)
        .start();
  }

  private List<String> totals() throws SQLException {
    return Tables.rows(server.dataSource(), "SELECT * FROM totals ORDER BY last_purchase, amount");
  }

  private List<String> latest() throws SQLException {
    return Tables.rows(server.dataSource(), "SELECT * FROM latest ORDER BY customer");
  }

  /** Returns the expected rows, as the database computes them. */
  private List<String> undisturbed() throws SQLException {
    return Tables.rows(
        server.dataSource(),
        "SELECT id, customer, sum(amount) OVER (PARTITION BY customer ORDER BY id) FROM purchases"
            + " ORDER BY id");
  }
}
