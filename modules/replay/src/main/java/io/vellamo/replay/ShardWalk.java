package io.vellamo.replay;

import io.vellamo.engine.group.GroupChange;
import io.vellamo.engine.group.GroupEntry;
import io.vellamo.engine.group.GroupKey;
import io.vellamo.engine.journal.JournalEntry;
import io.vellamo.engine.journal.JournalRecord.ShardRecord;
import io.vellamo.engine.shard.ParkChange;
import io.vellamo.engine.shard.ParkRequest;
import io.vellamo.engine.shard.ParkedEntry;
import io.vellamo.engine.shard.ShardLedger;
import io.vellamo.engine.shard.SnapshotPart;
import java.util.List;
import java.util.Map;
import java.util.function.LongPredicate;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A visitor of a shard's history up to an epoch, which gives the shard after that epoch. */
final class ShardWalk implements ShardScan.Visitor {
  private final int shard;
  private final GroupForms forms;
  private final long until;
  private final LongPredicate isStarted;
  private final @Nullable GroupKey watched;
  private final ShardRebuild rebuild;
  private boolean arrived;
  // Of the last activation of the shard.
  private boolean isOwnedInTime;
  private boolean tooEarly;
  private @Nullable Long watchedChanged;

  /**
   * Creates a walk.
   *
   * @param shard its number, across all operators
   * @param forms shows the groups of its operator
   * @param beginsWith the epoch with whose result its journal begins; 0 if it begins without groups
   * @param until the last epoch to include
   * @param isStarted returns whether a run had started by then
   * @param watched a group whose last change is noted; null for none
   */
  ShardWalk(
      int shard,
      GroupForms forms,
      long beginsWith,
      long until,
      LongPredicate isStarted,
      @Nullable GroupKey watched) {
    this.shard = shard;
    this.forms = forms;
    this.until = until;
    this.isStarted = isStarted;
    this.watched = watched;
    this.rebuild = new ShardRebuild(forms.operator().timeout(), beginsWith);
    this.tooEarly = until < beginsWith;
  }

  @Override
  public void entry(JournalEntry<ShardRecord> entry) {
    rebuild.record(entry.sequenceNr());
  }

  @Override
  public boolean epoch(RecordedEpoch epoch) {
    arrived |= epoch.epoch() > until;
    if (arrived) {
      tooEarly |= !rebuild.isKnown();
      if (!tooEarly || rebuild.isKnown()) {
        return false;
      }
    }
    // After the point, only to find the epoch from which the shard is known.
    rebuild.apply(epoch);
    if (watched != null && !arrived && !rebuild.isBeginning(epoch.epoch())) {
      for (GroupChange change : epoch.groups()) {
        if (change.key().equals(watched)) {
          watchedChanged = epoch.epoch();
        }
      }
      for (ParkChange change : epoch.parks()) {
        if (change.key().equals(watched)) {
          watchedChanged = epoch.epoch();
        }
      }
    }
    return true;
  }

  @Override
  public void owned(long owner, long incarnation) {
    isOwnedInTime = isStarted.test(incarnation);
  }

  @Override
  public void dropped(List<Integer> variables) {
    if (isOwnedInTime) {
      rebuild.forget(variables);
    }
  }

  @Override
  public void parkedPart(List<ParkChange> parks) {
    rebuild.restore(parks);
  }

  @Override
  public void requested(GroupKey key, ParkRequest request) {
    rebuild.requested(key, request);
  }

  @Override
  public boolean part(SnapshotPart part) {
    rebuild.restore(part);
    return !(tooEarly && rebuild.isKnown());
  }

  /**
   * Checks that the shard is known at the end of the walk.
   *
   * @throws IllegalArgumentException if it is not
   */
  ShardWalk requireKnown() {
    if (tooEarly || !rebuild.isKnown()) {
      throw new IllegalArgumentException(
          "the epoch must be one that the journal still tells of, shard [%d] is known from epoch [%d] on, was [%d]; set vellamo.journal.history to all to keep earlier ones"
              .formatted(shard, rebuild.knownFrom(), until));
    }
    return this;
  }

  ShardLedger ledger() {
    return rebuild.ledger();
  }

  ShardOverview overview() {
    long bytes = 0;
    for (Map.Entry<GroupKey, GroupEntry> group : ledger().groups().entrySet()) {
      bytes += group.getValue().size(group.getKey());
    }
    return new ShardOverview(
        shard,
        forms.operator().name(),
        ledger().groups().size(),
        ledger().parked().all().size(),
        bytes,
        ledger().lastEpoch(),
        rebuild.knownFrom(),
        rebuild.records());
  }

  ShardAt shardAt(long epoch, long limit) {
    return new ShardAt(
        shard,
        forms.operator().name(),
        epoch,
        ledger().lastEpoch(),
        keys(key -> true).count(),
        keys(key -> true).limit(limit).map(this::view).toList(),
        forms.values().ofValues(ledger().lastRows()));
  }

  GroupAt groupAt(long epoch, GroupKey key) {
    return new GroupAt(shard, forms.operator().name(), epoch, view(key), watchedChanged);
  }

  /** Returns a group at the end of the walk. */
  GroupView view(GroupKey key) {
    return forms.view(key, ledger().entry(key), ledger().parked().get(key));
  }

  /** Returns a key as text. */
  String text(GroupKey key) {
    return forms.values().textOfKey(key);
  }

  /** Returns the keys of groups, including parked ones, that meet a condition, in order. */
  Stream<GroupKey> keys(Predicate<GroupKey> condition) {
    return Stream.concat(
            ledger().groups().keySet().stream(),
            ledger().parked().all().stream().map(ParkedEntry::key))
        .distinct()
        .filter(condition)
        .sorted();
  }
}
