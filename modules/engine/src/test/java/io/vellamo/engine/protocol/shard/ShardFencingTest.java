package io.vellamo.engine.protocol.shard;

import static org.assertj.core.api.Assertions.assertThat;

import io.vellamo.api.query.ErrorPolicy;
import io.vellamo.engine.journal.JournalRecord.ShardOwned;
import io.vellamo.engine.journal.JournalRecord.ShardRecord;
import io.vellamo.engine.protocol.Fence;
import io.vellamo.engine.protocol.ShardReply;
import io.vellamo.engine.protocol.ShardRequest;
import io.vellamo.engine.protocol.ShardSize;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Activations and runs that take over from each other, and requests that come late. */
final class ShardFencingTest {
  private static final ErrorPolicy FAIL = ErrorPolicy.fail();

  @Test
  void activation_answersNothing_beforeTheJournalHoldsItsClaim() {
    TestShard shard = new TestShard(new ArrayList<>(), FAIL, TestShard.LARGE);
    shard.recovered();

    shard.request(new ShardRequest.Digest(7));
    shard.open(1);

    assertThat(shard.writing).containsExactly(new ShardOwned(1, 1));
    assertThat(shard.replies).isEmpty();

    shard.journaled();

    assertThat(shard.replies)
        .hasExactlyElementsOfTypes(ShardReply.Opened.class, ShardReply.Digested.class);
    assertThat(shard.replies.get(0))
        .isEqualTo(
            new ShardReply.Opened(3, 1, 1, shard.machine.ledger().nextDue(), ShardSize.EMPTY));
  }

  @Test
  void claim_countsActivations_andIsNotWrittenTwiceForARun() {
    TestShard first = TestShard.opened(FAIL, TestShard.LARGE);
    TestShard second = restarted(first);

    second.open(1);
    second.journaled();
    second.open(1);

    assertThat(second.journal).containsExactly(new ShardOwned(1, 1), new ShardOwned(2, 1));
    assertThat(second.writing).isEmpty();
    assertThat(((ShardReply.Opened) second.lastReply()).owner()).isEqualTo(2);
  }

  @Test
  void owner_isKnownAfterARecoveryFromASnapshot() {
    List<ShardRecord> journal = TestShard.opened(FAIL, TestShard.LARGE).journal;
    TestShard shard = new TestShard(journal, FAIL, TestShard.SMALL);
    shard.recovered();
    shard.open(1);
    shard.journaled();
    shard.runAll(1, "a:x");
    while (shard.mark < 0) {
      shard.snapshotDue();
      shard.journaled();
    }

    int from = (int) shard.mark;
    TestShard next =
        new TestShard(
            new ArrayList<>(shard.journal.subList(from, shard.journal.size())),
            FAIL,
            TestShard.LARGE);

    assertThat(shard.journal.subList(0, from)).contains(new ShardOwned(2, 1));
    assertThat(next.machine.ledger().owner()).isEqualTo(2);
    assertThat(next.machine.ledger().incarnation()).isEqualTo(1);
  }

  /** The first repair of H1: the claim voids the parts of the activation before. */
  @Test
  void partsOfAnActivationThatStopped_areVoid_afterTheClaimOfTheNext() {
    List<ShardRecord> journal = halfWritten();

    // The claim is the only record of the next activation that voids anything: its epoch happens
    // to continue with the number that the journal ends with.
    TestShard next = new TestShard(journal, FAIL, TestShard.SMALL);
    next.recovered();
    next.open(1);
    next.journaled();
    next.journal.addAll(wholeEpoch().subList(2, 4));
    TestShard last = new TestShard(next.journal, FAIL, TestShard.SMALL);

    assertThat(last.machine.ledger().lastRows()).hasSize(2);
  }

  /** The second repair of H1: the first part of an epoch voids all parts before it. */
  @Test
  void partsThatWereWrittenTwice_countOnce_alsoWithoutAClaim() {
    List<ShardRecord> journal = halfWritten();

    journal.addAll(wholeEpoch().subList(1, 4));
    TestShard recovered = new TestShard(journal, FAIL, TestShard.SMALL);

    assertThat(recovered.machine.ledger().lastEpoch()).isEqualTo(1);
    assertThat(recovered.machine.ledger().lastRows()).hasSize(3);
  }

  @Test
  void splitEpoch_thatIsRunAgainAfterARestart_countsOnce() {
    TestShard next = new TestShard(halfWritten(), FAIL, TestShard.SMALL);
    next.recovered();
    next.open(1);
    next.journaled();
    next.runAll(1, "a:x", "b:x", "c:x");

    TestShard last = new TestShard(next.journal, FAIL, TestShard.SMALL);

    assertThat(next.rows()).containsExactly("a=1", "b=1", "c=1");
    assertThat(last.machine.ledger().lastRows()).hasSize(3);
  }

  /** H2: a restart must not forget which run has taken over. */
  @Test
  void openingOfANewerRun_isKnownAfterARestart() {
    TestShard shard = TestShard.opened(FAIL, TestShard.LARGE);
    shard.open(5);
    shard.journaled();

    TestShard next = restarted(shard);
    next.open(4);

    assertThat(next.failure())
        .isEqualTo(
            "shard [3] belongs to run [5] of the query, run [4] must not write to it any more;"
                + " another start of the query has taken over");
    assertThat(next.writing).isEmpty();
  }

