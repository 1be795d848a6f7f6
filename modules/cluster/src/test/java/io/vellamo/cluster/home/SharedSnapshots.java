package io.vellamo.cluster.home;

import java.util.Optional;
import org.apache.pekko.dispatch.Futures;
import org.apache.pekko.persistence.SelectedSnapshot;
import org.apache.pekko.persistence.SnapshotMetadata;
import org.apache.pekko.persistence.SnapshotSelectionCriteria;
import org.apache.pekko.persistence.snapshot.japi.SnapshotStore;
import org.jspecify.annotations.Nullable;
import scala.concurrent.Future;

/** The snapshot store plugin on {@link SharedStore}; keeps the last snapshot of an id. */
public final class SharedSnapshots extends SnapshotStore {
  private final SharedStore store = SharedStore.of(context().system().settings());

  @Override
  public Future<Optional<SelectedSnapshot>> doLoadAsync(
      String id, SnapshotSelectionCriteria criteria) {
    return Futures.successful(store.snapshot(id));
  }

  @Override
  public Future<@Nullable Void> doSaveAsync(SnapshotMetadata metadata, Object snapshot) {
    store.save(metadata, snapshot);
    return Futures.successful(null);
  }

  @Override
  public Future<@Nullable Void> doDeleteAsync(SnapshotMetadata metadata) {
    return Futures.successful(null);
  }

  @Override
  public Future<@Nullable Void> doDeleteAsync(String id, SnapshotSelectionCriteria criteria) {
    return Futures.successful(null);
  }
}
