package io.vellamo.benchmarks.stores;

import io.vellamo.journal.store.JournalStore;
import io.vellamo.journal.store.Payload;
import io.vellamo.journal.store.RocksJournalStore;
import io.vellamo.journal.store.StoreSettings;
import io.vellamo.journal.store.StoreSettings.Compression;
import io.vellamo.journal.store.StoreSettings.DamagedLog;
import io.vellamo.journal.store.StoredEvent;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** The embedded journal's own store on RocksDB, with its default settings. */
public final class EmbeddedJournalStore implements LogStore {
  private static final long MIB = 1024 * 1024;

  private final JournalStore store;

  /** Opens the store in a directory, and creates it if it is missing. */
  public EmbeddedJournalStore(Path directory) {
    store =
        RocksJournalStore.open(
            new StoreSettings(
                directory,
                true,
                true,
                DamagedLog.FAIL,
                Compression.LZ4,
                32 * MIB,
                8 * MIB,
                2,
                8 * MIB));
  }

  @Override
  public CompletableFuture<Void> append(int log, long sequenceNr, byte[] bytes) {
    Payload payload = Payload.of(1, "", bytes);
    StoredEvent event = new StoredEvent(sequenceNr, 0, "", "", payload, null);
    return store.append(name(log), List.of(event)).toCompletableFuture();
  }

  @Override
  public CompletableFuture<Void> deleteTo(int log, long sequenceNr) {
    return store.deleteTo(name(log), sequenceNr).toCompletableFuture();
  }

  @Override
  public long read(int log) {
    long[] bytes = new long[1];
    store.read(
        name(log),
        1,
        Long.MAX_VALUE,
        event -> {
          bytes[0] += event.payload().bytes().length;
          return true;
        });
    return bytes[0];
  }

  @Override
  public void close() {
    store.close();
  }

  private static String name(int log) {
    return "log-" + log;
  }
}
