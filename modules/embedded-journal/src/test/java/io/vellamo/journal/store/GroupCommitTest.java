package io.vellamo.journal.store;

import static io.vellamo.journal.store.Stores.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;

final class GroupCommitTest {

  private final List<List<String>> commits = new CopyOnWriteArrayList<>();
  private final Semaphore entered = new Semaphore(0);
  private final Semaphore permitted = new Semaphore(0);

  @Test
  void changes_thatWait_shareOneCommitUpToTheLimit() throws InterruptedException {
    try (GroupCommit<String> groupCommit = GroupCommit.start("s", 100, this::commit)) {
      groupCommit.submit("first", 10);
      entered.acquire();
      groupCommit.submit("a", 60);
      groupCommit.submit("b", 40);
      groupCommit.submit("c", 1);
      groupCommit.submit("huge", 1_000);
      CompletionStage<Void> last = groupCommit.submit("d", 1);
      permitted.release(10);
      await(last);
    }

    assertThat(commits)
        .containsExactly(
            List.of("first"), List.of("a", "b"), List.of("c"), List.of("huge"), List.of("d"));
  }

  @Test
  void failedCommit_isNotAcknowledgedAndNoneFollows() throws InterruptedException {
    permitted.release(10);
    try (GroupCommit<String> groupCommit = GroupCommit.start("s", 100, this::commit)) {
      await(groupCommit.submit("good", 1));
      CompletionStage<Void> failed = groupCommit.submit("fail", 1);
      assertThatThrownBy(() -> await(failed))
          .hasCauseInstanceOf(JournalStoreException.class)
          .hasMessageContaining(
              "Changes to journal store [s] must reach the disk,"
                  + " found [java.io.IOException: no space]; none of them is acknowledged");

      CompletionStage<Void> later = groupCommit.submit("later", 1);

      assertThatThrownBy(() -> await(later))
          .hasCauseInstanceOf(WritesRefusedException.class)
          .hasMessageContaining("Journal store [s] takes no more changes since one failed with");
    }
    assertThat(commits).containsExactly(List.of("good"), List.of("fail"));
  }

  @Test
  void refusedChange_concernsNoOther() throws InterruptedException {
    permitted.release(10);
    try (GroupCommit<String> groupCommit = GroupCommit.start("s", 100, this::commit)) {
      CompletionStage<Void> refused = groupCommit.submit("refuse", 1);
      CompletionStage<Void> good = groupCommit.submit("good", 1);

      assertThatThrownBy(() -> await(refused)).hasCauseInstanceOf(SequenceConflictException.class);
      await(good);
    }
  }

  private void commit(List<GroupCommit.Pending<String>> changes)
      throws IOException, InterruptedException {
    entered.release();
    permitted.acquire();
    commits.add(changes.stream().map(GroupCommit.Pending::change).toList());
    for (GroupCommit.Pending<String> pending : changes) {
      if (pending.change().equals("refuse")) {
        pending.refuse(new SequenceConflictException("a", 1, 2));
      } else if (pending.change().equals("fail")) {
        throw new IOException("no space");
      }
    }
  }
}
