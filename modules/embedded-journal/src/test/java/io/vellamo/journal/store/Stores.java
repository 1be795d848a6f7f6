package io.vellamo.journal.store;

import io.vellamo.journal.store.StoreSettings.Compression;
import io.vellamo.journal.store.StoreSettings.DamagedLog;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;

/** Stores, events and answers for tests. */
final class Stores {

  private Stores() {}

  static StoreSettings settings(Path directory, DamagedLog damagedLog) {
    return new StoreSettings(
        directory, true, true, damagedLog, Compression.LZ4, 4 << 20, 1 << 20, 1, 1 << 20);
  }

  static RocksJournalStore open(Path directory) {
    return RocksJournalStore.open(settings(directory, DamagedLog.FAIL));
  }

  static StoredEvent event(long sequenceNr) {
    byte[] bytes = ("event " + sequenceNr).getBytes(StandardCharsets.UTF_8);
    return new StoredEvent(sequenceNr, 1_000, "writer", "", Payload.of(1, "m", bytes), null);
  }

  /** Returns an event that cannot be compressed; the same for the same arguments. */
  static StoredEvent event(String persistenceId, long sequenceNr, int bytes) {
    byte[] payload = new byte[bytes];
    new Random(31L * persistenceId.hashCode() + sequenceNr).nextBytes(payload);
    return new StoredEvent(sequenceNr, 0, "writer", "", Payload.of(1, "", payload), null);
  }

  static List<StoredEvent> events(long from, long to) {
    return LongStream.rangeClosed(from, to).mapToObj(Stores::event).toList();
  }

  static StoredSnapshot snapshot(long sequenceNr, long timestampMillis, String state) {
    byte[] bytes = state.getBytes(StandardCharsets.UTF_8);
    return new StoredSnapshot(sequenceNr, timestampMillis, Payload.of(2, "s", bytes), null);
  }

  static String text(Payload payload) {
    return new String(payload.bytes(), StandardCharsets.UTF_8);
  }

  static List<Long> sequenceNrs(JournalStore store, String persistenceId) {
    List<Long> sequenceNrs = new ArrayList<>();
    store.read(persistenceId, 0, Long.MAX_VALUE, event -> sequenceNrs.add(event.sequenceNr()));
    return sequenceNrs;
  }

  static <T> T await(CompletionStage<T> stage) {
    return stage.toCompletableFuture().orTimeout(30, TimeUnit.SECONDS).join();
  }

  /** Waits for a change. Returns nothing if it was acknowledged, else why not. */
  static String failure(CompletionStage<?> change) {
    return await(
        change.handle(
            (done, failure) -> failure == null ? "" : String.valueOf(failure.getMessage())));
  }
}
