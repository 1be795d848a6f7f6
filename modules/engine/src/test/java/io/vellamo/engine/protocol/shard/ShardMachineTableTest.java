package io.vellamo.engine.protocol.shard;

import static io.vellamo.engine.group.TestCodecs.key;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.vellamo.api.query.ErrorPolicy;
import io.vellamo.engine.group.GroupKey;
import io.vellamo.engine.journal.JournalLimits;
import io.vellamo.engine.journal.JournalRecord.ShardRecord;
import io.vellamo.engine.journal.JournalRecord.SnapshotMark;
import io.vellamo.engine.protocol.Fence;
import io.vellamo.engine.protocol.ShardRequest;
import io.vellamo.engine.protocol.TableCell;
import io.vellamo.engine.shard.ParkRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Walks every transition of the table in {@code ShardMachine.md}. */
final class ShardMachineTableTest {
  private static final Path TABLE =
      Path.of("src/main/java/io/vellamo/engine/protocol/shard/ShardMachine.md");
  private static final ErrorPolicy RETRY = ErrorPolicy.retry(1, Duration.ofSeconds(1)).thenPark();
  private static final GroupKey PARKED = key("parked");

  /** A cell of the table. */
  record Cell(String input, ShardState state, String outcome) {
    @Override
    public String toString() {
      return input + " in " + state + " -> " + outcome;
    }
  }

  /** What is different about a shard that gets an input. */
  record Setting(
      ErrorPolicy policy, JournalLimits limits, int mostCalls, boolean snapshot, boolean result) {
    static final Setting USUAL = new Setting(RETRY, TestShard.LARGE, 100, false);
    static final Setting RESULT = new Setting(RETRY, TestShard.LARGE, 100, false, true);
    static final Setting SMALL_PAGES = new Setting(RETRY, TestShard.LARGE, 1, false, true);

    Setting(ErrorPolicy policy, JournalLimits limits, int mostCalls, boolean snapshot) {
      this(policy, limits, mostCalls, snapshot, false);
    }
  }

  /** An input. */
  record Input(Setting setting, Consumer<TestShard> give) {
    Input(Consumer<TestShard> give) {
      this(Setting.USUAL, give);
    }
  }

  private static final Map<String, Input> INPUTS = inputs();