  @Test
  void earlierRun_isRefused_alsoWhileAnEpochRuns() {
    TestShard shard = TestShard.opened(FAIL, TestShard.LARGE);
    shard.open(2);
    shard.journaled();
    shard.run(1, 1, "a:x");

    shard.run(new Fence(1, 1, 1, 1), "a:x");

    assertThat(shard.failure()).contains("belongs to run [2]");
    assertThat(((ShardReply.Failed) shard.lastReply()).fence()).isEqualTo(new Fence(1, 1, 1, 1));
  }

  @Test
  void newerRun_waitsForTheRunningEpoch_andFindsItInMemory() {
    TestShard shard = TestShard.opened(FAIL, TestShard.LARGE);
    shard.run(1, 1, "a:x");
    long opening = shard.open(2);
    shard.called();
    shard.journaled();

    assertThat(shard.writing).containsExactly(new ShardOwned(2, 2));
    assertThat(shard.answered).doesNotContain(opening);

    shard.journaled();
    shard.effects.clear();
    shard.run(1, 1, "a:x");

    assertThat(shard.effects).containsExactly("done");
    assertThat(shard.rows()).containsExactly("a=1");
  }

  /** H3. */
  @Test
  void epoch_ofARunOrActivationThatHasNotOpenedTheShard_isNotRun() {
    TestShard shard = new TestShard(new ArrayList<>(), FAIL, TestShard.LARGE);
    shard.recovered();

    shard.run(new Fence(1, 1, 1, 1), "a:x");
    assertThat(shard.lastReply()).isEqualTo(new ShardReply.NotOpened(3, new Fence(1, 1, 1, 1)));

    shard.open(1);
    shard.journaled();
    for (Fence fence : List.of(new Fence(2, 1, 1, 1), new Fence(1, 2, 1, 1))) {
      shard.run(fence, "a:x");
      assertThat(shard.lastReply()).isEqualTo(new ShardReply.NotOpened(3, fence));
    }
    assertThat(shard.effects).doesNotContain("call");
  }

  /** H4: a duplicate that the network delayed must not fail the query. */
  @Test
  void epochBehindTheLast_isIgnored_ifItIsADuplicate_andFails_ifTheRunAsksForIt() {
    TestShard shard = TestShard.opened(FAIL, TestShard.LARGE);
    shard.runAll(1, "a:x");
    shard.runAll(2, "a:x");
    shard.effects.clear();

    shard.run(1, 1, "a:x");

    assertThat(shard.effects).containsExactly("ignored");
    assertThat(shard.machine.ignored()).isEqualTo(1);

    TestShard next = restarted(shard);
    next.open(1);
    next.journaled();
    next.run(1, 1, "a:x");

    assertThat(next.failure())
        .isEqualTo(
            "shard [3] must not be ahead of its query, it holds epoch [2] and was asked for [1];"
                + " query and shards must use the same journal, restore them together");
  }

  /** H6. */
  @Test
  void epochThatChangedNothing_isNotRunAgain_ifItsRequestArrivesTwice() {
    TestShard shard = TestShard.opened(FAIL, TestShard.LARGE);
    shard.runAll(1, "a:x");
    shard.runAll(2, "a:nothing");
    shard.effects.clear();

    shard.run(2, 1, "a:nothing");
    assertThat(shard.effects).containsExactly("done");
    assertThat(shard.rows()).isEmpty();
    shard.runAll(3, "a:x");

    assertThat(shard.rows()).containsExactly("a=2");
  }

  @Test
  void runningEpoch_thatIsAskedForAgain_isNotStartedAgain_andAnswersTheLatestRequest() {
    TestShard shard = TestShard.opened(FAIL, TestShard.LARGE);
    long first = shard.run(1, 1, "a:x");
    long duplicate = shard.run(1, 1, "a:x");
    long second = shard.run(1, 2, "a:x");
    shard.called();
    long third = shard.run(1, 3, "a:x");
    long late = shard.run(1, 2, "a:x");
    shard.journaled();

    assertThat(shard.effects).containsOnlyOnce("call").containsOnlyOnce("done");
    assertThat(shard.done().fence().attempt()).isEqualTo(3);
    assertThat(shard.answered).containsSequence(first, duplicate, second, late, third);
    assertThat(shard.rows()).containsExactly("a=1");
  }

  /** Returns the records of a claim and of an epoch in three parts. */
  private static List<ShardRecord> wholeEpoch() {
    TestShard shard = TestShard.opened(FAIL, TestShard.SMALL);
    shard.runAll(1, "a:x", "b:x", "c:x");
    assertThat(shard.journal).hasSize(4);
    return shard.journal;
  }

  /** Returns that journal as it is if the shard stops after the first part. */
  private static List<ShardRecord> halfWritten() {
    return new ArrayList<>(wholeEpoch().subList(0, 2));
  }

  private static TestShard restarted(TestShard shard) {
    TestShard next = new TestShard(new ArrayList<>(shard.journal), FAIL, TestShard.LARGE);
    next.recovered();
    return next;
  }
}
