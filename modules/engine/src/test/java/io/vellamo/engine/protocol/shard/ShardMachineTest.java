package io.vellamo.engine.protocol.shard;

import static io.vellamo.engine.group.TestCodecs.key;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.vellamo.api.query.ErrorPolicy;
import io.vellamo.engine.group.GroupKey;
import io.vellamo.engine.journal.JournalLimits;
import io.vellamo.engine.journal.JournalRecord.EpochRecord;
import io.vellamo.engine.journal.JournalRecord.InputsRecorded;
import io.vellamo.engine.journal.JournalRecord.ParkRequested;
import io.vellamo.engine.journal.JournalRecord.ShardChanged;
import io.vellamo.engine.journal.JournalRecord.ShardRecord;
import io.vellamo.engine.journal.JournalRecord.ShardSnapshotPart;
import io.vellamo.engine.protocol.Fence;
import io.vellamo.engine.protocol.ShardReply;
import io.vellamo.engine.protocol.ShardRequest;
import io.vellamo.engine.protocol.ShardRequest.RequestParks;
import io.vellamo.engine.shard.ParkRequest;
import io.vellamo.engine.shard.ParkRequest.Kind;
import io.vellamo.engine.shard.ShardDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What a shard does with the epochs of one run. */
final class ShardMachineTest {
  private static final ErrorPolicy FAIL = ErrorPolicy.fail();

  @Test
  void epoch_isCalled_thenWritten_thenAnswered() {
    TestShard shard = TestShard.opened(FAIL, TestShard.LARGE);
    shard.effects.clear();

    shard.run(1, 1, "a:x", "b:x", "a:x");
    shard.called();
    assertThat(shard.machine.ledger().groups()).isEmpty();
    shard.journaled();

    assertThat(shard.effects).containsExactly("call", "persist", "epochEnded", "done");
    assertThat(shard.rows()).containsExactly("a=1", "a=2", "b=1");
    ShardReply.Done done = shard.done();
    assertThat(done.fence()).isEqualTo(new Fence(1, 1, 1, 1));
    assertThat(done.rows()).isEqualTo(3);
    assertThat(done.updated()).isEqualTo(2);
    assertThat(done.size().groups()).isEqualTo(2);
    assertThat(shard.machine.ledger().lastEpoch()).isEqualTo(1);
  }

  @Test
  void epochThatTheShardHolds_isAnsweredFromMemory() {
    TestShard shard = TestShard.opened(FAIL, TestShard.LARGE);
    shard.runAll(1, "a:x", "b:x");
    shard.effects.clear();

    shard.run(1, 2, "a:x", "b:x");

    assertThat(shard.effects).containsExactly("done");
    assertThat(shard.done().fence().attempt()).isEqualTo(2);
    assertThat(shard.rows()).containsExactly("a=1", "b=1");
  }

  @Test
  void timeouts_areCalledAfterEvents_andTellTheNextDue() {
    TestShard shard = TestShard.opened(FAIL, TestShard.LARGE);
    shard.runAll(1, "a:later", "b:x");
    assertThat(shard.done().due().processingTimeMillis()).isEqualTo(110);

    shard.runAll(2, "b:x");

    assertThat(shard.rows()).containsExactly("b=2", "a timed out");
    assertThat(shard.done().removed()).isEqualTo(1);
    assertThat(shard.done().due().processingTimeMillis()).isNull();
  }

  @Test
  void calls_areBoundedAtOnce() {
    TestShard shard = TestShard.opened(FAIL, TestShard.LARGE);
    shard.mostCalls = 2;

    shard.run(1, 1, "a:x", "b:x", "c:x");
    assertThat(shard.calls).hasSize(2);
    shard.called();
    assertThat(shard.calls).hasSize(1);
    shard.finish();

    assertThat(shard.rows()).containsExactly("a=1", "b=1", "c=1");
  }

  @Test
  void throwingGroup_failsTheEpoch_ofWhichNothingIsKept() {
    TestShard shard = TestShard.opened(FAIL, TestShard.LARGE);

    shard.runAll(1, "a:x", "b:bad");

    assertThat(shard.failure())
        .isEqualTo("the function threw [java.lang.IllegalStateException] for group [b]");
    assertThat(shard.cause).hasMessage("bad event");
    assertThat(shard.machine.ledger().groups()).isEmpty();
    assertThat(shard.writing).isEmpty();

    shard.run(1, 2, "a:x");
    shard.finish();
    assertThat(shard.rows()).containsExactly("a=1");
  }