  private static Map<String, Input> inputs() {
    Map<String, Input> all = new LinkedHashMap<>();
    all.put("recovered", new Input(TestShard::recovered));
    all.put("open, older run", new Input(shard -> shard.open(incarnation(shard) - 1)));
    all.put("open, this run", new Input(shard -> shard.open(incarnation(shard))));
    all.put("open, newer run", new Input(shard -> shard.open(incarnation(shard) + 1)));
    all.put("run epoch, older run", new Input(shard -> shard.run(other(shard, -1, 0), "a:x")));
    all.put("run epoch, newer run", new Input(shard -> shard.run(other(shard, 1, 0), "a:x")));
    all.put(
        "run epoch, other activation", new Input(shard -> shard.run(other(shard, 0, -1), "a:x")));
    all.put(
        "run epoch before the latest requested",
        new Input(shard -> shard.run(latest(shard) - 1, 1, "a:x")));
    all.put(
        "run latest requested epoch, earlier attempt",
        new Input(shard -> shard.run(latest(shard), 1, "a:x")));
    all.put(
        "run latest requested epoch, again",
        new Input(shard -> shard.run(latest(shard), 2, "a:x")));
    all.put(
        "run latest requested epoch, again, for the whole result",
        new Input(Setting.RESULT, shard -> shard.run(latest(shard), 2, "a:x")));
    all.put(
        "run latest requested epoch, next attempt",
        new Input(shard -> shard.run(latest(shard), 3, "a:x")));
    all.put(
        "run latest requested epoch, next attempt, for the whole result",
        new Input(Setting.RESULT, shard -> shard.run(latest(shard), 3, "a:x")));
    all.put("run next epoch", new Input(shard -> shard.run(latest(shard) + 1, 1, "a:x")));
    all.put("run epoch that changes nothing", new Input(shard -> shard.run(latest(shard) + 1, 1)));
    all.put(
        "run epoch that changes nothing, for the whole result",
        new Input(Setting.RESULT, shard -> shard.run(latest(shard) + 1, 1)));
    all.put("next page", new Input(Setting.SMALL_PAGES, shard -> nextPage(shard, 2, 1)));
    all.put(
        "next page, the last was sent", new Input(Setting.RESULT, shard -> nextPage(shard, 2, 1)));
    all.put("next page, it was sent", new Input(Setting.RESULT, shard -> nextPage(shard, 2, 0)));
    all.put("next page, another one", new Input(Setting.RESULT, shard -> nextPage(shard, 2, 2)));
    all.put(
        "next page, earlier attempt", new Input(Setting.RESULT, shard -> nextPage(shard, 1, 1)));
    all.put(
        "next page, older run",
        new Input(Setting.RESULT, shard -> shard.nextPage(other(shard, -1, 0), 1)));
    all.put(
        "next page, other activation",
        new Input(Setting.RESULT, shard -> shard.nextPage(other(shard, 0, -1), 1)));
    all.put(
        "request parks, group parked", new Input(shard -> shard.request(parks(shard, 1, PARKED))));
    all.put(
        "request parks, no group parked",
        new Input(shard -> shard.request(parks(shard, 1, key("a")))));
    all.put("request parks, carried out", new Input(shard -> shard.request(pastParks(shard))));
    all.put("send rows", new Input(shard -> sendRows(shard, 0, 0)));
    all.put("send rows, older run", new Input(shard -> sendRows(shard, -1, 0)));
    all.put("send rows, other activation", new Input(shard -> sendRows(shard, 0, -1)));
    all.put(
        "list parked",
        new Input(shard -> shard.request(new ShardRequest.ListParked(shard.fence(7, 1)))));
    all.put(
        "read groups",
        new Input(
            shard ->
                shard.request(
                    new ShardRequest.ReadGroups(
                        shard.fence(7, 1),
                        List.of(new ShardRequest.ReadGroups.Following(null, 1))))));
    all.put("digest", new Input(shard -> shard.request(new ShardRequest.Digest(1))));
    all.put("called, last round", new Input(TestShard::called));
    all.put(
        "called, more groups",
        new Input(new Setting(RETRY, TestShard.LARGE, 1, false), TestShard::called));
    all.put("called, threw, to be called again", new Input(TestShard::called));
    all.put("called, threw, fails the epoch", new Input(TestShard::called));
    all.put("called for the whole result", new Input(Setting.RESULT, TestShard::called));
    all.put(
        "called for the whole result, no rows, last round",
        new Input(Setting.RESULT, TestShard::called));
    all.put(
        "called for the whole result, no rows, more groups",
        new Input(Setting.SMALL_PAGES, TestShard::called));
    all.put(
        "called for the whole result, for an earlier attempt",
        new Input(Setting.RESULT, TestShard::called));
    all.put("called for the whole result, threw", new Input(Setting.RESULT, TestShard::called));
    all.put("call due", new Input(shard -> shard.callDue(9)));
    all.put("journaled", new Input(TestShard::journaled));
    all.put(
        "journaled, more to write",
        new Input(new Setting(RETRY, TestShard.SMALL, 100, false), TestShard::journaled));
    all.put(
        "journaled, the whole result is requested",
        new Input(Setting.RESULT, TestShard::journaled));
    all.put(
        "snapshot due",
        new Input(new Setting(RETRY, TestShard.SMALL, 100, true), TestShard::snapshotDue));
    return all;
  }

  private static void nextPage(TestShard shard, long attempt, int number) {
    shard.nextPage(shard.fence(latest(shard), attempt), number);
  }

  private static void sendRows(TestShard shard, long runs, long activations) {
    shard.request(new ShardRequest.SendRows(other(shard, runs, activations)));
  }

