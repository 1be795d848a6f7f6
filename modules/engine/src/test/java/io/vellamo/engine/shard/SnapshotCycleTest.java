package io.vellamo.engine.shard;

import static io.vellamo.api.group.GroupStateTimeout.PROCESSING_TIME;
import static io.vellamo.engine.group.GroupCall.entry;
import static io.vellamo.engine.group.TestCodecs.key;
import static org.assertj.core.api.Assertions.assertThat;

import io.vellamo.engine.group.GroupChange;
import io.vellamo.engine.group.GroupChange.Effect;
import io.vellamo.engine.group.TestCodecs;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

final class SnapshotCycleTest {
  private static final int GROUPS = 12;

  /** A group with key and state takes 2, 4 and 10 bytes. */
  private static final long GROUP_BYTES = 16;

  private final ShardLedger ledger = new ShardLedger(PROCESSING_TIME);

  @Test
  void snapshotOfNothing_isOneEmptyPart() {
    SnapshotPart part = SnapshotCycle.begin(ledger).next(ledger, 100);

    assertThat(part.groups()).isEmpty();
    assertThat(part.last()).isTrue();
  }

  @Test
  void parts_areBounded_andTheLastSaysSo() {
    put("a", "b", "c");
    SnapshotCycle cycle = SnapshotCycle.begin(ledger);

    SnapshotPart first = cycle.next(ledger, 2 * GROUP_BYTES);
    assertThat(cycle.isDone()).isFalse();
    SnapshotPart second = cycle.next(ledger, 2 * GROUP_BYTES);

    assertThat(first.groups()).hasSize(2);
    assertThat(first.last()).isFalse();
    assertThat(first.size()).isEqualTo(2 * GROUP_BYTES);
    assertThat(second.groups()).hasSize(1);
    assertThat(second.last()).isTrue();
    assertThat(cycle.isDone()).isTrue();
  }

  @Test
  void group_largerThanAPart_isAPartOfItsOwn() {
    put("a", "b");
    SnapshotCycle cycle = SnapshotCycle.begin(ledger);

    assertThat(cycle.next(ledger, 1).groups()).hasSize(1);
    assertThat(cycle.next(ledger, 1).groups()).hasSize(1);
    assertThat(cycle.isDone()).isTrue();
  }

  @Test
  void group_thatWasRemovedMeanwhile_isLeftOut() {
    put("a");
    SnapshotCycle cycle = SnapshotCycle.begin(ledger);
    ledger.apply(new ShardChange(1, 2, List.of(bare("a", Effect.REMOVED))));

    SnapshotPart part = cycle.next(ledger, 100);

    assertThat(part.groups()).isEmpty();
    assertThat(part.last()).isTrue();
  }

  @Test
  void group_isInTheSnapshotAsItIsByThen() {
    put("a");
    SnapshotCycle cycle = SnapshotCycle.begin(ledger);
    ledger.apply(new ShardChange(1, 2, List.of(state("a", 7))));

    assertThat(cycle.next(ledger, 100).groups())
        .containsExactly(new SnapshotPart.Group(key("a"), entry(7, null)));
  }

  @Test
  void begin_startsToCountTheJournalAnew() {
    put("a", "a");

    assertThat(ledger.isSnapshotDue(1, 1)).isTrue();

    SnapshotCycle.begin(ledger);

    assertThat(ledger.isSnapshotDue(1, 1)).isFalse();
  }

  /** What a recovery reads from the beginning of a snapshot on is the shard, whatever happened. */
  @Property
  void ledger_recoveredFromTheBeginningOfASnapshot_isTheShard(@ForAll long seed) {
    Random random = new Random(seed);
    List<Consumer<ShardLedger>> journal = new ArrayList<>();
    int epochs = 1 + random.nextInt(12);
    int beginsIn = random.nextInt(epochs);
    SnapshotCycle cycle = null;
    int beginsAt = 0;
    for (int epoch = 0; epoch < epochs; epoch++) {
      ShardChange change = randomChange(epoch + 1, random);
      int before = journal.size();
      write(journal, log -> log.apply(change));
      if (epoch == beginsIn) {
        beginsAt = before; // The epoch itself is replayed, for its rows.
        cycle = SnapshotCycle.begin(ledger);
      }
      if (cycle != null && !cycle.isDone() && random.nextBoolean()) {
        SnapshotPart part = cycle.next(ledger, 1 + random.nextInt(100));
        write(journal, log -> log.restore(part));
      }
    }
    while (cycle != null && !cycle.isDone()) {
      SnapshotPart part = cycle.next(ledger, 30);
      write(journal, log -> log.restore(part));
    }

    ShardLedger recovered = new ShardLedger(PROCESSING_TIME);
    journal.subList(beginsAt, journal.size()).forEach(record -> record.accept(recovered));

    assertThat(recovered.groups()).isEqualTo(ledger.groups());
    assertThat(recovered.nextDue()).isEqualTo(ledger.nextDue());
    assertThat(recovered.lastEpoch()).isEqualTo(ledger.lastEpoch());
    assertThat(recovered.lastRows()).isEqualTo(ledger.lastRows());
  }

  private void write(List<Consumer<ShardLedger>> journal, Consumer<ShardLedger> written) {
    written.accept(ledger);
    journal.add(written);
  }

  private static ShardChange randomChange(long epoch, Random random) {
    List<GroupChange> changes = new ArrayList<>();
    for (int group = 0; group < GROUPS; group++) {
      String name = "" + (char) ('a' + group);
      switch (random.nextInt(6)) {
        case 0, 1 -> changes.add(state(name, random.nextInt(100)));
        case 2 -> changes.add(bare(name, Effect.REMOVED));
        case 3 ->
            changes.add(
                new GroupChange(
                    key(name), Effect.TIMEOUT, null, (long) random.nextInt(50), List.of()));
        default -> {
          // Not called.
        }
      }
    }
    return new ShardChange(1, epoch, changes);
  }

  private void put(String... keys) {
    List<GroupChange> changes = new ArrayList<>();
    for (String key : keys) {
      changes.add(state(key, 1));
    }
    ledger.apply(new ShardChange(1, 1, changes));
  }

  private static GroupChange state(String key, int state) {
    byte[] bytes = TestCodecs.NUMBERS.write(state);
    return new GroupChange(key(key), Effect.STATE, bytes, null, List.of());
  }

  private static GroupChange bare(String key, Effect effect) {
    return new GroupChange(key(key), effect, null, null, List.of());
  }
}
