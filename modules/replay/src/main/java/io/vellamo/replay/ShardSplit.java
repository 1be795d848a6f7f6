package io.vellamo.replay;

import io.vellamo.engine.group.GroupChange;
import io.vellamo.engine.group.GroupChange.Effect;
import io.vellamo.engine.group.GroupEntry;
import io.vellamo.engine.group.GroupKey;
import io.vellamo.engine.shard.ParkChange;
import io.vellamo.engine.shard.ParkedEntry;
import io.vellamo.engine.shard.ShardLedger;
import io.vellamo.engine.shard.SnapshotPart;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToIntFunction;

/**
 * The groups of a shard, divided by the shards to which they are moved.
 *
 * <p><b>Cost</b> References to all keys and states of the shard.
 */
final class ShardSplit {
  /**
   * The groups that are moved to a shard.
   *
   * @param groups changes that create the groups, in the order of keys
   * @param parks changes that park those that are parked
   */
  record Piece(List<GroupChange> groups, List<ParkChange> parks) {
    Piece() {
      this(new ArrayList<>(), new ArrayList<>());
    }
  }

  private ShardSplit() {}

  /**
   * Divides a shard.
   *
   * @param shard the shard as its journal holds it
   * @param target returns the shard to which a key belongs
   * @return the pieces by target
   */
  static SortedMap<Integer, Piece> of(ShardLedger shard, ToIntFunction<GroupKey> target) {
    SortedMap<Integer, Piece> pieces = new TreeMap<>();
    // Sorted first: a HashMap's order would leak into the journal.
    shard.groups().keySet().stream()
        .sorted()
        .forEach(key -> pieceOf(key, target, pieces).groups.add(creation(key, shard.entry(key))));
    for (ParkedEntry parked : shard.parked().all()) {
      List<ParkChange> parks = pieceOf(parked.key(), target, pieces).parks;
      parks.add(parked.reason());
      if (!parked.events().isEmpty()) {
        parks.add(new ParkChange.Waiting(parked.key(), 0, parked.events()));
      }
    }
    return pieces;
  }

  private static Piece pieceOf(
      GroupKey key, ToIntFunction<GroupKey> target, SortedMap<Integer, Piece> pieces) {
    return pieces.computeIfAbsent(target.applyAsInt(key), shard -> new Piece());
  }

  private static GroupChange creation(GroupKey key, GroupEntry entry) {
    if (entry.keptVariables() != null) {
      return GroupChange.of(key, SnapshotPart.Group.whole(key, entry).contents(), List.of());
    }
    Effect effect = entry.state() == null ? Effect.TIMEOUT_WITHOUT_STATE : Effect.STATE;
    return new GroupChange(key, effect, entry.state(), entry.timeoutMillis(), List.of());
  }
}