  @Test
  void retries_waitForTheirBackoff_thenTakeTheAction() {
    ErrorPolicy policy = ErrorPolicy.retry(2, Duration.ofSeconds(1)).thenDeadLetter();
    TestShard shard = TestShard.opened(policy, TestShard.LARGE);
    shard.effects.clear();

    shard.run(1, 1, "a:bad", "b:x");
    shard.called();
    assertThat(shard.delay).isEqualTo(Duration.ofSeconds(1));
    shard.callDue(1);
    shard.called();
    assertThat(shard.delay).isEqualTo(Duration.ofSeconds(2));
    shard.callDue(1);
    shard.finish();

    assertThat(shard.effects)
        .containsExactly(
            "call", "callLater", "call", "callLater", "call", "persist", "epochEnded", "done");
    assertThat(shard.rows()).containsExactly("b=1");
    assertThat(shard.done().deadLettered()).isEqualTo(1);
    assertThat(Objects.requireNonNull(shard.output).deadLetters()).hasSize(1);

    shard.run(1, 2, "a:bad", "b:x");
    assertThat(shard.done().deadLettered()).isEqualTo(1);
    assertThat(shard.output.deadLetters()).hasSize(1);
  }

  @Test
  void delayOfAnotherEpoch_isIgnored() {
    ErrorPolicy policy = ErrorPolicy.retry(1, Duration.ofSeconds(1)).thenFail();
    TestShard shard = TestShard.opened(policy, TestShard.LARGE);
    shard.run(2, 1, "a:bad");
    shard.called();

    shard.callDue(1);

    assertThat(shard.machine.state()).isEqualTo(ShardState.DELAYING);
    assertThat(shard.machine.ignored()).isEqualTo(1);
  }

  @Test
  void largeEpoch_isWrittenPartByPart_andCountsWithTheLast() {
    TestShard shard = TestShard.opened(FAIL, TestShard.SMALL);

    shard.run(1, 1, "a:x", "b:x", "c:x");
    shard.called();
    for (int part = 0; part < 3; part++) {
      assertThat(shard.writing).hasSize(1);
      assertThat(((EpochRecord) shard.writing.get(0)).part()).isEqualTo(part);
      assertThat(shard.machine.ledger().lastEpoch()).isZero();
      shard.journaled();
    }

    assertThat(shard.rows()).containsExactly("a=1", "b=1", "c=1");
    assertThat(shard.machine.ledger().groups()).hasSize(3);
  }

  @Test
  void inputs_areRecorded_beforeTheChanges() {
    TestShard shard = TestShard.opened(FAIL, new JournalLimits(1 << 20, 1 << 20, 1 << 20, true));

    shard.run(1, 1, "a:x");
    shard.called();

    assertThat(shard.writing)
        .hasExactlyElementsOfTypes(InputsRecorded.class, ShardChanged.class)
        .extracting(record -> ((EpochRecord) record).part())
        .containsExactly(0, 1);
  }

  @Test
  void snapshot_isWrittenBetweenEpochs_andMarked_andRecoversTheShard() {
    TestShard shard = TestShard.opened(FAIL, TestShard.SMALL);
    shard.runAll(1, "a:x", "b:x");
    assertThat(shard.effects).endsWith("done", "continueSnapshot");
    shard.snapshotDue();
    shard.run(2, 1, "c:x", "d:x");
    shard.journaled();
    assertThat(shard.machine.state()).isEqualTo(ShardState.CALLING);
    shard.called();
    shard.journaled();
    assertThat(shard.machine.state()).isEqualTo(ShardState.WRITING);
    shard.journaled();
    while (shard.mark < 0) {
      shard.snapshotDue();
      shard.journaled();
    }

    assertThat(shard.mark).isEqualTo(1);
    requireNoSnapshotWithinAnEpoch(shard.journal);
    TestShard recovered =
        new TestShard(
            shard.journal.subList((int) shard.mark, shard.journal.size()), FAIL, TestShard.LARGE);
    assertThat(ShardDigest.of(recovered.machine.ledger()))
        .isEqualTo(ShardDigest.of(shard.machine.ledger()));
    assertThat(recovered.machine.ledger().groups()).hasSize(4);
  }

  /** A run that was replaced may still read from the snapshot before the last. */
  @Test
  void snapshot_leavesTheRecordsFromTheOneBefore() {
    TestShard shard = TestShard.opened(FAIL, TestShard.SMALL);
    long first = snapshot(shard, 1);
    assertThat(shard.deletable).isZero();

    long second = snapshot(shard, 100);

    assertThat(second).isGreaterThan(first);
    assertThat(shard.deletable).isEqualTo(first);
    TestShard next = new TestShard(shard.journal, FAIL, TestShard.SMALL);
    next.recovered();
    next.open(1);
    next.journaled();
    assertThat(snapshot(next, 200)).isGreaterThan(second);
    assertThat(next.deletable).isEqualTo(second);
  }

  /** Runs epochs until a snapshot is whole; returns where it begins. */
  private static long snapshot(TestShard shard, long firstEpoch) {
    shard.mark = -1;
    for (long epoch = firstEpoch; shard.mark < 0; epoch++) {
      shard.runAll(epoch, "a:x", "b:x");
      while (shard.effects.get(shard.effects.size() - 1).equals("continueSnapshot")) {
        shard.snapshotDue();
        shard.journaled();
      }
    }
    return shard.mark;
  }

