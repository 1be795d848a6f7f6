package io.vellamo.replay;

import io.vellamo.api.group.GroupStateTimeout;
import io.vellamo.engine.group.GroupChange;
import io.vellamo.engine.group.GroupEntry;
import io.vellamo.engine.group.GroupKey;
import io.vellamo.engine.group.StoredValue;
import io.vellamo.engine.journal.JournalEntry;
import io.vellamo.engine.journal.JournalRecord.QueryCreated;
import io.vellamo.engine.journal.JournalRecord.ShardRecord;
import io.vellamo.engine.journal.ShardRecovery;
import io.vellamo.engine.shard.ParkChange;
import io.vellamo.engine.shard.ParkRequest;
import io.vellamo.engine.shard.ShardDigest;
import io.vellamo.engine.shard.ShardLedger;
import io.vellamo.engine.shard.SnapshotPart;
import io.vellamo.persistence.journal.MissingRecordsException;
import io.vellamo.replay.Finding.Kind;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A check of a shard's journal in one pass: of records against each other, of snapshots against the
 * preceding epochs, of a recovery against all epochs, and of the running shard against the journal.
 *
 * <p><b>Cost</b> Holds the shard twice: as the result of all epochs, and of a recovery.
 */
final class ShardVerifier implements ShardScan.Visitor {
  private final int shard;
  private final QueryCreated query;
  private final long start;
  private final @Nullable ShardDigest live;
  private final Findings findings;
  private final GroupComparison comparison;
  private final boolean hasVariables;
  private final ShardRebuild rebuild;
  private final ShardLedger recovery;
  private long sequenceNr;
  private long incarnation;
  private long owner;
  private long writer;
  private long epochs;
  private long snapshotGroups;
  // Of the last group of a snapshot, which may go on in the next part.
  private @Nullable GroupKey lastPiece;
  // The state of the journal at the live shard's epoch, until the check ends: a start after that
  // epoch may still have dropped variables.
  private @Nullable ShardDigest journaled;

  /**
   * Creates a check.
   *
   * @param shard its number, across all operators
   * @param query the first start of the query, with all operators added since
   * @param forms shows the groups of its operator
   * @param start the record after which a recovery begins; 0 if it begins with the first
   * @param live the digest of the running shard; null if there is none
   */
  ShardVerifier(
      int shard, QueryCreated query, GroupForms forms, long start, @Nullable ShardDigest live) {
    this.shard = shard;
    this.query = query;
    this.start = start;
    this.live = live;
    this.findings = new Findings(forms.values());
    this.comparison = new GroupComparison(forms);
    this.hasVariables = forms.operator().hasVariables();
    GroupStateTimeout timeout = forms.operator().timeout();
    this.rebuild = new ShardRebuild(timeout, query.layout().beginsWith());
    this.recovery = new ShardLedger(timeout);
  }

  /** Ignores the gap: {@link #entry} reports gaps, including one at the start of a recovery. */
  @Override
  public void missing(MissingRecordsException gap) {
    // Reported by entry.
  }

  @Override
  public void entry(JournalEntry<ShardRecord> entry) {
    long nextSequenceNr = entry.sequenceNr();
    long expected = sequenceNr == 0 ? start + 1 : sequenceNr + 1;
    if (nextSequenceNr > expected) {
      add(
          Kind.MISSING_RECORDS,
          null,
          "records [%d] to [%d] are missing".formatted(expected, nextSequenceNr - 1));
    }
    sequenceNr = nextSequenceNr;
    rebuild.record(nextSequenceNr);
    if (nextSequenceNr > start) {
      ShardRecovery.apply(entry.record(), recovery);
    }
    if (entry.writer() < writer) {
      add(
          Kind.EPOCH_ORDER,
          null,
          "record [%d] is of activation [%d] of the shard and comes after activation [%d]"
              .formatted(nextSequenceNr, entry.writer(), writer));
    }
    writer = Math.max(writer, entry.writer());
  }

  @Override
  public boolean epoch(RecordedEpoch epoch) {
    epochs++;
    if (epoch.epoch() <= rebuild.ledger().lastEpoch()) {
      add(
          Kind.EPOCH_ORDER,
          null,
          "epoch [%d] comes after epoch [%d]"
              .formatted(epoch.epoch(), rebuild.ledger().lastEpoch()));
    }
    if (epoch.change().incarnation() < incarnation) {
      add(
          Kind.EPOCH_ORDER,
          null,
          "epoch [%d] is of run [%d] of the query and comes after run [%d]"
              .formatted(epoch.epoch(), epoch.change().incarnation(), incarnation));
    }
    incarnation = Math.max(incarnation, epoch.change().incarnation());
    rebuild.apply(epoch);
    for (GroupChange change : epoch.groups()) {
      requireHere(change.key());
    }
    for (ParkChange change : epoch.parks()) {
      requireHere(change.key());
    }
    noteLive();
    return true;
  }

  @Override
  public void dropped(List<Integer> variables) {
    rebuild.forget(variables);
    noteLive();
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
    boolean known = rebuild.isKnown();
    if (known) {
      for (SnapshotPart.Group group : part.groups()) {
        requireHere(group.key());
        snapshotGroups += Objects.equals(lastPiece, group.key()) ? 0 : 1;
        lastPiece = group.key();
        compareSnapshot(group);
      }
      lastPiece = part.last() ? null : lastPiece;
    }
    rebuild.restore(part);
    if (!known) {
      // All groups may be known since the last part.
      noteLive();
    }
    return true;
  }

  private void compareSnapshot(SnapshotPart.Group group) {
    GroupEntry expected = rebuild.ledger().entry(group.key());
    String difference =
        hasVariables
            ? comparison.differenceOfPiece(group.contents(), expected)
            : comparison.difference(group.entry(), expected);
    report(Kind.SNAPSHOT_DIFFERS, "a snapshot", group.key(), difference);
  }

