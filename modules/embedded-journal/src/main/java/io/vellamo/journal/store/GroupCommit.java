package io.vellamo.journal.store;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A writer thread that groups pending changes into one commit, so that they share one sync.
 *
 * <p>Under light load a change is committed alone and immediately; under heavy load commits grow,
 * up to a configured size, since more changes arrive during a sync.
 *
 * <p><b>Threading</b> safe to share. The committer is called by one thread at a time.
 *
 * <p><b>Failure</b> a failed commit fails its own changes and all changes queued at that moment.
 * Before the next commit the committer resumes; while that fails, changes are refused. Only {@link
 * #close} ends the writer thread: an error, such as an OutOfMemoryError, is handled like a failed
 * commit.
 *
 * @param <C> the type of the changes
 */
final class GroupCommit<C> implements AutoCloseable {

  /** The operation that makes changes durable. */
  interface Committer<C> {

    /**
     * Makes all changes durable, except those it refuses.
     *
     * @param changes at least one; {@link Pending#refuse} fails a single change
     * @throws Exception if the commit failed: it is unknown which changes are durable, and none is
     *     acknowledged
     */
    void commit(List<Pending<C>> changes) throws Exception;

    /**
     * Determines the durable state after a failed commit; called before the next commit.
     *
     * @throws Exception if commits are not yet possible
     */
    void resume() throws Exception;
  }

  private static final int ATTEMPTS_TO_FAIL = 1_000;
  private static final long PAUSE_NANOS = 100_000;

  private final String storeName;
  private final long maxCommitBytes;
  private final Committer<C> committer;
  private final BlockingQueue<Pending<C>> queue = new LinkedBlockingQueue<>();
  private final Pending<C> end = new Pending<>(null, 0);
  private final Thread thread;

  /** Guards {@link #closed}, and ensures that nothing is queued after {@link #end}. */
  private final Object lock = new Object();

  private boolean closed;

  /**
   * A change taken from the queue but not yet added to the commit. Used by the writer thread only.
   */
  private @Nullable Pending<C> taken;

  /** Created in advance, since no exception can be created without memory. */
  private final JournalStoreException lastResort;

  /** True if the last commit failed. Used by the writer thread only. */
  private boolean failed;

  /** True once {@link #end} was taken. Used by the writer thread only. */
  private boolean ended;

  private GroupCommit(String storeName, long maxCommitBytes, Committer<C> committer) {
    this.storeName = storeName;
    this.maxCommitBytes = maxCommitBytes;
    this.committer = committer;
    this.lastResort =
        new JournalStoreException(
            String.format(
                "Changes to journal store [%s] must reach the disk, found no memory to write them, nor"
                    + " to say more; give the program a larger heap",
                storeName),
            null);
    this.thread = new Thread(this::run, "vellamo-journal-writer");
    // A daemon: callers that wait for an acknowledgement keep the JVM alive, and unacknowledged
    // changes may be lost.
    thread.setDaemon(true);
  }

  static <C> GroupCommit<C> start(String storeName, long maxCommitBytes, Committer<C> committer) {
    GroupCommit<C> groupCommit = new GroupCommit<>(storeName, maxCommitBytes, committer);
    groupCommit.thread.start();
    return groupCommit;
  }

  /**
   * Submits a change.
   *
   * @param change the change
   * @param bytes the approximate number of bytes it writes
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

  /** Commits the changes submitted before, and ends the writer thread. */
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
    while (!ended) {
      try {
        gather(changes);
        if (!changes.isEmpty()) {
          commit(changes);
        }
      } catch (Throwable e) {
        survive(changes, e);
      }
      changes.clear();
      taken = null;
    }
  }

  /** Fails all pending changes, since their stages would otherwise never complete. */
  private void survive(List<Pending<C>> changes, Throwable cause) {
    failed = true;
    JournalStoreException failure;
    try {
      failure = writeFailure(cause);
    } catch (Throwable e) {
      failure = lastResort;
    }
    failAll(changes, failure);
  }

  /**
   * Waits for a change, and takes it together with the queued ones that fit into the same commit.
   */
  private void gather(List<Pending<C>> changes) {
    long bytes = 0;
    Pending<C> next = take();
    taken = next;
    while (next != null && add(next, changes)) {
      bytes += next.bytes;
      Pending<C> following = queue.peek();
      boolean fits = following != null && bytes + following.bytes <= maxCommitBytes;
      next = fits ? queue.poll() : null;
      taken = next;
    }
  }

  /** Adds a change, unless it is the end marker. */
  private boolean add(Pending<C> next, List<Pending<C>> changes) {
    if (next == end) {
      ended = true;
    } else {
      changes.add(next);
    }
    return !ended;
  }

  private Pending<C> take() {
    try {
      return queue.take();
    } catch (InterruptedException e) {
      throw new AssertionError("the writer thread is private, nobody interrupts it", e);
    }
  }

  private void commit(List<Pending<C>> changes) {
    try {
      resume();
    } catch (Throwable e) {
      failAll(changes, refusal(e));
      return;
    }
    try {
      committer.commit(changes);
    } catch (Throwable e) {
      failed = true;
      failAll(changes, writeFailure(e));
      return;
    }
    changes.forEach(Pending::complete);
  }

  private void resume() throws Exception {
    if (failed) {
      committer.resume();
      failed = false;
    }
  }

  /**
   * Fails changes and all changes queued after them, since those were submitted on the assumption
   * that the preceding ones succeed. A change that is submitted after one of them has failed is not
   * affected.
   */
  private void failAll(List<Pending<C>> changes, JournalStoreException cause) {
    // Counted before the first one fails, not collected: there may be no memory for a list.
    int waiting = queue.size();
    for (Pending<C> pending : changes) {
      fail(pending, cause);
    }
    Pending<C> next = taken == null ? pollOne(waiting--) : taken;
    while (next != null && !ended) {
      ended = next == end;
      if (!ended) {
        fail(next, cause);
        next = pollOne(waiting--);
      }
    }
  }

  private @Nullable Pending<C> pollOne(int left) {
    return left > 0 ? queue.poll() : null;
  }

  /**
   * Fails a change. Retries, since completing a stage allocates memory, which other threads may
   * have to release first.
   */
  private void fail(Pending<C> pending, JournalStoreException cause) {
    for (int attempt = 0; attempt < ATTEMPTS_TO_FAIL; attempt++) {
      try {
        pending.done.completeExceptionally(cause);
        return;
      } catch (Throwable e) {
        LockSupport.parkNanos(PAUSE_NANOS);
      }
    }
  }

  private JournalStoreException writeFailure(Throwable cause) {
    return new JournalStoreException(
        String.format(
            "Changes to journal store [%s] must reach the disk, found [%s]; none under way is"
                + " acknowledged; %s",
            storeName,
            cause,
            cause instanceof VirtualMachineError
                ? "give the program a larger heap"
                : "make room on the disk, or remove what else is the cause"),
        cause);
  }

  private JournalStoreException refusal(Throwable cause) {
    return new WritesRefusedException(
        String.format(
            "Journal store [%s] must be opened again after a failed write before it takes changes,"
                + " found [%s]; make room on the disk, or remove what else is the cause, and the"
                + " next change tries again",
            storeName, cause.getMessage()),
        cause);
  }

  /** A change that is not yet committed. */
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

    /** Fails only this change. */
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
