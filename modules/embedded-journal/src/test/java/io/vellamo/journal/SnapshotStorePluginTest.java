package io.vellamo.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.persistence.DeleteSnapshotSuccess;
import org.apache.pekko.persistence.DeleteSnapshotsSuccess;
import org.apache.pekko.persistence.Persistence;
import org.apache.pekko.persistence.SaveSnapshotFailure;
import org.apache.pekko.persistence.SaveSnapshotSuccess;
import org.apache.pekko.persistence.SelectedSnapshot;
import org.apache.pekko.persistence.SnapshotMetadata;
import org.apache.pekko.persistence.SnapshotProtocol;
import org.apache.pekko.persistence.SnapshotSelectionCriteria;
import org.apache.pekko.testkit.javadsl.TestKit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import scala.jdk.javaapi.OptionConverters;

/** The snapshot store plugin, asked as Pekko asks it. */
final class SnapshotStorePluginTest {

  private static final Duration TIMEOUT = Duration.ofSeconds(20);

  @TempDir Path directory;

  private ActorSystem<Void> system;
  private ActorRef snapshots;
  private TestKit probe;

  @BeforeEach
  void start() {
    system = Systems.start(directory);
    probe = new TestKit(system.classicSystem());
    Persistence persistence = Persistence.get(system);
    snapshots = persistence.snapshotStoreFor("", persistence.snapshotStoreFor$default$2());
  }

  @AfterEach
  void stop() {
    Systems.stop(system);
  }

  @Test
  void load_byCriteria_takesTheNewestThatMatches() {
    save(10, "ten");
    save(20, "twenty");

    assertThat(load(SnapshotSelectionCriteria.latest())).contains("twenty");
    assertThat(load(SnapshotSelectionCriteria.create(19, Long.MAX_VALUE))).contains("ten");
    assertThat(load(SnapshotSelectionCriteria.create(Long.MAX_VALUE, 1))).isEmpty();
    assertThat(load(SnapshotSelectionCriteria.none())).isEmpty();
  }

  @Test
  void metadata_isKept() {
    send(new SnapshotProtocol.SaveSnapshot(metadata(10).withMetadata("extra"), "ten"));
    probe.expectMsgClass(TIMEOUT, SaveSnapshotSuccess.class);

    SelectedSnapshot loaded = select(SnapshotSelectionCriteria.latest()).orElseThrow();

    assertThat(loaded.metadata().metadata().get()).isEqualTo("extra");
  }

  @Test
  void deletion_ofOneSnapshot_needsItsTimestampOrNone() {
    long timestamp = save(10, "ten");
    SnapshotMetadata other = new SnapshotMetadata("a", 10, timestamp + 1);

    send(new SnapshotProtocol.DeleteSnapshot(other));
    probe.expectMsgClass(TIMEOUT, DeleteSnapshotSuccess.class);
    assertThat(load(SnapshotSelectionCriteria.latest())).contains("ten");

    send(new SnapshotProtocol.DeleteSnapshot(metadata(10)));
    probe.expectMsgClass(TIMEOUT, DeleteSnapshotSuccess.class);
    assertThat(load(SnapshotSelectionCriteria.latest())).isEmpty();
  }

  @Test
  void deletion_byCriteria_sparesTheOthers() {
    save(10, "ten");
    save(20, "twenty");

    send(
        new SnapshotProtocol.DeleteSnapshots(
            "a", SnapshotSelectionCriteria.create(10, Long.MAX_VALUE)));
    probe.expectMsgClass(TIMEOUT, DeleteSnapshotsSuccess.class);

    assertThat(load(SnapshotSelectionCriteria.latest())).contains("twenty");
    assertThat(load(SnapshotSelectionCriteria.create(19, Long.MAX_VALUE))).isEmpty();
  }

  @Test
  void snapshot_thatCannotBeSerialized_failsToBeSaved() {
    send(new SnapshotProtocol.SaveSnapshot(metadata(10), new Object()));

    assertThat(probe.expectMsgClass(TIMEOUT, SaveSnapshotFailure.class).cause())
        .hasMessageContaining("java.lang.Object");
  }

  private long save(long sequenceNr, String state) {
    send(new SnapshotProtocol.SaveSnapshot(metadata(sequenceNr), state));
    return probe.expectMsgClass(TIMEOUT, SaveSnapshotSuccess.class).metadata().timestamp();
  }

  private Optional<Object> load(SnapshotSelectionCriteria criteria) {
    return select(criteria).map(SelectedSnapshot::snapshot);
  }

  private Optional<SelectedSnapshot> select(SnapshotSelectionCriteria criteria) {
    send(new SnapshotProtocol.LoadSnapshot("a", criteria, Long.MAX_VALUE));
    return OptionConverters.toJava(
        probe.expectMsgClass(TIMEOUT, SnapshotProtocol.LoadSnapshotResult.class).snapshot());
  }

  private void send(Object request) {
    snapshots.tell(request, probe.getRef());
  }

  /** As Pekko makes it for a snapshot to save: the store's plugin base adds the timestamp. */
  private static SnapshotMetadata metadata(long sequenceNr) {
    return new SnapshotMetadata("a", sequenceNr, 0);
  }
}
