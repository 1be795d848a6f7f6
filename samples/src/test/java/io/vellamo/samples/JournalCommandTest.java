package io.vellamo.samples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import io.vellamo.cli.VellamoCommand;
import io.vellamo.cli.terminal.Terminal;
import io.vellamo.replay.JournalReplay;
import io.vellamo.samples.SampleProcess.Outcome;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The command line on what a sample has left: one run of it for all tests. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class JournalCommandTest {
  private static final String QUERY = "github-sessions";
  private static final String OPERATOR = "io.vellamo.samples.sessions.SessionsWithGap";

  private Path directory = Path.of("");
  private SampleProcess sample = new SampleProcess(directory);

  @BeforeAll
  void runSample(@TempDir Path temporary) {
    directory = temporary;
    sample = new SampleProcess(directory);
    assertThat(sample.run(QUERY, "--record-inputs").exitCode()).isZero();
  }

  @Test
  void list_namesQueriesShardsAndGroups() {
    Outcome queries = journal("list");
    Outcome shards = journal("list", QUERY);
    Outcome groups = journal("list", QUERY, "--prefix");

    assertThat(queries.out()).contains("QUERY", QUERY, "10,000");
    assertThat(shards.out())
        .contains(
            "0 groups after epoch 12 of 1 runs, flatMapGroupsWithState with timeouts in EVENT_TIME")
        .contains("The journal is whole: every epoch can be shown");
    assertThat(shards.out().lines()).hasSize(3 + 32);
    assertThat(groups.out()).startsWith("0 groups, the first 0:");
  }

  @Test
  void show_ofAnActorInTheMiddle_printsItsState() {
    Outcome now = journal("show", QUERY, "LombiqBot");
    Outcome then = journal("show", QUERY, "LombiqBot", "--at-epoch", "5");

    assertThat(now.exitCode()).isZero();
    assertThat(now.out()).contains("state    none", "Nothing is kept of it any more; --at-epoch");
    assertThat(then.out())
        .contains("after epoch 5", "key      LombiqBot", "state    {\"sessions\":[{\"start\":")
        .contains("changed  in epoch 5");
  }

  @Test
  void show_asJson_isJson() {
    Outcome then = journal("show", QUERY, "LombiqBot", "--at-epoch", "5", "--format", "json");

    assertThat(then.out()).startsWith("{").contains("\"key\" : \"LombiqBot\"");
  }

  @Test
  void show_ofAShard_printsItsGroups() {
    Outcome shard = journal("show", QUERY, "--shard", "3", "--at-epoch", "5", "--limit", "2");

    assertThat(shard.out()).contains("shard 3 after epoch 5 keeps", "the first 2:", "KEY");
  }

  @Test
  void show_ofAnUnknownKey_suggestsOthers() {
    Outcome outcome = journal("show", QUERY, "LombiqBat");

    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.err())
        .startsWith("KEY must be that of a group of query [github-sessions] in this journal")
        .contains("found none for [LombiqBat]; similar keys are [LombiqBot");
  }

  @Test
  void history_tellsEachEpoch() {
    Outcome history = journal("history", QUERY, "LombiqBot");

    assertThat(history.out())
        .contains("epochs of group [LombiqBot]", "STATE", "REMOVED", "input    {\"type\":");
  }

  @Test
  void why_ofARow_tellsTheEventsAndTheTimeoutThatLedToIt() {
    String row = lastRowId();

    Outcome why = journal("why", QUERY, row);

    assertThat(why.exitCode()).isZero();
    assertThat(why.out())
        .startsWith("github-sessions: row ")
        .contains("  operator flatMapGroupsWithState", "  key      LombiqBot", "  row id   " + row)
        .containsPattern(
            "why\n  The group had no events in epoch \\d+\\.\n  The watermark moved from .+ to .+, past .+, the group's timeout\\.")
        .containsPattern("before\n  state    \\{\"sessions\"")
        .contains("after\n  nothing is kept of the group")
        .contains("earlier epochs of the group, the newest first, 5 of them:")
        .contains("  input    {\"type\":");
    assertThat(why.out()).doesNotContain("record-inputs");
    assertThat(journal("why", QUERY, row.substring(QUERY.length() + 1)).out()).isEqualTo(why.out());
    assertThat(journal("why", QUERY, row, "--earlier", "1").out())
        .contains("the newest first, 1 of them:");
    assertThat(journal("why", QUERY, row, "--format", "json").out())
        .startsWith("{")
        .contains("\"events\" : \"NONE\"", "\"kind\" : \"TIMEOUT\"");
  }

  @Test
  void why_ofWhatIsNoRow_isRefused() {
    Outcome tooLate = journal("why", QUERY, "99/0/0");
    Outcome noId = journal("why", QUERY, "LombiqBot");

    assertThat(tooLate.exitCode()).isEqualTo(2);
    assertThat(tooLate.err())
        .startsWith("epoch must be from 1 to [12], the last that was planned, was [99]");
    assertThat(noId.exitCode()).isEqualTo(2);
    assertThat(noId.err()).startsWith("row must be an id as sinks write it");
    assertThat(journal("why", QUERY, "other/1/0/0").err())
        .startsWith("row must be one of query [github-sessions]");
  }

  private String lastRowId() {
    return journal("history", QUERY, "LombiqBot")
        .out()
        .lines()
        .filter(line -> line.startsWith("  row id   "))
        .reduce("", (first, last) -> last)
        .substring("  row id   ".length());
  }

  @Test
  void verify_findsNothing() {
    Outcome outcome = journal("verify", QUERY);

    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.out()).startsWith("github-sessions: recovery is right");
  }

  @Test
  void replay_withTheSameGap_makesTheSame() {
    Outcome same = journal("replay", QUERY, "--operator", OPERATOR);

    assertThat(same.exitCode()).isZero();
    assertThat(same.out())
        .startsWith("github-sessions: the changed function makes the same")
        .contains("events  10,000", "rows    6,494 recorded, 6,494 replayed");
  }

  @Test
  void replay_withAnotherGap_tellsWhichActorsDiffer() {
    Outcome other =
        journal("replay", QUERY, "--operator", OPERATOR, "--option", "gap=PT300S", "--limit", "3");

    assertThat(other.exitCode()).isEqualTo(1);
    assertThat(other.out())
        .contains("of 4,517 groups emit other rows, 4,517 differ in rows or contents")
        .contains("rows    6,494 recorded, 5,155 replayed");
    assertThat(other.out().lines().filter(line -> line.startsWith("epoch "))).hasSize(3);
    assertThat(other.out().lines().filter(line -> line.startsWith("  replayed  {"))).hasSize(3);
  }

  @Test
  void replay_withStates_tellsTheFirstEpochThatDiffers() {
    Outcome other =
        journal("replay", QUERY, "--operator", OPERATOR, "--option", "gap=PT300S", "--states");

    assertThat(other.out()).contains("epoch 1  ", "  recorded  state {", ", timeout 2018-01-01T");
  }

  @Test
  void replay_withoutAClass_isRefused() {
    assertThat(journal("replay", QUERY, "--operator", "no.Such").err())
        .startsWith("--operator must be on --classpath, found no class [no.Such]");
    assertThat(journal("replay", QUERY, "--operator", "java.lang.String").err())
        .startsWith("--operator must implement");
    assertThat(journal("replay", QUERY, "--operator", OPERATOR, "--classpath", "/no/dir").err())
        .startsWith("--classpath must name what exists, found nothing at [/no/dir]");
  }

  @Test
  void config_ofAnApplication_worksForAnyJournal() throws IOException {
    Path config =
        Files.writeString(
            directory.resolve("application.conf"),
            """
            vellamo.journal.plugin = "vellamo.embedded-journal.journal"
            vellamo.journal.snapshot-plugin = "vellamo.embedded-journal.snapshot-store"
            vellamo.embedded-journal.dir = "%s"
            """
                .formatted(sample.data().resolve("journal")));

    assertThat(run("journal", "list", "--config", config.toString()).out()).contains(QUERY);
  }

  @Test
  void dataWithoutAJournal_andUnknownQueries_areRefused() {
    assertThat(run("journal", "list", "--data", directory.toString()).err())
        .startsWith("--data must hold an embedded journal, found none in [");
    assertThat(run("journal", "list").err())
        .startsWith("one of --data and --config must be given, found none");
    assertThat(journal("list", "other").err())
        .startsWith(
            "query must be one that the journal knows, was [other]; it knows [github-sessions]");
    assertThat(journal("list", "other").exitCode()).isEqualTo(2);
    assertThat(journal("show", QUERY, "LombiqBot", "--at-epoch", "999").err())
        .startsWith("epoch must be at most [12], the last that was planned, was [999]");
  }

  @Test
  void journalInUse_isRefusedWithItsHolder() {
    ActorSystem<Void> holder =
        ActorSystem.create(
            Behaviors.empty(),
            "holder",
            ConfigFactory.parseMap(
                    Map.of(
                        "vellamo.embedded-journal.dir",
                        sample.data().resolve("journal").toString()))
                .withFallback(ConfigFactory.load()));
    try {
      JournalReplay.on(holder).queries().toCompletableFuture().join();

      Outcome refused = journal("list");

      assertThat(refused.exitCode()).isEqualTo(1);
      assertThat(refused.err())
          .contains("must be open once, found it in use by [")
          .contains(Long.toString(ProcessHandle.current().pid()));
    } finally {
      holder.terminate();
      holder.getWhenTerminated().toCompletableFuture().join();
    }
  }

  private Outcome journal(String... arguments) {
    List<String> all = new ArrayList<>(List.of("journal"));
    all.addAll(List.of(arguments));
    all.addAll(List.of("--data", sample.data().toString()));
    return run(all.toArray(String[]::new));
  }

  private static Outcome run(String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Terminal terminal =
        Terminal.of(new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8));
    int exitCode = VellamoCommand.run(terminal, arguments);
    return new Outcome(exitCode, out.toString(UTF_8), err.toString(UTF_8));
  }
}
