package io.vellamo.cassandra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.datastax.oss.driver.api.core.cql.BoundStatementBuilder;
import com.typesafe.config.ConfigFactory;
import io.vellamo.actors.Vellamo;
import io.vellamo.api.RecordColumns;
import io.vellamo.api.RetryableException;
import io.vellamo.api.group.GroupState;
import io.vellamo.api.group.GroupStateTimeout;
import io.vellamo.api.group.StateRows;
import io.vellamo.api.query.OutputMode;
import io.vellamo.api.query.RetryPolicy;
import io.vellamo.api.query.StreamingQuery;
import io.vellamo.api.query.StreamingQueryException;
import io.vellamo.api.query.Trigger;
import io.vellamo.api.sink.RowSink;
import io.vellamo.connectors.memory.MemorySource;
import io.vellamo.servers.CassandraExtension;
import io.vellamo.servers.CassandraServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Whole queries whose states are in a table. */
@ExtendWith(CassandraExtension.class)
@Timeout(180)
final class CassandraQueryTest {
  private static final int EVENTS_PER_EPOCH = 10;

  /** Points that a player has won; none end the game and remove the state. */
  record Points(String player, int points) {}

  record Game(long points, long rounds) {}

  /** A player's game; null if there is none. */
  record GameRow(String player, @Nullable Game game) {}

  private final CassandraServer server;
  private final String table = TestCluster.newTable();
  private final MemorySource<Points> points = MemorySource.create();
  private final List<Points> added = new ArrayList<>();
  private RetryPolicy retry = RetryPolicy.none();
  // Both started before each test.
  private TestCluster cluster;
  private ActorSystem system;

  @TempDir private Path directory;

  CassandraQueryTest(CassandraServer server) {
    this.server = server;
  }

  @BeforeEach
  void start() {
    cluster = TestCluster.of(server);
    system =
        ActorSystem.create(
            "cassandra",
            ConfigFactory.parseString(
                    """
                    pekko.loglevel = OFF
                    vellamo.query.shards = 4
                    vellamo.embedded-journal.dir = "%s"
                    """
                        .formatted(directory))
                .withFallback(ConfigFactory.load()));
  }

  @AfterEach
  void stop() {
    system.terminate();
    system.getWhenTerminated().toCompletableFuture().join();
    cluster.close();
  }

  @Test
  void states_areRowsWhileTheyExist() throws Exception {
    play(100);

    query(states(), Trigger.availableNow()).awaitTermination();

    assertThat(games()).isNotEmpty().containsExactlyElementsOf(undisturbed());
    play(100);
    query(states(), Trigger.availableNow()).awaitTermination();
    assertThat(games()).containsExactlyElementsOf(undisturbed());
  }

  @Test
  void queryThatFails_inTheMiddleOfAnyEpoch_leavesTheUndisturbedTable() throws Exception {
    states().tablesCql().forEach(cluster::execute);
    AtomicInteger writes = new AtomicInteger();
    CassandraSink<GameRow> failing =
        CassandraSink.statement(
            cluster.cluster(),
            table,
            "INSERT INTO %s (player, game_points, game_rounds) VALUES (?, ?, ?)".formatted(table),
            GameRow::player,
            (statement, row) -> {
              if (writes.incrementAndGet() % 13 == 0) {
                throw new RetryableException("broken on purpose", null);
              }
              return bind(statement, row);
            });
    play(200);

    int failures = 0;
    for (boolean ends = false; !ends; ) {
      try {
        query(failing, Trigger.availableNow()).awaitTermination();
        ends = true;
      } catch (StreamingQueryException e) {
        assertThat(e).hasCauseInstanceOf(RetryableException.class);
        failures++;
      }
    }

    assertThat(failures).isGreaterThan(5);
    // The statement writes nulls where the sink of states deletes the row.
    assertThat(games())
        .filteredOn(row -> !row.endsWith("null"))
        .containsExactlyElementsOf(undisturbed());
  }

