package io.vellamo.journal.store;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;

/**
 * The files of a store, shared by its readers and its writer, and the lock of its directory.
 *
 * <p><b>Threading</b> safe to share, except for the methods of the writer.
 */
/*
 * Readers hold the read lock of usage while they access native memory, and closing the files takes
 * the write lock: using a closed handle of RocksDB crashes the JVM. Only the writer reopens the
 * files, so it can use them without the lock.
 */
final class SharedFiles implements AutoCloseable {

  private static final long READS_MAY_TAKE_MILLIS = 1_000;

  private final StoreSettings settings;
  private final DirectoryLock directoryLock;
  private final AcknowledgedMark mark;
  private final Consumer<String> warnings;
  private final DirectoryCheck directoryCheck;
  private final ReadWriteLock usage = new ReentrantReadWriteLock();
  private volatile boolean closed;

  /** Guarded by usage; {@code null} while the files cannot be reopened, and after their release. */
  private @Nullable RocksFiles files;

  /** The reason why the files are not open; guarded by usage. */
  private @Nullable JournalStoreException failure;

  /** Guarded by the write lock of usage. */
  private boolean released;

  private SharedFiles(
      StoreSettings settings,
      DirectoryLock directoryLock,
      AcknowledgedMark mark,
      Consumer<String> warnings)
      throws IOException {
    this.settings = settings;
    this.directoryLock = directoryLock;
    this.mark = mark;
    this.warnings = warnings;
    this.directoryCheck = DirectoryCheck.begin(settings);
    RocksFiles opened = CheckedOpening.open(settings, mark, warnings);
    this.files = opened;
    directoryCheck.opened(opened.updates());
  }

  /** Locks the directory and opens the files. */
  static SharedFiles open(StoreSettings settings) {
    return open(settings, warning -> {});
  }

  /** Locks the directory and opens the files; the consumer receives a message about each repair. */
  static SharedFiles open(StoreSettings settings, Consumer<String> warnings) {
    StoreDirectory.prepare(settings);
    DirectoryLock lock = null;
    AcknowledgedMark mark = null;
    SharedFiles opened = null;
    try {
      lock = DirectoryLock.acquire(settings.directory());
      mark = AcknowledgedMark.open(settings.directory());
      opened = new SharedFiles(settings, lock, mark, warnings);
      return opened;
    } catch (IOException e) {
      throw StoreDirectory.unusable(settings, e);
    } finally {
      if (opened == null) {
        release(mark, lock);
      }
    }
  }

  /** Reads the committed data as of one moment. */
  <T> T reading(String what, Reading<T> reading) {
    usage.readLock().lock();
    try {
      requireOpen();
      try (RocksView view = RocksView.ofNow(current())) {
        return reading.from(view);
      }
    } catch (RocksDBException e) {
      throw new JournalStoreException(
          String.format(
              "%s in journal directory [%s] must be readable, found [%s]; %s",
              what, settings.directory(), e.getMessage(), RocksFailures.remedy(e)),
          e);
    } finally {
      usage.readLock().unlock();
    }
  }

  /**
   * Returns the open files; called by readers and by the writer.
   *
   * @throws JournalStoreException if they could not be reopened
   */
  RocksFiles current() {
    RocksFiles open = files;
    if (open == null) {
      throw new JournalStoreException(
          String.format(
              "Journal store [%s] must be open, found that it could not be opened again after a"
                  + " failed write, as [%s]; the next change tries again",
              settings.directory(), failure == null ? "" : failure.getMessage()),
          failure);
    }
    return open;
  }

  /**
   * Records that all commits are durable; called by the writer.
   *
   * @throws DirectoryLostException if the commits went to files that are no longer in the directory
   */
  void acknowledge() throws IOException {
    directoryCheck.requireWritten(current().updates());
    if (settings.sync()) {
      mark.set(current().updates());
    }
  }

  /**
   * Closes and reopens the files, which reads back what the disk holds and makes it durable; called
   * by the writer.
   *
   * <p><b>Failure</b> while the disk has no room, or reads do not end, the old files stay open for
   * reads. If opening fails, reads fail until it succeeds.
   *
   * @throws JournalStoreException if the files could not be reopened
   */
  void reopen() {
    directoryCheck.requireSameDirectory();
    StoreDirectory.requireRoom(settings);
    awaitReaders();
    try {
      if (files != null) {
        files.close();
        files = null;
      }
      RocksFiles opened = CheckedOpening.open(settings, mark, warnings);
      files = opened;
      directoryCheck.opened(opened.updates());
    } catch (IOException e) {
      throw StoreDirectory.unusable(settings, e);
    } catch (JournalStoreException e) {
      failure = e;
      throw e;
    } finally {
      usage.writeLock().unlock();
    }
  }

  /** Checks that the store is neither closed nor being closed. */
  void requireOpen() {
    if (closed) {
      throw new JournalStoreException(
          "Journal store ["
              + settings.directory()
              + "] must be open for reads, found it closed; open it again");
    }
  }

  /** Ends reads in progress and refuses new ones. */
  void endReads() {
    closed = true;
  }

  /** Releases all resources; the writer must have ended. */
  @Override
  public void close() {
    endReads();
    usage.writeLock().lock();
    try {
      if (!released) {
        released = true;
        if (files != null) {
          files.close();
          files = null;
        }
        release(mark, directoryLock);
      }
    } finally {
      usage.writeLock().unlock();
    }
  }

  /** Takes the write lock, with a time limit, since a visitor can itself wait for a change. */
  private void awaitReaders() {
    boolean alone;
    try {
      alone = usage.writeLock().tryLock(READS_MAY_TAKE_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      throw new AssertionError("the writer thread is private, nobody interrupts it", e);
    }
    if (!alone) {
      throw new JournalStoreException(
          String.format(
              "Reads of journal store [%s] must end before it can be opened again after a failed"
                  + " write, found them under way after [%d] ms; the next change tries again",
              settings.directory(), READS_MAY_TAKE_MILLIS));
    }
  }

  private static void release(@Nullable AcknowledgedMark mark, @Nullable DirectoryLock lock) {
    if (mark != null) {
      mark.close();
    }
    if (lock != null) {
      lock.close();
    }
  }

  /** A read from a view. */
  interface Reading<T> {
    T from(RocksView view) throws RocksDBException;
  }
}