  @Override
  public void owned(long nextOwner, long ofIncarnation) {
    if (nextOwner <= owner) {
      add(
          Kind.EPOCH_ORDER,
          null,
          "activation [%d] of the shard comes after activation [%d]".formatted(nextOwner, owner));
    }
    owner = Math.max(owner, nextOwner);
    if (ofIncarnation < incarnation) {
      add(
          Kind.EPOCH_ORDER,
          null,
          "activation [%d] of the shard is of run [%d] of the query and comes after run [%d]"
              .formatted(nextOwner, ofIncarnation, incarnation));
    }
    incarnation = Math.max(incarnation, ofIncarnation);
  }

  @Override
  public void abandoned(long openIncarnation, long openEpoch, long nextIncarnation) {
    if (openIncarnation == nextIncarnation) {
      add(
          Kind.UNCLOSED_EPOCH,
          null,
          "epoch [%d] has no closing record, and its run went on".formatted(openEpoch));
    }
  }

  /**
   * Ends the check; {@code committed} is the query's last committed epoch before the check began.
   */
  void end(long openEpoch, long committed) {
    if (sequenceNr < start) {
      add(
          Kind.MISSING_RECORDS,
          null,
          "records up to [%d] at least are missing, the last is [%d]".formatted(start, sequenceNr));
    }
    if (openEpoch != 0 && openEpoch <= committed) {
      add(
          Kind.UNCLOSED_EPOCH,
          null,
          "epoch [%d] has no closing record, and was committed".formatted(openEpoch));
    }
    if (rebuild.isKnown()) {
      compareRecovery();
    }
    if (live != null && live.lastEpoch() > rebuild.ledger().lastEpoch()) {
      add(
          Kind.LIVE_DIFFERS,
          null,
          "the running shard holds epoch [%d], its journal ends with [%d]"
              .formatted(live.lastEpoch(), rebuild.ledger().lastEpoch()));
    }
    if (rebuild.ledger().lastEpoch() == 0) {
      noteLive();
    }
    compareLive();
  }

  private void noteLive() {
    ShardLedger ledger = rebuild.ledger();
    if (live != null && live.lastEpoch() == ledger.lastEpoch() && rebuild.isKnown()) {
      journaled = ShardDigest.of(ledger);
    }
  }

  private void compareLive() {
    if (live != null && journaled != null && !live.equals(journaled)) {
      findings.add(
          Kind.LIVE_DIFFERS,
          shard,
          live.lastEpoch(),
          null,
          "the running shard keeps [%d] groups, the journal [%d]; keys or contents differ"
              .formatted(live.groups(), journaled.groups()));
    }
  }

  private void compareRecovery() {
    ShardLedger whole = rebuild.ledger();
    recovery.recovered();
    Set<GroupKey> keys = new HashSet<>(whole.groups().keySet());
    keys.addAll(recovery.groups().keySet());
    keys.stream()
        .sorted()
        .forEach(
            key ->
                report(
                    Kind.RECOVERY_DIFFERS,
                    "a recovery",
                    key,
                    comparison.difference(recovery.entry(key), whole.entry(key))));
    if (recovery.lastEpoch() != whole.lastEpoch()) {
      add(
          Kind.RECOVERY_DIFFERS,
          null,
          "a recovery ends with epoch [%d], the journal with [%d]"
              .formatted(recovery.lastEpoch(), whole.lastEpoch()));
    } else if (!sameRows(recovery.lastRows(), whole.lastRows())) {
      add(Kind.RECOVERY_DIFFERS, null, "a recovery gives other rows of the last epoch");
    } else if (recovery.lastDeadLetters().letters().size()
        != whole.lastDeadLetters().letters().size()) {
      add(Kind.RECOVERY_DIFFERS, null, "a recovery gives other dead letters of the last epoch");
    } else if (findings.count() == 0 && !ShardDigest.of(recovery).equals(ShardDigest.of(whole))) {
      add(Kind.RECOVERY_DIFFERS, null, "a recovery gives other parked groups");
    }
  }

  private void report(Kind kind, String what, GroupKey key, @Nullable String difference) {
    if (difference != null) {
      add(kind, key, "%s of the group differs: %s".formatted(what, difference));
    }
  }

  private static boolean sameRows(List<StoredValue> some, List<StoredValue> others) {
    if (some.size() != others.size()) {
      return false;
    }
    for (int i = 0; i < some.size(); i++) {
      if (!some.get(i).type().equals(others.get(i).type())
          || !Arrays.equals(some.get(i).bytes(), others.get(i).bytes())) {
        return false;
      }
    }
    return true;
  }

  private void requireHere(GroupKey key) {
    int right = query.rightShardOf(shard, key);
    if (right != shard) {
      add(Kind.WRONG_SHARD, key, "the group belongs to shard [%d]".formatted(right));
    }
  }

  private void add(Kind kind, @Nullable GroupKey key, String message) {
    findings.add(kind, shard, rebuild.ledger().lastEpoch(), key, message);
  }

  int shard() {
    return shard;
  }

  /** Returns the shard as a recovery finds it, once the check has ended. */
  ShardLedger recovered() {
    return recovery;
  }

  Findings findings() {
    return findings;
  }

  long epochs() {
    return epochs;
  }

  long groups() {
    return rebuild.ledger().groups().size();
  }

  long lastEpoch() {
    return rebuild.ledger().lastEpoch();
  }

  long snapshotGroups() {
    return snapshotGroups;
  }

  boolean isKnown() {
    return rebuild.isKnown();
  }

  long knownFrom() {
    return rebuild.knownFrom();
  }

  boolean isLiveCompared() {
    return journaled != null;
  }
}
