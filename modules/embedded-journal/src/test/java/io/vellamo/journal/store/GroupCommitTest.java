package io.vellamo.journal.store;

import static io.vellamo.journal.store.Stores.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class GroupCommitTest {

  private final Committer committer = new Committer();

  @Test
  void changes_thatWait_shareOneCommitUpToTheLimit() throws InterruptedException {
    try (GroupCommit<String> groupCommit = GroupCommit.start("s", 100, committer)) {
      groupCommit.submit("first", 10);
      committer.entered.acquire();
      groupCommit.submit("a", 60);
      groupCommit.submit("b", 40);
      groupCommit.submit("c", 1);
      groupCommit.submit("huge", 1_000);
      CompletionStage<Void> last = groupCommit.submit("d", 1);
      committer.permitted.release(10);
      await(last);
    }

    assertThat(committer.commits)
        .containsExactly(
            List.of("first"), List.of("a", "b"), List.of("c"), List.of("huge"), List.of("d"));
  }

  @Test
  void failedCommit_isNotAcknowledgedAndTakesAlongWhatWaits() throws InterruptedException {
    try (GroupCommit<String> groupCommit = GroupCommit.start("s", 100, committer)) {
      CompletionStage<Void> failed = groupCommit.submit("fail", 100);
      committer.entered.acquire();
      CompletionStage<Void> waiting = groupCommit.submit("waiting", 100);
      CompletionStage<Void> behind = groupCommit.submit("behind", 100);
      committer.permitted.release(10);

      for (CompletionStage<Void> each : List.of(failed, waiting, behind)) {
        assertThatThrownBy(() -> await(each))
            .hasCauseInstanceOf(JournalStoreException.class)
            .hasMessageEndingWith(
                "Changes to journal store [s] must reach the disk,"
                    + " found [java.io.IOException: no space]; none under way is acknowledged;"
                    + " make room on the disk, or remove what else is the cause");
      }
      assertThat(committer.resumed).hasValue(0);
      await(groupCommit.submit("later", 1));
    }

    assertThat(committer.commits).containsExactly(List.of("fail"), List.of("later"));
    assertThat(committer.resumed).hasValue(1);
  }

  @Test
  void failedResume_refusesChangesAndEachTriesAgain() throws InterruptedException {
    committer.permitted.release(10);
    committer.resumable = false;
    try (GroupCommit<String> groupCommit = GroupCommit.start("s", 100, committer)) {
      CompletionStage<Void> failed = groupCommit.submit("fail", 1);
      assertThatThrownBy(() -> await(failed)).hasCauseInstanceOf(JournalStoreException.class);

      for (int i = 0; i < 2; i++) {
        CompletionStage<Void> refused = groupCommit.submit("refused", 1);
        assertThatThrownBy(() -> await(refused))
            .hasCauseInstanceOf(WritesRefusedException.class)
            .hasMessageEndingWith(
                "Journal store [s] must be opened again after a failed write before it takes"
                    + " changes, found [still no space]; make room on the disk, or remove what else"
                    + " is the cause, and the next change tries again");
      }
      committer.resumable = true;
      await(groupCommit.submit("good", 1));
      await(groupCommit.submit("better", 1));
    }

    assertThat(committer.commits)
        .containsExactly(List.of("fail"), List.of("good"), List.of("better"));
    assertThat(committer.resumed).hasValue(3);
  }

  /** As without memory for the message: the error comes up where no commit is under way. */
  @Test
  void errorOutsideOfTheCommit_failsWhatWaits_andTheWriterGoesOn() throws InterruptedException {
    try (GroupCommit<String> groupCommit = GroupCommit.start("s", 100, committer)) {
      CompletionStage<Void> failed = groupCommit.submit("unspeakable", 100);
      committer.entered.acquire();
      CompletionStage<Void> waiting = groupCommit.submit("waiting", 100);
      committer.permitted.release(10);

      for (CompletionStage<Void> each : List.of(failed, waiting)) {
        assertThatThrownBy(() -> await(each))
            .hasCauseInstanceOf(JournalStoreException.class)
            .hasMessageContaining("found [java.lang.OutOfMemoryError: on purpose]")
            .hasMessageEndingWith("give the program a larger heap");
      }
      await(groupCommit.submit("later", 1));
    }

    assertThat(committer.commits).containsExactly(List.of("unspeakable"), List.of("later"));
    assertThat(committer.resumed).hasValue(1);
  }

  @Test
  void outOfMemoryInACommit_isToldAsSuch_andTheWriterGoesOn() throws InterruptedException {
    committer.permitted.release(10);
    try (GroupCommit<String> groupCommit = GroupCommit.start("s", 100, committer)) {
      CompletionStage<Void> failed = groupCommit.submit("hoard", 1);

      assertThatThrownBy(() -> await(failed))
          .hasCauseInstanceOf(JournalStoreException.class)
          .hasMessageContaining("found [java.lang.OutOfMemoryError: on purpose]")
          .hasMessageEndingWith("give the program a larger heap");
      await(groupCommit.submit("later", 1));
    }
  }

  @Test
  void close_withAFailedCommit_ends() throws InterruptedException {
    GroupCommit<String> groupCommit = GroupCommit.start("s", 100, committer);
    CompletionStage<Void> failed = groupCommit.submit("fail", 100);
    committer.entered.acquire();
    CompletionStage<Void> waiting = groupCommit.submit("waiting", 100);
    Thread closer = new Thread(groupCommit::close);
    closer.start();
    committer.permitted.release(10);
    closer.join();

    assertThat(failed.toCompletableFuture()).isCompletedExceptionally();
    assertThat(waiting.toCompletableFuture()).isCompletedExceptionally();
  }

  @Test
  void refusedChange_concernsNoOther() throws InterruptedException {
    committer.permitted.release(10);
    try (GroupCommit<String> groupCommit = GroupCommit.start("s", 100, committer)) {
      CompletionStage<Void> refused = groupCommit.submit("refuse", 1);
      CompletionStage<Void> good = groupCommit.submit("good", 1);

      assertThatThrownBy(() -> await(refused)).hasCauseInstanceOf(SequenceConflictException.class);
      await(good);
    }
  }

  private static final class Committer implements GroupCommit.Committer<String> {

    private final List<List<String>> commits = new CopyOnWriteArrayList<>();
    private final Semaphore entered = new Semaphore(0);
    private final Semaphore permitted = new Semaphore(0);
    private final AtomicInteger resumed = new AtomicInteger();
    private volatile boolean resumable = true;

    @Override
    public void commit(List<GroupCommit.Pending<String>> changes)
        throws IOException, InterruptedException {
      entered.release();
      permitted.acquire();
      commits.add(changes.stream().map(GroupCommit.Pending::change).toList());
      for (GroupCommit.Pending<String> pending : changes) {
        if (pending.change().equals("refuse")) {
          pending.refuse(new SequenceConflictException("a", 1, 2));
        } else if (pending.change().equals("fail")) {
          throw new IOException("no space");
        } else if (pending.change().equals("hoard")) {
          throw new OutOfMemoryError("on purpose");
        } else if (pending.change().equals("unspeakable")) {
          throw new Unspeakable();
        }
      }
    }

    @Override
    public void resume() throws IOException {
      resumed.incrementAndGet();
      if (!resumable) {
        throw new IOException("still no space");
      }
    }
  }

  /** Its text takes more memory than there is. */
  @SuppressWarnings("OverrideThrowableToString") // what throws here is the point
  private static final class Unspeakable extends IOException {
    private static final long serialVersionUID = 1L;

    @Override
    public String toString() {
      throw new OutOfMemoryError("on purpose");
    }
  }
}
