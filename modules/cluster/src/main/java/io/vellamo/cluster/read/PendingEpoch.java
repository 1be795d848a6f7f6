package io.vellamo.cluster.read;

import io.vellamo.cluster.chunk.Chunk;
import io.vellamo.cluster.chunk.InputPart;
import io.vellamo.engine.epoch.EpochPlan;
import io.vellamo.engine.epoch.EpochShare;
import io.vellamo.engine.epoch.EpochShares;
import io.vellamo.engine.pipeline.RoutedEpoch;
import io.vellamo.engine.pipeline.ShareReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;

/**
 * An attempt to read an epoch, in shares.
 *
 * <p><b>Threading</b> Used by the link's actor only.
 */
final class PendingEpoch {
  private final AttemptId id;
  private final EpochPlan plan;
  private final boolean keepsEvents;
  private final List<PendingShare> shares = new ArrayList<>();
  // Whether the coordinator knows that it has been read.
  private boolean isTold;

  PendingEpoch(AttemptId id, EpochPlan plan, boolean keepsEvents) {
    this.id = id;
    this.plan = plan;
    this.keepsEvents = keepsEvents;
  }

  AttemptId id() {
    return id;
  }

  boolean keepsEvents() {
    return keepsEvents;
  }

  List<PendingShare> shares() {
    return shares;
  }

  boolean isTold() {
    return isTold;
  }

  void told() {
    isTold = true;
  }

  /** Divides the epoch among readers, unless it is divided. */
  void divide(SortedMap<String, ActorRef<ToReader>> readers) {
    if (!shares.isEmpty() || readers.isEmpty()) {
      return;
    }
    for (Map.Entry<String, EpochShare> share :
        EpochShares.divide(plan, readers.keySet()).entrySet()) {
      shares.add(
          new PendingShare(
              share.getValue(), Objects.requireNonNull(readers.get(share.getKey()), "reader")));
    }
  }

  /** Returns a share; null if it is not one of this attempt. */
  @Nullable PendingShare share(ShareId share) {
    if (share.attempt().equals(id)) {
      for (PendingShare each : shares) {
        if (each.share.ranges().equals(share.ranges())) {
          return each;
        }
      }
    }
    return null;
  }

  /** Returns whether all shares have been read. */
  boolean isRead() {
    return !shares.isEmpty() && shares.stream().allMatch(PendingShare::isDone);
  }

  /** Returns the epoch without the events of shards; all shares must have been read. */
  RoutedEpoch routed() {
    List<ShareReport> reports = new ArrayList<>();
    for (PendingShare share : shares) {
      reports.add(Objects.requireNonNull(share.report, "report"));
    }
    return RoutedEpoch.ofShares(plan, reports);
  }

  /** Returns where each shard gets its events; all shares must have been read. */
  Map<Integer, List<InputPart>> parts() {
    Map<Integer, List<InputPart>> parts = new TreeMap<>();
    for (PendingShare share : shares) {
      FromReader.Read read = Objects.requireNonNull(share.read, "read");
      read.chunks()
          .forEach(
              (shard, chunks) ->
                  parts
                      .computeIfAbsent(shard, any -> new ArrayList<>())
                      .add(new InputPart(read.holder(), read.held(), chunks, Chunk.EMPTY)));
    }
    return parts;
  }
}