  @Test
  void table_hasEveryStateAndInput() throws IOException {
    List<Cell> cells = cells().toList();

    assertThat(cells.stream().map(Cell::input).distinct())
        .containsExactlyElementsOf(INPUTS.keySet());
    for (String input : INPUTS.keySet()) {
      assertThat(cells.stream().filter(cell -> cell.input.equals(input)).map(Cell::state))
          .containsExactly(ShardState.values());
    }
  }

  @Test
  void reasons_areThoseOfTheImpossibleCells() throws IOException {
    assertThat(cells().map(Cell::outcome).filter(each -> each.startsWith("impossible")).distinct())
        .containsExactlyInAnyOrderElementsOf(TableCell.reasons(TABLE));
  }

  @ParameterizedTest
  @MethodSource("cells")
  void transition_isThatOfTheTable(Cell cell) {
    Input input = Objects.requireNonNull(INPUTS.get(cell.input), cell.input);
    if (cell.outcome.equals("impossible 6")) {
      // Such a write can't even be set up: with the smallest limits it is one write.
      TestShard shard = in(cell, input.setting);
      shard.journaled();
      assertThat(shard.machine.state()).isEqualTo(ShardState.IDLE);
      return;
    }
    if (cell.outcome.startsWith("impossible ")) {
      TestShard shard = in(cell, withoutSnapshot(cell, input.setting));
      assertThatExceptionOfType(AssertionError.class)
          .isThrownBy(() -> input.give.accept(shard))
          .withMessageMatching(
              "shard \\[3] of query \\[orders] in state \\[%s] can't get \\[\\w+]"
                  .formatted(cell.state));
      return;
    }
    TestShard shard = in(cell, input.setting);
    shard.effects.clear();
    long ignored = shard.machine.ignored();
    int waiting = shard.machine.waiting();

    input.give.accept(shard);

    Outcome outcome = outcome(cell);
    assertThat(shard.machine.state()).isEqualTo(outcome.next);
    assertThat(shard.effects).isEqualTo(outcome.effects);
    assertThat(shard.machine.ignored() - ignored).isEqualTo(outcome.outOfDate ? 1 : 0);
    assertThat(shard.machine.waiting() - waiting).isEqualTo(outcome.waits ? 1 : 0);
  }

  /** A cell's outcome. */
  private record Outcome(ShardState next, List<String> effects, boolean outOfDate, boolean waits) {}

  private static Outcome outcome(Cell cell) {
    if (cell.outcome.equals("waits")) {
      return new Outcome(cell.state, List.of(), false, true);
    }
    if (cell.outcome.equals("out of date")) {
      boolean isRequest =
          cell.input.startsWith("run ")
              || cell.input.startsWith("next page")
              || cell.input.startsWith("request parks");
      return new Outcome(cell.state, isRequest ? List.of("ignored") : List.of(), true, false);
    }
    String[] parts = cell.outcome.split(": ", 2);
    ShardState next = parts[0].equals("=") ? cell.state : ShardState.valueOf(parts[0]);
    List<String> effects =
        parts[1].equals("-") ? List.of() : Arrays.asList(parts[1].split(" ", -1));
    return new Outcome(next, effects, false, false);
  }

  /** No snapshot is asked for where one that is due is impossible. */
  private static Setting withoutSnapshot(Cell cell, Setting setting) {
    return cell.state == ShardState.SNAPSHOTTING || !setting.snapshot ? setting : Setting.USUAL;
  }

