package io.vellamo.actors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonAlias;
import io.vellamo.api.SerializationException;
import io.vellamo.api.group.GroupStateTimeout;
import io.vellamo.api.group.StateType;
import io.vellamo.api.query.StreamingQuery;
import io.vellamo.api.query.StreamingQueryException;
import io.vellamo.api.query.Trigger;
import io.vellamo.api.sink.RowSink;
import io.vellamo.connectors.foreach.ForeachBatch;
import io.vellamo.connectors.memory.MemorySink;
import io.vellamo.connectors.memory.MemorySource;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.assertj.core.util.Throwables;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A query whose state class changes between its starts, each in a system of its own. */
final class EvolvingStateTest {
  static final class First {
    record Visit(String user, int clicks) {}

    private First() {}
  }

  /** Lost nothing, gained a property, and one has another name. */
  static final class Grown {
    record Visit(String user, @JsonAlias("clicks") int count, @Nullable String note) {}

    private Grown() {}
  }

  static final class OtherType {
    record Visit(List<String> user, int clicks) {}

    private OtherType() {}
  }

  static final class Second {
    record User(String name) {}

    record Visit(User user, int clicks) {}

    private Second() {}
  }

  static final class Third {
    record Visit(Second.User user, Map<String, Integer> clicks) {}

    private Third() {}
  }

  /** Counts how often it is read, and refuses if told so. */
  record Watched(String user, int clicks) {
    static final AtomicInteger READS = new AtomicInteger();
    static final AtomicBoolean REFUSES = new AtomicBoolean();

    Watched {
      READS.incrementAndGet();
      if (REFUSES.get()) {
        throw new IllegalStateException("refused on purpose, " + user);
      }
    }
  }

  private static final StateType<Second.Visit> SECOND =
      StateType.of(Second.Visit.class)
          .migration(
              1,
              state -> {
                state.computeIfPresent("user", (property, name) -> Map.of("name", name));
                return state;
              });
  private static final StateType<Third.Visit> THIRD =
      StateType.of(Third.Visit.class)
          .migration(1, SECOND.steps().get(0)::migrate)
          .migration(
              2,
              state -> {
                state.computeIfPresent("clicks", (property, clicks) -> Map.of("old", clicks));
                return state;
              });

  private final MemorySource<String> users = MemorySource.create();
  private final MemorySink<String> rows = MemorySink.create();

  @TempDir private Path directory;

  @BeforeEach
  void forget() {
    Watched.READS.set(0);
    Watched.REFUSES.set(false);
  }

  @Test
  void properties_gainedAndRenamed_restartGoesOn() throws Exception {
    users.add("anna", "ben");
    runFirst();
    users.add("anna");

    run(StateType.of(Grown.Visit.class), EvolvingStateTest::kept);

    assertThat(rows.rows()).containsExactly("Visit[user=anna, count=1, note=null]");
  }

