package io.vellamo.actors.seeded;

import java.util.Optional;
import org.apache.pekko.persistence.SelectedSnapshot;
import org.apache.pekko.persistence.SnapshotMetadata;
import org.apache.pekko.persistence.SnapshotSelectionCriteria;
import org.apache.pekko.persistence.snapshot.japi.SnapshotStore;
import org.jspecify.annotations.Nullable;
import scala.concurrent.Future;

/** The snapshot store plugin on {@link SeededStore}. */
public final class SeededSnapshots extends SnapshotStore {
  private final SeededSetup setup = SeededSetup.of(context().system().settings());

  @Override
  public Future<Optional<SelectedSnapshot>> doLoadAsync(
      String id, SnapshotSelectionCriteria criteria) {
    return setup
        .store()
        .read(
            setup.tasks(),
            "mark of " + id,
            () -> setup.store().snapshot(id, criteria.maxSequenceNr()));
  }

  @Override
  public Future<@Nullable Void> doSaveAsync(SnapshotMetadata metadata, Object snapshot) {
    return setup
        .store()
        .write(
            setup.tasks(),
            "new mark of " + metadata.persistenceId(),
            () -> setup.store().save(metadata, snapshot));
  }

  @Override
  public Future<@Nullable Void> doDeleteAsync(SnapshotMetadata metadata) {
    return delete(metadata.persistenceId(), metadata.sequenceNr(), metadata.sequenceNr());
  }

  @Override
  public Future<@Nullable Void> doDeleteAsync(String id, SnapshotSelectionCriteria criteria) {
    return delete(id, criteria.minSequenceNr(), criteria.maxSequenceNr());
  }

  private Future<@Nullable Void> delete(String id, long from, long to) {
    return setup
        .store()
        .write(
            setup.tasks(),
            "removal of marks of " + id,
            () -> setup.store().deleteSnapshots(id, from, to));
  }
}
