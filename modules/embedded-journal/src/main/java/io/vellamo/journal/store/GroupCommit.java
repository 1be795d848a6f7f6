package io.vellamo.journal.store;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * The writer thread: puts all changes that wait into one commit, so that they share one sync.
 *
 * <p>Under little load a change is committed alone and at once; under load the commits grow by
 * themselves, as more changes arrive while a sync is under way.
 *
 * <p><b>Threading</b> safe to share. The committer is called by one thread at a time.
 *
 * @param <C> the type of the changes
 */
final class GroupCommit<C> implements AutoCloseable {

  /** What makes changes durable. */
  interface Committer<C> {

    /**
     * Makes all changes durable, except those it refuses.
     *
     * @param changes at least one; a change that concerns only itself is refused by {@link
     *     Pending#refuse}
     * @throws Exception if the commit failed: it is unknown what is durable, nothing is
     *     acknowledged and no commit follows
     */
    void commit(List<Pending<C>> changes) throws Exception;
  }

  private final String storeName;
  private final long maxCommitBytes;
  private final Committer<C> committer;
  private final BlockingQueue<Pending<C>> queue = new LinkedBlockingQueue<>();
  private final Pending<C> end = new Pending<>(null, 0);
  private final Thread thread;

  /** Guards {@link #closed} and that nothing is queued behind {@link #end}. */
  private final Object lock = new Object();

  private boolean closed;

  /** Used by the writer thread only. */
  private @Nullable Throwable failure;

  private GroupCommit(String storeName, long maxCommitBytes, Committer<C> committer) {
    this.storeName = storeName;
    this.maxCommitBytes = maxCommitBytes;
    this.committer = committer;
    this.thread = new Thread(this::run, "vellamo-journal-writer");
    // Whoever waits for an acknowledgement keeps the JVM alive; what was not acknowledged may go.
    thread.setDaemon(true);
  }

  static <C> GroupCommit<C> start(String storeName, long maxCommitBytes, Committer<C> committer) {
    GroupCommit<C> groupCommit = new GroupCommit<>(storeName, maxCommitBytes, committer);
    groupCommit.thread.start();
    return groupCommit;
  }

  /**
   * Hands over a change.
   *
   * @param change the change
   * @param bytes about how much it writes
   * @return a stage that completes on the writer thread when the change is durable
   */
  CompletionStage<Void> submit(C change, long bytes) {
    Pending<C> pending = new Pending<>(change, bytes);
    synchronized (lock) {
      if (closed) {
        return CompletableFuture.failedFuture(
            new WritesRefusedException(
                "Journal store ["
                    + storeName
                    + "] must be open for changes, found it closed;"
                    + " open it again",
                null));
      }
      queue.add(pending);
    }
    return pending.done;
  }

  /** Commits what was handed over before, and ends the writer thread. */
  @Override
  public void close() {
    synchronized (lock) {
      if (!closed) {
        closed = true;
        queue.add(end);
      }
    }
    joinUninterruptibly();
  }

  private void joinUninterruptibly() {
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    List<Pending<C>> changes = new ArrayList<>();
    boolean open = true;
    while (open) {
      open = gather(changes);
      if (!changes.isEmpty()) {
        commit(changes);
        changes.clear();
      }
    }
  }

  /** Waits for a change and takes all that wait with it. Returns whether more can come. */
  private boolean gather(List<Pending<C>> changes) {
    long bytes = 0;
    Pending<C> next = take();
    while (next != null) {
      if (next == end) {
        return false;
      }
      changes.add(next);
      bytes += next.bytes;
      Pending<C> following = queue.peek();
      boolean fits = following != null && bytes + following.bytes <= maxCommitBytes;
      next = fits ? queue.poll() : null;
    }
    return true;
  }

  private Pending<C> take() {
    try {
      return queue.take();
    } catch (InterruptedException e) {
      throw new AssertionError("the writer thread is private, nobody interrupts it", e);
    }
  }

  private void commit(List<Pending<C>> changes) {
    Throwable earlierFailure = failure;
    if (earlierFailure != null) {
      failAll(changes, refusal(earlierFailure));
      return;
    }
    try {
      committer.commit(changes);
    } catch (Throwable e) {
      failure = e;
      failAll(changes, writeFailure(e));
      return;
    }
    changes.forEach(Pending::complete);
  }

  private static <C> void failAll(List<Pending<C>> changes, JournalStoreException cause) {
    for (Pending<C> pending : changes) {
      pending.done.completeExceptionally(cause);
    }
  }

  private JournalStoreException writeFailure(Throwable cause) {
    return new JournalStoreException(
        String.format(
            "Changes to journal store [%s] must reach the disk, found [%s]; none of them is"
                + " acknowledged, and no more are taken until the store is opened again",
            storeName, cause),
        cause);
  }

  private JournalStoreException refusal(Throwable cause) {
    return new WritesRefusedException(
        String.format(
            "Journal store [%s] takes no more changes since one failed with [%s]; remove the cause"
                + " and open the store again by a restart",
            storeName, cause),
        cause);
  }

  /** A change that waits for its commit. */
  static final class Pending<C> {

    private final @Nullable C change;
    private final long bytes;
    private final CompletableFuture<Void> done = new CompletableFuture<>();

    /** Used by the writer thread only. */
    private @Nullable JournalStoreException refusal;

    private Pending(@Nullable C change, long bytes) {
      this.change = change;
      this.bytes = bytes;
    }

    C change() {
      if (change == null) {
        throw new AssertionError("the end is not a change");
      }
      return change;
    }

    /** Fails this change and no other. */
    void refuse(JournalStoreException cause) {
      refusal = cause;
    }

    private void complete() {
      if (refusal == null) {
        done.complete(null);
      } else {
        done.completeExceptionally(refusal);
      }
    }
  }
}
