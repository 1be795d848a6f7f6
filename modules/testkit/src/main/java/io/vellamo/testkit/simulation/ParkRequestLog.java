package io.vellamo.testkit.simulation;

import io.vellamo.engine.journal.JournalRecord.ParkRequested;
import io.vellamo.engine.journal.JournalRecord.ShardChanged;
import io.vellamo.engine.local.LocalQuery;
import io.vellamo.engine.shard.ParkRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The requests for parked groups in the journals of an operator's shards. */
final class ParkRequestLog {
  /**
   * A request.
   *
   * @param writtenAfter the last epoch in the journal before it
   */
  private record Request(ParkRequest request, long writtenAfter) {}

  /** The group of all events, whose key is null. */
  private static final int ALL = 0;

  private final Map<Integer, List<Request>> byKey = new TreeMap<>();

  ParkRequestLog(SimulatedJournal journal, LocalQuery query, int operator) {
    for (int shard = 0; shard < query.shards(); shard++) {
      long epoch = 0;
      for (SimulatedJournal.Entry entry :
          journal.entries("shard-" + (operator * query.shards() + shard))) {
        if (entry.record() instanceof ShardChanged changed) {
          epoch = changed.change().epoch();
        } else if (entry.record() instanceof ParkRequested requested) {
          requireBeforeItsEpoch(requested.request(), epoch);
          Object key = query.prepared().operators().get(operator).keyCodec().read(requested.key());
          byKey
              .computeIfAbsent(key == null ? ALL : (Integer) key, none -> new ArrayList<>())
              .add(new Request(requested.request(), epoch));
        }
      }
    }
  }

  /** Checks that a request that arrives again is not written again after it was carried out. */
  private static void requireBeforeItsEpoch(ParkRequest request, long lastEpoch) {
    if (lastEpoch > request.afterEpoch()) {
      throw new AssertionError(
          "a request for an epoch after [%d] must not be written after epoch [%d]"
              .formatted(request.afterEpoch(), lastEpoch));
    }
  }

  /** Returns the request that an epoch fulfils for a group, and forgets it; null if none. */
  ParkRequest.@Nullable Kind take(int key, long epoch) {
    List<Request> requests = byKey.getOrDefault(key, List.of());
    Request last = null;
    for (Request each : requests) {
      if (each.writtenAfter < epoch) {
        last = each;
      }
    }
    if (last == null || last.request.afterEpoch() >= epoch) {
      return null;
    }
    requests.removeIf(each -> each.writtenAfter < epoch);
    return last.request.kind();
  }
}
