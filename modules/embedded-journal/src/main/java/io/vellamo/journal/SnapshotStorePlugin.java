package io.vellamo.journal;

import io.vellamo.journal.store.JournalStore;
import io.vellamo.journal.store.Payload;
import io.vellamo.journal.store.SnapshotRange;
import io.vellamo.journal.store.StoredSnapshot;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.persistence.SelectedSnapshot;
import org.apache.pekko.persistence.SnapshotMetadata;
import org.apache.pekko.persistence.SnapshotSelectionCriteria;
import org.apache.pekko.persistence.snapshot.japi.SnapshotStore;
import scala.concurrent.Future;
import scala.jdk.javaapi.OptionConverters;

/**
 * The snapshot store plugin: an adapter between Pekko and the store, without logic of its own.
 *
 * <p>A snapshot replaces an earlier one with the same sequence number.
 */
final class SnapshotStorePlugin extends SnapshotStore {

  private final SharedStore sharedStore;
  private final PayloadCodec payloads;

  SnapshotStorePlugin() {
    ActorSystem system = context().system();
    sharedStore = SharedStore.get(system);
    payloads = new PayloadCodec(system);
  }

  @Override
  public Future<Optional<SelectedSnapshot>> doLoadAsync(
      String persistenceId, SnapshotSelectionCriteria criteria) {
    return withStore(
        store ->
            CompletableFuture.completedFuture(
                store
                    .newestSnapshot(persistenceId, range(criteria))
                    .map(stored -> decode(persistenceId, stored))));
  }

  @Override
  public Future<Void> doSaveAsync(SnapshotMetadata metadata, Object snapshot) {
    return withStore(
        store -> store.saveSnapshot(metadata.persistenceId(), encode(metadata, snapshot)));
  }

  @Override
  public Future<Void> doDeleteAsync(SnapshotMetadata metadata) {
    return withStore(store -> store.deleteSnapshots(metadata.persistenceId(), onlyThat(metadata)));
  }

  @Override
  public Future<Void> doDeleteAsync(String persistenceId, SnapshotSelectionCriteria criteria) {
    return withStore(store -> store.deleteSnapshots(persistenceId, range(criteria)));
  }

  /** Runs a request on the read dispatcher, since serializing a snapshot can take long. */
  private <T> Future<T> withStore(Function<JournalStore, CompletionStage<T>> request) {
    return ScalaFutures.from(
        CompletableFuture.supplyAsync(
                () -> request.apply(sharedStore.store()), sharedStore.readDispatcher())
            .thenCompose(stage -> stage));
  }

  private StoredSnapshot encode(SnapshotMetadata metadata, Object snapshot) {
    Payload added = OptionConverters.toJava(metadata.metadata()).map(payloads::encode).orElse(null);
    return new StoredSnapshot(
        metadata.sequenceNr(), metadata.timestamp(), payloads.encode(snapshot), added);
  }

  private SelectedSnapshot decode(String persistenceId, StoredSnapshot stored) {
    SnapshotMetadata metadata =
        new SnapshotMetadata(persistenceId, stored.sequenceNr(), stored.timestampMillis());
    Payload added = stored.metadata();
    return SelectedSnapshot.create(
        added == null ? metadata : metadata.withMetadata(payloads.decode(added)),
        payloads.decode(stored.payload()));
  }

  private static SnapshotRange range(SnapshotSelectionCriteria criteria) {
    return new SnapshotRange(
        criteria.minSequenceNr(),
        criteria.maxSequenceNr(),
        criteria.minTimestamp(),
        criteria.maxTimestamp());
  }

  /** Returns the range of one snapshot. In Pekko a timestamp of 0 means any timestamp. */
  private static SnapshotRange onlyThat(SnapshotMetadata metadata) {
    long sequenceNr = metadata.sequenceNr();
    long timestamp = metadata.timestamp();
    return timestamp == 0
        ? SnapshotRange.only(sequenceNr)
        : new SnapshotRange(sequenceNr, sequenceNr, timestamp, timestamp);
  }
}
