package io.vellamo.cluster.home;

import java.sql.SQLIntegrityConstraintViolationException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.setup.Setup;
import org.apache.pekko.persistence.SelectedSnapshot;
import org.apache.pekko.persistence.SnapshotMetadata;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * The journals and snapshots that the nodes of a test share, as they would share a database. A
 * sequence number can be written once.
 *
 * <p><b>Threading</b> Safe to share.
 */
final class SharedStore extends Setup {
  /** A record as its serializer has written it. */
  record Entry(ByteString bytes, int serializer, String manifest, String writer) {}

  // All guarded by this.
  private final Map<String, TreeMap<Long, Entry>> logs = new HashMap<>();
  private final Map<String, Long> highest = new HashMap<>();
  private final Map<String, SelectedSnapshot> snapshots = new HashMap<>();
  private @Nullable String failing;
  private @Nullable Exception failure;

  static SharedStore of(ActorSystem.Settings settings) {
    return settings.setup().get(SharedStore.class).orElseThrow();
  }

  /** Fails the next write of an id, as a database does that can't be reached. */
  synchronized void failNextWrite(String id) {
    failing = id;
    failure = new IllegalStateException("simulated outage");
  }

  /** Refuses the next write of an id, as if another owner had written meanwhile. */
  synchronized void refuseNextWrite(String id) {
    failing = id;
    failure = new SQLIntegrityConstraintViolationException("number is taken", "23505");
  }

  /** Appends records, all or none. */
  synchronized void append(String id, Map<Long, Entry> entries) throws Exception {
    Exception simulated = failure;
    if (simulated != null && id.equals(failing)) {
      failure = null;
      throw simulated;
    }
    TreeMap<Long, Entry> log = logs.computeIfAbsent(id, any -> new TreeMap<>());
    for (long number : entries.keySet()) {
      if (number <= highestNumber(id)) {
        throw new SQLIntegrityConstraintViolationException("number is taken", "23505");
      }
    }
    log.putAll(entries);
    highest.put(id, log.lastKey());
  }

  synchronized List<Map.Entry<Long, Entry>> entries(String id, long from, long to) {
    TreeMap<Long, Entry> log = logs.get(id);
    return log == null ? List.of() : new ArrayList<>(log.subMap(from, true, to, true).entrySet());
  }

  synchronized long highestNumber(String id) {
    return highest.getOrDefault(id, 0L);
  }

  synchronized void delete(String id, long to) {
    TreeMap<Long, Entry> log = logs.get(id);
    if (log != null) {
      log.headMap(to, true).clear();
    }
  }

  synchronized void save(SnapshotMetadata metadata, Object snapshot) {
    snapshots.put(metadata.persistenceId(), SelectedSnapshot.create(metadata, snapshot));
  }

  synchronized Optional<SelectedSnapshot> snapshot(String id) {
    return Optional.ofNullable(snapshots.get(id));
  }
}
