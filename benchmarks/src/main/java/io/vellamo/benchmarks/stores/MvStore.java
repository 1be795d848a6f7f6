package io.vellamo.benchmarks.stores;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;

/** H2's MVStore with group commit: one commit and one sync for all pending writes. */
final class MvStore implements LogStore {
  /**
   * The position of the log's number in a key; it is in the upper bits, so a log's records are
   * adjacent.
   */
  private static final int LOG_SHIFT = 40;

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Write(long key, byte[] bytes, boolean isDelete, CompletableFuture<Void> done) {}

  private final MVStore store;
  private final MVMap<Long, byte[]> records;
  private final BlockingQueue<Write> waiting = new LinkedBlockingQueue<>();
  private final Thread writer = new Thread(this::write, "mvstore-writer");

  MvStore(Path file) {
    store = new MVStore.Builder().fileName(file.toString()).autoCommitDisabled().open();
    records = store.openMap("records");
    writer.setDaemon(true);
    writer.start();
  }

  @Override
  public CompletableFuture<Void> append(int log, long sequenceNr, byte[] bytes) {
    return enqueue(new Write(key(log, sequenceNr), bytes, false, new CompletableFuture<>()));
  }

  @Override
  public CompletableFuture<Void> deleteTo(int log, long sequenceNr) {
    byte[] none = new byte[0];
    return enqueue(new Write(key(log, sequenceNr), none, true, new CompletableFuture<>()));
  }

  @Override
  public long read(int log) {
    long bytes = 0;
    Iterator<Long> keys = records.keyIterator(key(log, 0));
    while (keys.hasNext()) {
      Long key = keys.next();
      if (key >> LOG_SHIFT != log) {
        break;
      }
      byte[] value = records.get(key);
      bytes += value == null ? 0 : value.length;
    }
    return bytes;
  }

  @Override
  public void close() {
    writer.interrupt();
    try {
      writer.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    store.close();
  }

  private CompletableFuture<Void> enqueue(Write write) {
    waiting.add(write);
    return write.done;
  }

  private void write() {
    List<Write> group = new ArrayList<>();
    try {
      while (true) {
        group.add(waiting.take());
        waiting.drainTo(group);
        group.forEach(this::apply);
        store.commit();
        store.sync();
        group.forEach(write -> write.done.complete(null));
        group.clear();
      }
    } catch (InterruptedException e) {
      // Closed: the writer ends.
    }
  }

  private void apply(Write write) {
    if (!write.isDelete) {
      records.put(write.key, write.bytes);
      return;
    }
    Iterator<Long> keys = records.keyIterator(write.key >> LOG_SHIFT << LOG_SHIFT);
    while (keys.hasNext()) {
      Long key = keys.next();
      if (key > write.key) {
        break;
      }
      records.remove(key);
    }
  }

  private static long key(int log, long sequenceNr) {
    return ((long) log << LOG_SHIFT) | sequenceNr;
  }
}
