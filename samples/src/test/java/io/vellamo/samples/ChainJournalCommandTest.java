package io.vellamo.samples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import io.vellamo.actors.Vellamo;
import io.vellamo.api.group.GroupState;
import io.vellamo.api.group.GroupStateTimeout;
import io.vellamo.api.query.OutputMode;
import io.vellamo.api.query.StreamingQuery;
import io.vellamo.cli.VellamoCommand;
import io.vellamo.cli.terminal.Terminal;
import io.vellamo.connectors.memory.MemorySink;
import io.vellamo.connectors.memory.MemorySource;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The command line on the journal of a query with two stateful operators. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ChainJournalCommandTest {
  private Path directory = Path.of("");

  record Visit(String user, long count) {}

  @BeforeAll
  void runQuery(@TempDir Path temporary) throws Exception {
    directory = temporary;
    ActorSystem<Void> system =
        ActorSystem.create(
            Behaviors.empty(),
            "chain",
            ConfigFactory.parseMap(
                    Map.of("vellamo.embedded-journal.dir", directory.resolve("journal").toString()))
                .withFallback(ConfigFactory.load()));
    try {
      MemorySource<Visit> visits = MemorySource.create();
      StreamingQuery query =
          Vellamo.get(system)
              .query("chain")
              .from(visits)
              .groupByKey(Visit::user)
              .flatMapGroupsWithState(
                  OutputMode.APPEND,
                  GroupStateTimeout.NONE,
                  Long.class,
                  ChainJournalCommandTest::count)
              .named("users")
              .groupByKey(visit -> visit.count() % 2 == 0 ? "even" : "odd")
              .flatMapGroupsWithState(
                  OutputMode.APPEND,
                  GroupStateTimeout.NONE,
                  Long.class,
                  ChainJournalCommandTest::count)
              .named("parity")
              .to(MemorySink.create())
              .start();
      for (int i = 0; i < 40; i++) {
        visits.add(new Visit("user-" + i, 1), new Visit("odd", 1));
        query.processAllAvailable();
      }
      query.stop();
    } finally {
      system.terminate();
      system.getWhenTerminated().toCompletableFuture().join();
    }
  }

  @Test
  void verify_ofAHealthyChain_findsNothing() {
    assertThat(journal("verify", "chain")).startsWith("chain: recovery is right");
  }

  @Test
  void show_ofAKeyOfTheFirstOperator_printsItsGroup() {
    assertThat(journal("show", "chain", "user-3"))
        .contains("operator users", "key      user-3", "state    1")
        .doesNotContain("Nothing is kept");
  }

  @Test
  void show_ofAKeyOfBothOperators_printsBothGroups() {
    assertThat(journal("show", "chain", "odd").lines().filter(line -> line.contains("key ")))
        .hasSize(2);
    assertThat(journal("history", "chain", "odd").lines().filter(line -> line.contains("group")))
        .hasSize(2);
  }

  private static Iterator<Visit> count(String key, Iterator<Visit> visits, GroupState<Long> state) {
    long count = state.optional().orElse(0L);
    while (visits.hasNext()) {
      visits.next();
      count++;
    }
    state.update(count);
    return List.of(new Visit(key, count)).iterator();
  }

  private String journal(String command, String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Terminal terminal =
        Terminal.of(new PrintStream(out, true, UTF_8), new PrintStream(out, true, UTF_8));
    String[] all = new String[arguments.length + 4];
    all[0] = "journal";
    all[1] = command;
    System.arraycopy(arguments, 0, all, 2, arguments.length);
    all[all.length - 2] = "--data";
    all[all.length - 1] = directory.toString();
    VellamoCommand.run(terminal, all);
    return out.toString(UTF_8);
  }
}
