package io.vellamo.engine.protocol.shard;

import static org.assertj.core.api.Assertions.assertThat;

import io.vellamo.api.query.ErrorPolicy;
import io.vellamo.engine.group.ResultRow;
import io.vellamo.engine.journal.JournalRecord;
import io.vellamo.engine.journal.JournalRecord.ShardRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A shard's part of the whole result, as its answers have it. */
final class ShardResultTest {
  private final CountResult operator = new CountResult();
  private TestShard shard = opened(new ArrayList<>(), 1);

  private TestShard opened(List<ShardRecord> journal, long incarnation) {
    TestShard opened = new TestShard(journal, operator, ErrorPolicy.fail(), TestShard.LARGE);
    opened.recovered();
    opened.open(incarnation);
    opened.journaled();
    return opened;
  }

  @Test
  void answer_hasTheChanges_andTheWholeResultOnRequest() {
    shard.runAll(1, "a:x", "b:x");
    assertThat(changes()).containsExactlyInAnyOrder("a=1", "b=1");
    assertThat(result()).isNull();

    shard.asksForResult = true;
    shard.runAll(2, "a:x");
    assertThat(changes()).containsExactly("a=2");
    assertThat(result()).containsExactlyInAnyOrder("a=2", "b=1");
    assertThat(shard.done().rows()).isEqualTo(1);
  }

  @Test
  void epochWithoutEvents_changesNothing_andHasTheWholeResultOnRequest() {
    shard.runAll(1, "a:x", "b:x");

    shard.asksForResult = true;
    shard.runAll(2);
    assertThat(changes()).isEmpty();
    assertThat(result()).containsExactlyInAnyOrder("a=1", "b=1");

    shard.run(2, 2);
    shard.finish();
    assertThat(changes()).isEmpty();
    assertThat(result()).containsExactlyInAnyOrder("a=1", "b=1");
  }

  @Test
  void groups_areAskedForTheirRows_aBoundedNumberAtATime() {
    shard.runAll(1, "a:x", "b:x", "c:x");
    shard.effects.clear();

    shard.mostCalls = 2;
    shard.asksForResult = true;
    shard.runAll(2);

    assertThat(shard.effects).containsExactly("call", "call", "epochEnded", "done");
    assertThat(result()).containsExactlyInAnyOrder("a=1", "b=1", "c=1");
  }

  /** The rows that an epoch changed are not kept, so all of them count as changed. */
  @Test
  void epochThatTheShardHolds_isAnsweredWithTheWholeResult_asChanges() {
    shard.runAll(1, "a:x", "b:x");
    shard.runAll(2, "a:x");

    shard.run(2, 2, "a:x");
    shard.finish();
    assertThat(changes()).containsExactlyInAnyOrder("a=2", "b=1");
    assertThat(result()).containsExactlyInAnyOrder("a=2", "b=1");

    shard = opened(shard.journal, 2);
    shard.run(2, 1, "a:x");
    shard.finish();
    assertThat(result()).containsExactlyInAnyOrder("a=2", "b=1");
  }

  /** An earlier attempt of the run asked for changes only, before another shard was lost. */
  @Test
  void requestAgainForTheWholeResult_whileTheEpochRuns_isMet() {
    shard.runAll(1, "a:x", "b:x");
    shard.run(2, 1, "a:x");

    shard.asksForResult = true;
    shard.run(2, 2, "a:x");
    shard.finish();

    assertThat(result()).containsExactlyInAnyOrder("a=2", "b=1");
  }

  /** A request that arrives twice may be followed by that of the next epoch. */
  @Test
  void nextEpoch_requestedWhileTheLastIsAnsweredAgain_waitsForIt() {
    shard.runAll(1, "a:x");
    shard.run(1, 1, "a:x");
    shard.run(2, 1, "b:x");
    shard.effects.clear();

    shard.finish();

    assertThat(shard.effects)
        .containsExactly("epochEnded", "done", "call", "persist", "epochEnded", "done");
    assertThat(changes()).containsExactly("b=1");
  }

  @Test
  void rowsThatThrow_failTheRequest_butNotTheNextOne() {
    shard.runAll(1, "a:x");
    operator.rowsFail = true;
    shard.asksForResult = true;
    shard.runAll(2, "a:x");
    assertThat(shard.failure())
        .isEqualTo(
            "the function threw [java.lang.IllegalStateException] for group [a], called for its rows of the whole result");

    operator.rowsFail = false;
    shard.run(2, 2, "a:x");
    shard.finish();
    assertThat(result()).containsExactly("a=2");
  }

  @Test
  void rowsOfTheResult_areNotJournaled() {
    shard.runAll(1, "a:x", "b:x");

    assertThat(shard.journal)
        .filteredOn(JournalRecord.ShardChanged.class::isInstance)
        .isNotEmpty()
        .allSatisfy(
            record ->
                assertThat(((JournalRecord.ShardChanged) record).change().groups())
                    .allMatch(group -> group.rows().isEmpty()));
  }

  private List<String> changes() {
    return texts(shard.rows());
  }

  private @Nullable List<String> result() {
    List<Object> result = Objects.requireNonNull(shard.output, "output").result();
    return result == null ? null : texts(result);
  }

  private static List<String> texts(List<Object> rows) {
    return rows.stream().map(row -> String.valueOf(((ResultRow) row).row())).toList();
  }
}