  /** Returns a shard in a state, about to get an input. */
  private static TestShard in(Cell cell, Setting setting) {
    boolean fails = cell.input.equals("called, threw, fails the epoch");
    boolean throwsIt =
        cell.state == ShardState.DELAYING
            || (cell.state == ShardState.CALLING && cell.input.startsWith("called, threw"));
    ErrorPolicy policy =
        fails && cell.state == ShardState.CALLING ? ErrorPolicy.fail() : setting.policy;
    JournalLimits limits =
        cell.state == ShardState.SNAPSHOTTING && setting.limits.equals(TestShard.LARGE)
            ? new JournalLimits(0, 1 << 20, 1 << 20, false)
            : setting.limits;
    boolean emitsResult = setting.result || cell.state == ShardState.PAGING;
    CountResult result = new CountResult();
    TestShard shard =
        emitsResult
            ? new TestShard(journal(), result, policy, limits)
            : new TestShard(journal(), policy, limits);
    shard.mostCalls = setting.mostCalls;
    if (cell.state == ShardState.RECOVERING) {
      return shard;
    }
    shard.recovered();
    if (cell.state == ShardState.UNOWNED) {
      return shard;
    }
    shard.open(6);
    if (cell.state == ShardState.CLAIMING && !setting.snapshot) {
      return shard;
    }
    shard.journaled();
    shard.run(8, 2, "a:x", "b:x");
    shard.finish();
    shard.asksForResult = emitsResult;
    if (cell.state == ShardState.CALLING) {
      result.rowsFail = cell.input.endsWith("for the whole result, threw");
      result.places = cell.input.contains("no rows") ? 0 : 1;
    }
    switch (cell.state) {
      case IDLE -> {}
      case CLAIMING -> shard.open(7);
      case REQUESTING -> shard.request(parks(shard, 7, PARKED));
      case SNAPSHOTTING -> {
        shard.snapshotDue();
        while (cell.input.startsWith("journaled")
            && setting.limits.equals(TestShard.LARGE)
            && !isLastPart(shard)) {
          shard.journaled();
          shard.snapshotDue();
        }
      }
      default -> {
        shard.run(9, 2, throwsIt ? "a:bad" : "a:x", "b:x");
        while (cell.state != ShardState.CALLING && shard.machine.state() == ShardState.CALLING) {
          shard.called();
        }
        if (cell.state == ShardState.CALLING && cell.input.startsWith("called for the whole")) {
          while (shard.machine.state() == ShardState.CALLING) {
            shard.called();
          }
          shard.journaled();
          if (cell.input.endsWith("for an earlier attempt")) {
            shard.run(9, 3, "a:x", "b:x");
          }
        } else if (cell.state == ShardState.PAGING) {
          shard.proceed();
        }
      }
    }
    assertThat(shard.machine.state()).isEqualTo(cell.state);
    return shard;
  }

  private static boolean isLastPart(TestShard shard) {
    return shard.writing.get(shard.writing.size() - 1) instanceof SnapshotMark;
  }

  /** Returns the journal of an activation, in run 5, with a parked group. */
  private static List<ShardRecord> journal() {
    TestShard before = new TestShard(new ArrayList<>(), ErrorPolicy.park(), TestShard.LARGE);
    before.recovered();
    before.open(5);
    before.journaled();
    before.runAll(6, "a:x", "parked:bad");
    before.runAll(7, "a:x");
    return before.journal;
  }

  private static long incarnation(TestShard shard) {
    return shard.machine.ledger().incarnation();
  }

  /** Returns the latest epoch that was requested of the shard, or that it holds. */
  private static long latest(TestShard shard) {
    return switch (shard.machine.state()) {
      case CALLING, DELAYING, WRITING, PAGING -> 9;
      default -> shard.machine.ledger().lastEpoch();
    };
  }

  private static Fence other(TestShard shard, long incarnationStep, long ownerStep) {
    Fence right = shard.fence(latest(shard) + 1, 1);
    return new Fence(
        right.incarnation() + incarnationStep,
        right.owner() + ownerStep,
        right.epoch(),
        right.attempt());
  }

  /** Returns requests that the shard was sent before it was asked for its latest epoch. */
  private static ShardRequest pastParks(TestShard shard) {
    return new ShardRequest.RequestParks(shard.fence(latest(shard) - 1, 1), List.of());
  }

  private static ShardRequest parks(TestShard shard, long number, GroupKey key) {
    ParkRequest release = new ParkRequest(ParkRequest.Kind.RELEASE, 7);
    return new ShardRequest.RequestParks(
        shard.fence(latest(shard), number),
        List.of(new ShardRequest.RequestParks.Requested(key, release)));
  }

  static Stream<Cell> cells() throws IOException {
    return TableCell.of(TABLE).stream()
        .map(cell -> new Cell(cell.input(), ShardState.valueOf(cell.position()), cell.outcome()));
  }
}