  @Test
  void propertyOfAnotherType_startIsRefused_asOftenAsItIsTried() throws Exception {
    users.add("anna", "ben", "ben");
    runFirst();

    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> run(StateType.of(OtherType.Visit.class), EvolvingStateTest::kept))
          .isInstanceOf(StreamingQueryException.class)
          .hasMessage(
              "Query [visits] failed: shard [0] can't go on: the states of [2] groups of [2] can't"
                  + " be read, the first is that of group [anna]: state class [%s] can't be read at"
                  + " property [user]: the state was written by version [1]; let the class read it,"
                  + " or register a migration from version [1]",
              OtherType.Visit.class.getName())
          .hasCauseInstanceOf(SerializationException.class);
    }
    users.add("ben");
    runFirst();
    assertThat(rows.rows()).containsExactly("Visit[user=ben, clicks=3]");
  }

  @Test
  void migrations_readWhatEachEarlierVersionWrote() throws Exception {
    users.add("anna", "ben", "eve");
    runFirst();
    users.add("ben");
    run(
        SECOND,
        (user, visit) ->
            new Second.Visit(new Second.User(user), visit.map(Second.Visit::clicks).orElse(0) + 1));
    assertThat(rows.rows()).containsExactly("Visit[user=User[name=ben], clicks=2]");
    users.add("anna", "ben");

    run(THIRD, EvolvingStateTest::kept);

    assertThat(rows.rows())
        .containsExactlyInAnyOrder(
            "Visit[user=User[name=anna], clicks={old=1}]",
            "Visit[user=User[name=ben], clicks={old=2}]");
  }

  @Test
  void wayBack_behindAMigration_startIsRefused() throws Exception {
    users.add("anna", "ben");
    runFirst();
    users.add("ben");
    run(SECOND, EvolvingStateTest::kept);

    assertThatThrownBy(this::runFirst)
        .hasMessageContaining(
            "the states of [1] groups of [2] can't be read, the first is that of group [ben]")
        .hasMessageContaining(
            "the state was written by version [2], which is newer than this program's version [1];"
                + " start the program that wrote it, or a newer one");
  }

  @Test
  void migrationNoLongerNeeded_mayGo_butNotBefore() throws Exception {
    users.add("anna", "ben");
    runFirst();
    users.add("ben");
    run(SECOND, EvolvingStateTest::kept);
    StateType<Third.Visit> late =
        StateType.of(Third.Visit.class)
            .migration(2, state -> Map.of("user", Map.of("name", "late"), "clicks", Map.of()));

    assertThatThrownBy(() -> run(late, EvolvingStateTest::kept))
        .hasMessageContaining("the first is that of group [anna]")
        .hasMessageContaining("register the migration from version [1] again");
    users.add("anna");
    run(SECOND, EvolvingStateTest::kept);
    users.add("ben");
    run(late, EvolvingStateTest::kept);

    assertThat(rows.rows()).containsExactly("Visit[user=User[name=late], clicks={}]");
  }

  @Test
  void start_readsAllStates_onlyIfTheirShapeHasChanged() throws Exception {
    for (int i = 0; i < 100; i++) {
      users.add("user-" + i);
    }
    runFirst();

    run(StateType.of(Watched.class), EvolvingStateTest::kept);
    assertThat(Watched.READS).as("another class, but the same to Jackson").hasValue(0);
    run(StateType.of(Watched.class).migration(1, state -> state), EvolvingStateTest::kept);
    assertThat(Watched.READS).hasValue(100);
    users.add("user-7");
    run(StateType.of(Watched.class).migration(1, state -> state), EvolvingStateTest::kept);
    assertThat(Watched.READS).as("no epoch came, so again").hasValue(201);
    users.add("user-7");
    run(StateType.of(Watched.class).migration(1, state -> state), EvolvingStateTest::kept);
    assertThat(Watched.READS).as("only what is called").hasValue(202);
  }

  @Test
  void stateThatStartsToFail_withoutAChangeOfShape_isNamedWhenItsGroupIsCalled() throws Exception {
    users.add("anna", "ben");
    run(StateType.of(Watched.class), (user, visit) -> new Watched("secret", 1));
    Watched.REFUSES.set(true);
    users.add("ben");

    assertThatThrownBy(() -> run(StateType.of(Watched.class), EvolvingStateTest::kept))
        .hasMessage(
            "Query [visits] failed in epoch [2]: group [ben] can't go on: state class [%s] can't be"
                + " read: the state was written by version [1]; let the class read it, or register"
                + " a migration from version [1], source position [memory-0@2]; nothing of the"
                + " epoch was emitted, a restart runs it again",
            Watched.class.getName())
        .satisfies(e -> assertThat(e).hasStackTraceContaining("ValueInstantiationException"))
        .satisfies(e -> assertThat(Throwables.getStackTrace(e)).doesNotContain("secret"));
  }

  @Test
  void rowThatCanNoLongerBeRead_isNamedWhenItsEpochRunsAgain() throws Exception {
    AtomicBoolean down = new AtomicBoolean(true);
    List<Watched> written = new ArrayList<>();
    RowSink<Watched> sink =
        ForeachBatch.sink(
            (emitted, epoch) -> {
              if (down.get()) {
                throw new IllegalStateException("down on purpose");
              }
              written.addAll(emitted);
            });
    users.add("anna");
    assertThatThrownBy(() -> runInto(sink)).hasMessageContaining("writing to ForeachBatch failed");
    down.set(false);
    Watched.REFUSES.set(true);

    assertThatThrownBy(() -> runInto(sink))
        .hasMessage(
            "Query [visits] failed in epoch [1]: [shard-0] failed: row class [%s] can't be read: it"
                + " was written before the class changed; put it back to finish the epoch; an"
                + " earlier run may have emitted rows of the epoch, a restart runs it again",
            Watched.class.getName());
    Watched.REFUSES.set(false);
    runInto(sink);
    assertThat(written).containsExactly(new Watched("anna", 1));
  }

  private void runFirst() throws Exception {
    run(
        StateType.of(First.Visit.class),
        (user, visit) -> new First.Visit(user, visit.map(First.Visit::clicks).orElse(0) + 1));
  }

  /** Runs the query with rows of a class of their own. */
  private void runInto(RowSink<Watched> sink) throws Exception {
    run(StateType.of(String.class), (user, state) -> user, state -> new Watched(state, 1), sink);
  }

  /** Runs the query with its states as rows. */
  private <S> void run(StateType<S> type, BiFunction<String, Optional<S>, S> next)
      throws Exception {
    rows.clear();
    run(type, next, Object::toString, rows);
  }

  /** Runs the query to the end of its input, in a system of its own. */
  private <S, U> void run(
      StateType<S> type,
      BiFunction<String, Optional<S>, S> next,
      Function<S, U> row,
      RowSink<U> sink)
      throws Exception {
    try (TestSystem system = start()) {
      StreamingQuery query =
          system
              .vellamo()
              .query("visits")
              .from(users)
              .groupByKey(user -> user)
              .<S, U>mapGroupsWithState(
                  GroupStateTimeout.NONE,
                  type,
                  (user, events, state) -> {
                    while (events.hasNext()) {
                      events.next();
                      state.update(next.apply(user, state.optional()));
                    }
                    return row.apply(state.get());
                  })
              .to(sink)
              .trigger(Trigger.availableNow())
              .start();
      query.awaitTermination();
    }
  }

  private static <S> S kept(String user, Optional<S> state) {
    return state.orElseThrow(() -> new AssertionError("no state of " + user));
  }

  private TestSystem start() {
    return TestSystem.start(
        """
        vellamo.query.shards = 1
        vellamo.journal.plugin = "vellamo.embedded-journal.journal"
        vellamo.journal.snapshot-plugin = "vellamo.embedded-journal.snapshot-store"
        vellamo.embedded-journal.dir = "%s"
        """
            .formatted(directory));
  }
}
