package io.vellamo.engine.protocol.shard;

import static org.assertj.core.api.Assertions.assertThat;

import io.vellamo.api.query.ErrorPolicy;
import io.vellamo.engine.group.ResultRow;
import io.vellamo.engine.journal.JournalRecord;
import io.vellamo.engine.journal.JournalRecord.ShardRecord;
import io.vellamo.engine.protocol.EpochOutput;
import io.vellamo.engine.protocol.Fence;
import io.vellamo.engine.protocol.ShardReply;
import io.vellamo.engine.protocol.ShardRequest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A shard's part of the whole result, as its pages and answers have it. */
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
  void answer_hasTheChanges_orTheirNumberAfterAllPages() {
    shard.runAll(1, "a:x", "b:x");
    assertThat(texts(shard.rows())).containsExactlyInAnyOrder("a=1", "b=1");
    assertThat(inPages()).isNull();
    assertThat(shard.pages).isEmpty();

    shard.asksForResult = true;
    shard.runAll(2, "a:x");
    assertThat(result()).containsExactlyInAnyOrder("a=2", "b=1");
    assertThat(shard.rows()).isEmpty();
    assertThat(inPages()).isEqualTo(new EpochOutput.InPages(1, 1));
    assertThat(shard.done().rows()).isEqualTo(1);
  }

  @Test
  void epochWithoutEvents_changesNothing_andHasTheWholeResultOnRequest() {
    shard.runAll(1, "a:x", "b:x");

    shard.asksForResult = true;
    shard.runAll(2);
    assertThat(result()).containsExactlyInAnyOrder("a=1", "b=1");
    assertThat(shard.done().rows()).isZero();

    shard.run(2, 2);
    shard.finish();
    assertThat(result()).containsExactlyInAnyOrder("a=1", "b=1");
  }

  @Test
  void shardWithoutGroups_hasNoPages() {
    shard.asksForResult = true;
    shard.effects.clear();

    shard.run(1, 1);

    assertThat(shard.effects).containsExactly("epochEnded", "done");
    assertThat(inPages()).isEqualTo(new EpochOutput.InPages(0, 0));
  }

  @Test
  void pages_areMadeOneAtATime_eachOnRequest() {
    shard.runAll(1, "a:x", "b:x", "c:x");
    shard.effects.clear();
    shard.mostCalls = 2;
    shard.asksForResult = true;

    shard.run(2, 1);
    assertThat(shard.proceed()).isTrue();
    assertThat(shard.effects).containsExactly("call", "page");

    shard.nextPage();
    assertThat(shard.proceed()).isTrue();
    assertThat(shard.effects).containsExactly("call", "page", "call", "page");

    shard.nextPage();
    assertThat(shard.effects.subList(4, 6)).containsExactly("epochEnded", "done");
    assertThat(shard.pages).hasSize(2);
    assertThat(result()).containsExactlyInAnyOrder("a=1", "b=1", "c=1");
    assertThat(inPages()).isEqualTo(new EpochOutput.InPages(2, 0));
  }

  @Test
  void rowsInMemory_neverExceedOnePage() {
    shard.mostCalls = 10_000;
    shard.runAll(1, groups(3_500));
    shard.asksForResult = true;

    shard.runAll(2);

    assertThat(result()).hasSize(3_500).doesNotHaveDuplicates();
    assertThat(shard.pages)
        .hasSize(4)
        .allSatisfy(page -> assertThat(page).hasSizeLessThanOrEqualTo(ResultPages.MOST_ROWS));
    assertThat(shard.mostHeld).isEqualTo(ResultPages.MOST_ROWS);
  }

  @Test
  void rowsInMemory_areThoseOfFewerGroups_ifFewerMayBeLive() {
    shard.runAll(1, groups(50));
    shard.asksForResult = true;
    shard.mostCalls = 7;

    shard.runAll(2);

    assertThat(result()).hasSize(50);
    assertThat(shard.pages).hasSize(8);
    assertThat(shard.mostHeld).isEqualTo(7);
  }

  @Test
  void groupWithMoreRowsThanAPage_hasSeveralPages_withoutMoreCalls() {
    shard.runAll(1, "a:x");
    shard.effects.clear();
    operator.places = 2_500;
    shard.asksForResult = true;

    shard.runAll(2);

    assertThat(shard.effects).containsExactly("call", "page", "page", "page", "epochEnded", "done");
    assertThat(shard.pages.stream().map(List::size)).containsExactly(1_000, 1_000, 500);
    assertThat(places()).containsExactlyElementsOf(IntStream.range(0, 2_500).boxed().toList());
  }

  @Test
  void pageOfLargeRows_isBoundedByTheirSize() {
    String large = "k".repeat((int) ResultPages.MOST_BYTES / 5);
    shard.runAll(1, large + "1:x", large + "2:x", large + "3:x", large + "4:x", large + "5:x");
    shard.asksForResult = true;

    shard.runAll(2);

    // A row contains its key, and goes with its key.
    assertThat(shard.pages.stream().map(List::size)).containsExactly(2, 2, 1);
  }

  @Test
  void statesOfARound_areBoundedByTheirSize() {
    String large = "k".repeat((int) ResultPages.MOST_BYTES / 2);
    shard.runAll(1, large + "1:x", large + "2:x", large + "3:x");
    shard.asksForResult = true;

    shard.run(2, 1);

    assertThat(shard.calls).hasSize(2);
  }

  @Test
  void rowLargerThanAPage_isAPage() {
    String large = "k".repeat((int) ResultPages.MOST_BYTES);
    shard.runAll(1, large + "1:x", large + "2:x");
    shard.asksForResult = true;

    shard.runAll(2);

    assertThat(shard.pages.stream().map(List::size)).containsExactly(1, 1);
  }

  /** The rows that an epoch changed are not kept, so all of them count as changed. */
  @Test
  void epochThatTheShardHolds_isAnsweredWithTheWholeResult_asChanges() {
    shard.runAll(1, "a:x", "b:x");
    shard.runAll(2, "a:x");

    shard.run(2, 2, "a:x");
    shard.finish();
    assertThat(result()).containsExactlyInAnyOrder("a=2", "b=1");
    assertThat(inPages()).isEqualTo(new EpochOutput.InPages(1, 2));
    assertThat(shard.done().rows()).isEqualTo(2);

    shard = opened(shard.journal, 2);
    shard.run(2, 1, "a:x");
    shard.finish();
    assertThat(result()).containsExactlyInAnyOrder("a=2", "b=1");
    assertThat(inPages()).isEqualTo(new EpochOutput.InPages(1, 2));
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
    assertThat(inPages()).isEqualTo(new EpochOutput.InPages(1, 1));
  }

  @Test
  void nextAttempt_betweenPages_beginsWithTheFirstPage() {
    paging(2);
    shard.nextPage();
    shard.proceed();
    long attempt = shard.run(2, 2, "a:x");

    assertThat(shard.proceed()).isTrue();
    assertThat(shard.lastReply()).isEqualTo(new ShardReply.Page(3, shard.fence(2, 2), 0));
    assertThat(shard.answered).endsWith(attempt);
    shard.finish();
    assertThat(result()).containsExactlyInAnyOrder("a=2", "b=1", "c=1", "d=1", "e=1");
    assertThat(inPages()).isEqualTo(new EpochOutput.InPages(3, 1));
  }

  @Test
  void nextAttempt_whileAPageIsMade_beginsWithTheFirstPage() {
    paging(2);
    long forSecondPage = shard.nextPage();
    long attempt = shard.run(2, 2, "a:x");
    assertThat(shard.answered).endsWith(forSecondPage);

    shard.finish();

    assertThat(shard.answered).contains(attempt);
    assertThat(result()).containsExactlyInAnyOrder("a=2", "b=1", "c=1", "d=1", "e=1");
    assertThat(inPages()).isEqualTo(new EpochOutput.InPages(3, 1));
  }

  @Test
  void requestThatArrivesTwice_isIgnored_onceALaterPageIsRequested() {
    paging(2);

    shard.nextPage();
    requireIgnored(() -> shard.run(2, 1, "a:x"));
    shard.proceed();
    requireIgnored(() -> shard.run(2, 1, "a:x"));
    shard.finish();
    assertThat(result()).hasSize(5);

    requireIgnored(() -> shard.run(2, 1, "a:x"));
  }

  /** The answer may be lost, and the groups are not called again. */
  @Test
  void lastAnswer_isGivenAgain_ifItsRequestArrivesAgain() {
    paging(2);
    List<Object> first = shard.pages.get(0);
    requireAgain(() -> shard.run(2, 1, "a:x"));
    assertThat(shard.pages).containsExactly(first);

    shard.nextPage();
    shard.proceed();
    List<Object> second = shard.pages.get(1);
    requireAgain(() -> shard.nextPage(shard.fence(2, 1), 1));
    assertThat(shard.pages).containsExactly(first, second);

    shard.finish();
    assertThat(result()).hasSize(5);
    requireAgain(() -> shard.nextPage(shard.fence(2, 1), 3));
    assertThat(inPages()).isEqualTo(new EpochOutput.InPages(3, 1));

    shard.asksForResult = false;
    shard.runAll(3, "a:x");
    requireAgain(() -> shard.run(3, 1, "a:x"));
    assertThat(texts(shard.rows())).containsExactly("a=3");
  }

  @Test
  void requestForAPage_thatIsNotTheNext_isIgnored() {
    shard.runAll(1, "a:x", "b:x", "c:x");
    requireIgnored(() -> shard.nextPage(shard.fence(1, 1), 1));

    shard.mostCalls = 1;
    shard.asksForResult = true;
    shard.run(2, 1, "a:x");
    requireIgnored(() -> shard.nextPage(shard.fence(2, 1), 1));
    shard.proceed();
    requireIgnored(() -> shard.nextPage(shard.fence(2, 1), 2));
    requireIgnored(() -> shard.nextPage(shard.fence(2, 2), 1));

    shard.nextPage(shard.fence(2, 1), 1);
    requireIgnored(() -> shard.nextPage(shard.fence(2, 1), 1));
    shard.finish();
    assertThat(result()).containsExactlyInAnyOrder("a=2", "b=1", "c=1");
  }

  @Test
  void requestForAPage_ofAnEarlierAttempt_isIgnored() {
    paging(1);
    shard.run(2, 2, "a:x");
    shard.proceed();

    requireIgnored(() -> shard.nextPage(shard.fence(2, 1), 1));

    shard.finish();
    assertThat(result()).hasSize(5);
  }

  @Test
  void requestForAPage_ofAnotherActivation_isNotOpened() {
    paging(1);
    Fence fence = shard.fence(2, 1);
    shard = opened(shard.journal, 1);

    shard.nextPage(fence, 1);

    assertThat(shard.lastReply()).isEqualTo(new ShardReply.NotOpened(3, fence));
  }

  /** The earlier run may never ask for the next page. */
  @Test
  void newerRun_betweenPages_opensTheShard() {
    paging(1);
    Fence fence = shard.fence(2, 1);
    shard.effects.clear();

    shard.open(2);
    shard.journaled();

    assertThat(shard.effects).containsExactly("epochEnded", "persist", "answer");
    shard.nextPage(fence, 1);
    assertThat(shard.failure())
        .startsWith("shard [3] belongs to run [2] of the query, run [1] must not write to it");
    shard.run(2, 1, "a:x");
    shard.finish();
    assertThat(result()).hasSize(5);
    assertThat(inPages()).isEqualTo(new EpochOutput.InPages(5, 5));
  }

  @Test
  void parkRequest_betweenPages_waitsForTheLast() {
    paging(3);
    long request = shard.request(new ShardRequest.RequestParks(shard.fence(9, 9), List.of()));

    shard.nextPage();
    shard.proceed();
    assertThat(shard.answered).doesNotContain(request);

    shard.finish();
    assertThat(shard.answered).endsWith(request);
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

  /** Has the shard send the first page of five groups, in the second epoch. */
  private void paging(int groupsOfAPage) {
    shard.runAll(1, "a:x", "b:x", "c:x", "d:x", "e:x");
    shard.mostCalls = groupsOfAPage;
    shard.asksForResult = true;
    shard.run(2, 1, "a:x");
    assertThat(shard.proceed()).isTrue();
  }

  private void requireIgnored(Runnable request) {
    long ignored = shard.machine.ignored();
    int replies = shard.replies.size();
    ShardState state = shard.machine.state();

    request.run();

    assertThat(shard.machine.ignored()).isEqualTo(ignored + 1);
    assertThat(shard.effects).endsWith("ignored");
    assertThat(shard.replies).hasSize(replies);
    assertThat(shard.machine.state()).isEqualTo(state);
  }

  private void requireAgain(Runnable request) {
    long ignored = shard.machine.ignored();
    ShardReply last = shard.lastReply();
    ShardState state = shard.machine.state();
    int replies = shard.replies.size();
    int calls = Collections.frequency(shard.effects, "call");

    request.run();

    assertThat(shard.replies).hasSize(replies + 1).endsWith(last);
    assertThat(shard.machine.ignored()).isEqualTo(ignored);
    assertThat(Collections.frequency(shard.effects, "call")).isEqualTo(calls);
    assertThat(shard.machine.state()).isEqualTo(state);
  }

  private static String[] groups(int count) {
    return IntStream.range(0, count).mapToObj(i -> "g" + i + ":x").toArray(String[]::new);
  }

  private EpochOutput.@Nullable InPages inPages() {
    return Objects.requireNonNull(shard.output, "output").inPages();
  }

  private List<String> result() {
    return shard.pages.stream().flatMap(page -> texts(page).stream()).toList();
  }

  private List<Integer> places() {
    return shard.pages.stream()
        .flatMap(List::stream)
        .map(row -> Math.toIntExact(((ResultRow) row).place().number()))
        .toList();
  }

  private static List<String> texts(List<Object> rows) {
    return rows.stream().map(row -> String.valueOf(((ResultRow) row).row())).toList();
  }
}