  private static void requireNoSnapshotWithinAnEpoch(List<ShardRecord> journal) {
    for (int place = 1; place < journal.size(); place++) {
      if (journal.get(place) instanceof ShardSnapshotPart
          && journal.get(place - 1) instanceof EpochRecord before) {
        assertThat(before).isInstanceOf(ShardChanged.class);
      }
    }
  }

  @Test
  void snapshotThatIsDueWhileAnEpochRuns_isAskedForAgainAfterIt() {
    TestShard shard = TestShard.opened(FAIL, TestShard.SMALL);
    shard.runAll(1, "a:x", "b:x");
    shard.run(2, 1, "a:x");
    shard.effects.clear();

    shard.snapshotDue();
    assertThat(shard.effects).isEmpty();
    shard.finish();

    assertThat(shard.effects).containsExactly("persist", "epochEnded", "done", "continueSnapshot");
  }

  @Test
  void parkedGroup_isReleased_onceItsRequestIsInTheJournal() {
    TestShard shard = TestShard.opened(ErrorPolicy.park(), TestShard.LARGE);
    shard.runAll(1, "a:bad", "b:x");
    assertThat(shard.done().size().parked()).isEqualTo(1);
    shard.runAll(2, "a:x");
    assertThat(shard.done().size().waiting()).isEqualTo(2);
    shard.request(new ShardRequest.ListParked(shard.fence(0, 5)));
    ShardReply.Parked parked = (ShardReply.Parked) shard.lastReply();
    assertThat(parked.fence()).isEqualTo(shard.fence(0, 5));
    assertThat(parked.groups()).singleElement().satisfies(a -> assertThat(a.key()).isEqualTo("a"));

    shard.request(release(shard, 6, "a", "b"));
    assertThat(shard.writing).hasExactlyElementsOfTypes(ParkRequested.class);
    shard.journaled();

    ShardReply.ParksRequested requested = (ShardReply.ParksRequested) shard.lastReply();
    assertThat(requested.fence()).isEqualTo(shard.fence(9, 6));
    assertThat(requested.found()).containsExactly(true, false);
    shard.runAll(3);
    assertThat(shard.rows()).containsExactly("a=1");
    assertThat(shard.done().size().parked()).isZero();
  }

  @Test
  void requestToAParkedGroup_waitsForTheRunningEpoch() {
    TestShard shard = TestShard.opened(ErrorPolicy.park(), TestShard.LARGE);
    shard.runAll(1, "a:bad");
    shard.run(2, 1, "a:x");
    long request = shard.request(release(shard, 6, "a"));
    shard.finish();

    assertThat(shard.machine.state()).isEqualTo(ShardState.REQUESTING);
    shard.journaled();
    assertThat(shard.answered).endsWith(request);
  }

  @Test
  void waitingRequests_areBounded_andRefusedBeyond() {
    TestShard shard = TestShard.opened(FAIL, TestShard.LARGE);
    shard.run(1, 1, "a:x");
    for (int id = 0; id < WaitingRequests.MOST; id++) {
      shard.request(release(shard, id, "a"));
    }
    shard.effects.clear();

    shard.request(release(shard, 1000, "a"));

    assertThat(shard.effects).containsExactly("failed");
    assertThat(shard.failure())
        .isEqualTo(
            "shard [3] must not be asked faster than it answers, [64] requests wait; ask again once"
                + " it has answered some");

    shard.effects.clear();
    shard.finish();
    assertThat(shard.effects).filteredOn("answer"::equals).hasSize(WaitingRequests.MOST);
    assertThat(shard.machine.waiting()).isZero();
  }

  @Test
  void requestsMadeAgainWhileTheyWait_waitOnce() {
    TestShard shard = TestShard.opened(FAIL, TestShard.SMALL);
    shard.runAll(1, "a:x");
    shard.snapshotDue();
    shard.effects.clear();

    long first = shard.run(2, 1, "a:x");
    long second = shard.run(2, 2, "a:x");
    long opening = shard.open(7);
    long again = shard.open(7);

    assertThat(shard.machine.waiting()).isEqualTo(2);
    assertThat(shard.answered).endsWith(first, opening);
    shard.journaled();
    shard.finish();
    shard.journaled();
    assertThat(shard.answered).endsWith(second, again);
  }

  @Test
  void impossibleInput_isNamedWithTheState() {
    TestShard shard = TestShard.opened(FAIL, TestShard.LARGE);

    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(shard::journaled)
        .withMessage("shard [3] of query [orders] in state [IDLE] can't get [Journaled]");
  }

  private static RequestParks release(TestShard shard, long number, String... keys) {
    List<RequestParks.Requested> requests = new ArrayList<>();
    for (String each : keys) {
      GroupKey group = key(each);
      requests.add(new RequestParks.Requested(group, new ParkRequest(Kind.RELEASE, 0)));
    }
    return new RequestParks(shard.fence(9, number), requests);
  }
}