  @Test
  void nodeThatIsDownForAWhile_failsTheQueryRetryably_andLosesNothing() throws Exception {
    play(50);
    StreamingQuery query = query(states(), Trigger.asap());
    query.processAllAvailable();
    List<String> before = games();

    server.stop();
    play(50);
    Throwable failure = awaitFailure(query);
    server.restart();
    // The test's own session; the query's is a new one, as the sink has been opened again.
    cluster.close();
    cluster = TestCluster.of(server);
    query(states(), Trigger.availableNow()).awaitTermination();

    assertThat(before).isNotEmpty();
    assertThat(failure).hasCauseInstanceOf(RetryableException.class);
    assertThat(games()).containsExactlyElementsOf(undisturbed());
  }

  @Test
  void nodeThatIsDownForAWhile_isWaitedFor_andNothingIsLost() throws Exception {
    retry = RetryPolicy.of(Duration.ofMillis(100), Duration.ofSeconds(1), Duration.ofMinutes(5));
    play(50);
    StreamingQuery query = query(states(), Trigger.asap());
    query.processAllAvailable();

    server.stop();
    play(50);
    await().atMost(Duration.ofMinutes(1)).until(() -> query.status().outage().isPresent());
    server.restart();
    cluster.close();
    cluster = TestCluster.of(server);

    await()
        .atMost(Duration.ofMinutes(1))
        .untilAsserted(() -> assertThat(games()).containsExactlyElementsOf(undisturbed()));
    assertThat(query.isActive()).isTrue();
    query.stop();
  }

  private static BoundStatementBuilder bind(BoundStatementBuilder statement, GameRow row) {
    BoundStatementBuilder named = statement.setString(0, row.player());
    return row.game() == null
        ? named.setToNull(1).setToNull(2)
        : named.setLong(1, row.game().points()).setLong(2, row.game().rounds());
  }

  private CassandraSink<GameRow> states() {
    return CassandraSink.upsertOrDelete(
            CassandraCluster.at(List.of(server.address()), CassandraServer.DATACENTER),
            table,
            RecordColumns.of(GameRow.class),
            CassandraKey.of("player"),
            row -> row.game() == null)
        .createTables();
  }

  private StreamingQuery query(RowSink<GameRow> sink, Trigger trigger) {
    return Vellamo.get(Adapter.toTyped(system))
        .query("games")
        .from(points)
        .groupByKey(Points::player)
        .flatMapGroupsWithState(
            OutputMode.UPDATE,
            GroupStateTimeout.NONE,
            Game.class,
            StateRows.of(
                CassandraQueryTest::play, GameRow::new, player -> new GameRow(player, null)))
        .to(sink)
        .trigger(trigger)
        .maxEventsPerEpoch(EVENTS_PER_EPOCH)
        .retry(retry)
        .start();
  }

  private static void play(String player, Iterator<Points> rounds, GroupState<Game> state) {
    while (rounds.hasNext()) {
      int points = rounds.next().points();
      if (points == 0) {
        state.remove();
      } else {
        Game game = state.optional().orElse(new Game(0, 0));
        state.update(new Game(game.points + points, game.rounds + 1));
      }
    }
  }

  private void play(int count) {
    for (int i = 0; i < count; i++) {
      int n = added.size();
      added.add(new Points("player-" + n * n % 23, n % 6));
    }
    points.addTo(0, added.subList(added.size() - count, added.size()));
  }

  /** The games by a plain loop over all events. */
  private List<String> undisturbed() {
    Map<String, Game> games = new TreeMap<>();
    for (Points round : added) {
      if (round.points() == 0) {
        games.remove(round.player());
      } else {
        Game game = games.getOrDefault(round.player(), new Game(0, 0));
        games.put(round.player(), new Game(game.points + round.points(), game.rounds + 1));
      }
    }
    List<String> rows = new ArrayList<>();
    games.forEach((player, game) -> rows.add(player + "," + game.points + "," + game.rounds));
    rows.sort(null);
    return rows;
  }

  private List<String> games() {
    return cluster.rows("SELECT player, game_points, game_rounds FROM " + table);
  }

  private static Throwable awaitFailure(StreamingQuery query) throws InterruptedException {
    try {
      query.awaitTermination();
    } catch (StreamingQueryException e) {
      return e;
    }
    throw new AssertionError("the query must fail");
  }
}
