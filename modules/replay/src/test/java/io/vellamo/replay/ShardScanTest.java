package io.vellamo.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.vellamo.engine.group.GroupChange;
import io.vellamo.engine.group.GroupChange.Effect;
import io.vellamo.engine.group.GroupInputs;
import io.vellamo.engine.group.GroupKey;
import io.vellamo.engine.group.StoredValue;
import io.vellamo.engine.journal.JournalEntry;
import io.vellamo.engine.journal.JournalRecord.InputsRecorded;
import io.vellamo.engine.journal.JournalRecord.ShardChanged;
import io.vellamo.engine.journal.JournalRecord.ShardChangedPart;
import io.vellamo.engine.journal.JournalRecord.ShardOwned;
import io.vellamo.engine.journal.JournalRecord.ShardRecord;
import io.vellamo.engine.shard.ShardChange;
import io.vellamo.engine.shard.ShardInputs;
import io.vellamo.persistence.journal.PersistenceIds;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ShardScanTest {
  private static final GroupKey A = GroupKey.of(new byte[] {1, 'a'});
  private static final GroupKey B = GroupKey.of(new byte[] {1, 'b'});

  private final List<RecordedEpoch> epochs = new ArrayList<>();
  private final List<String> abandoned = new ArrayList<>();
  private final ShardScan scan =
      new ShardScan(
          PersistenceIds.shard("orders", 0, 0),
          new ShardScan.Visitor() {
            @Override
            public boolean epoch(RecordedEpoch epoch) {
              epochs.add(epoch);
              return epoch.epoch() < 9;
            }

            @Override
            public void abandoned(long incarnation, long epoch, long nextIncarnation) {
              abandoned.add(incarnation + "/" + epoch + " by " + nextIncarnation);
            }
          });

  private boolean accept(long sequenceNr, ShardRecord record) {
    return scan.accept(new JournalEntry<>(sequenceNr, 1, record));
  }

  @Test
  void parts_countWithTheirClosingRecord() {
    assertThat(accept(1, inputs(1, 5))).isTrue();
    assertThat(accept(2, new ShardChangedPart(1, change(1, 5, A)))).isTrue();
    assertThat(epochs).isEmpty();
    assertThat(scan.openEpoch()).isEqualTo(5);

    assertThat(accept(3, new ShardChanged(2, change(1, 5, B)))).isTrue();

    assertThat(scan.openEpoch()).isZero();
    assertThat(epochs).hasSize(1);
    assertThat(epochs.get(0).groups()).extracting(GroupChange::key).containsExactly(A, B);
    assertThat(epochs.get(0).inputs()).hasSize(1);
  }

  @Test
  void partsOfARunThatWasCutOff_areForgotten() {
    accept(1, inputs(1, 5));
    accept(2, new ShardChangedPart(1, change(1, 5, A)));
    accept(3, new ShardChanged(change(2, 5, B)));

    assertThat(epochs).hasSize(1);
    assertThat(epochs.get(0).groups()).extracting(GroupChange::key).containsExactly(B);
    assertThat(epochs.get(0).inputs()).isEmpty();
    assertThat(abandoned).containsExactly("1/5 by 2");
  }

  @Test
  void partsOfAnActivationThatStopped_areForgotten() {
    accept(1, inputs(1, 5));
    accept(2, new ShardOwned(2, 1));
    accept(3, new ShardChanged(change(1, 5, B)));

    assertThat(epochs).hasSize(1);
    assertThat(epochs.get(0).inputs()).isEmpty();
    assertThat(abandoned).isEmpty();
  }

  @Test
  void partsBeforeTheFirst_areForgotten() {
    accept(1, new ShardChangedPart(0, change(1, 5, A)));
    accept(2, new ShardChanged(0, change(1, 5, B)));

    assertThat(epochs).hasSize(1);
    assertThat(epochs.get(0).groups()).extracting(GroupChange::key).containsExactly(B);
    assertThat(abandoned).containsExactly("1/5 by 1");
  }

  @Test
  void visitorThatHasHadEnough_endsTheScan() {
    assertThat(accept(1, new ShardChanged(change(1, 9, A)))).isFalse();
  }

  private static InputsRecorded inputs(long incarnation, long epoch) {
    GroupInputs group = new GroupInputs(A, List.of(new StoredValue("String", new byte[] {0x60})));
    return new InputsRecorded(0, new ShardInputs(incarnation, epoch, List.of(group)));
  }

  private static ShardChange change(long incarnation, long epoch, GroupKey key) {
    GroupChange group = new GroupChange(key, Effect.STATE, new byte[] {1}, null, List.of());
    return new ShardChange(incarnation, epoch, List.of(group));
  }
}
