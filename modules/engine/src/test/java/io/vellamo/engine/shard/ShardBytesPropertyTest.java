package io.vellamo.engine.shard;

import static io.vellamo.engine.group.TestCodecs.key;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.vellamo.api.group.GroupStateTimeout;
import io.vellamo.api.process.TimeDomain;
import io.vellamo.engine.group.GroupChange;
import io.vellamo.engine.group.GroupChange.Effect;
import io.vellamo.engine.group.GroupEntry;
import io.vellamo.engine.shard.ShardChange.Expired;
import io.vellamo.engine.variable.EntryKey;
import io.vellamo.engine.variable.SlotEntry;
import io.vellamo.engine.variable.SlotType;
import io.vellamo.engine.variable.SlotType.Kind;
import io.vellamo.engine.variable.VariableChange;
import io.vellamo.engine.variable.VariableChange.Cleared;
import io.vellamo.engine.variable.VariableChange.DroppedUntil;
import io.vellamo.engine.variable.VariableChange.Put;
import io.vellamo.engine.variable.VariableChange.Removed;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;

/** The bytes that a shard reports are those of its groups, however it came to have them. */
final class ShardBytesPropertyTest {
  private static final List<String> GROUPS = List.of("a", "bb", "ccc", "dddd");
  private static final SlotType LIST = new SlotType(Kind.LIST, TimeDomain.EVENT_TIME);
  private static final List<SlotType> TYPES =
      List.of(
          new SlotType(Kind.VALUE, null),
          LIST,
          new SlotType(Kind.MAP, TimeDomain.EVENT_TIME),
          new SlotType(Kind.TIMERS, TimeDomain.EVENT_TIME));

  @Property(tries = 300)
  void groupsWithVariables(@ForAll long seed) {
    agree(new Run(seed, GroupStateTimeout.NONE));
  }

  @Property(tries = 300)
  void groupsWithStatesAndTimeouts(@ForAll long seed) {
    agree(new Run(seed, GroupStateTimeout.EVENT_TIME));
  }

  private static void agree(Run run) {
    for (int epoch = 0; epoch < 20; epoch++) {
      run.epoch();
    }
    int beginsAfter = run.journal.size();
    run.takeSnapshot();
    for (int epoch = 0; epoch < 5; epoch++) {
      run.epoch();
    }
    long bytes = run.ledger.bytes();
    assertThat(run.recovered(0).bytes()).as("from the journal").isEqualTo(bytes);
    assertThat(run.recovered(beginsAfter).bytes()).as("from the snapshot").isEqualTo(bytes);

    run.removeAll();
    assertThat(run.ledger.bytes()).isZero();
    assertThat(run.recovered(beginsAfter).bytes()).isZero();
  }

  /** A shard through random epochs, with its journal. */
  private static final class Run {
    private final Random random;
    private final GroupStateTimeout timeout;
    private final ShardLedger ledger;
    private final List<Consumer<ShardLedger>> journal = new ArrayList<>();
    private long epoch;
    private long next;

    Run(long seed, GroupStateTimeout timeout) {
      this.random = new Random(seed);
      this.timeout = timeout;
      this.ledger = new ShardLedger(timeout);
    }

    void epoch() {
      List<GroupChange> changes = new ArrayList<>();
      for (String name : GROUPS) {
        if (random.nextBoolean()) {
          changes.add(timeout == GroupStateTimeout.NONE ? variables(name) : state(name));
        }
      }
      boolean expires = timeout == GroupStateTimeout.NONE && random.nextInt(4) == 0;
      write(changes, expires ? new Expired(random.nextInt(100), Long.MIN_VALUE) : null);
    }

    void removeAll() {
      List<GroupChange> changes = new ArrayList<>();
      for (String name : GROUPS) {
        changes.add(new GroupChange(key(name), Effect.REMOVED, null, null, List.of()));
      }
      write(changes, null);
    }

    private void write(List<GroupChange> changes, @Nullable Expired expired) {
      ShardChange change = new ShardChange(1, ++epoch, changes, expired);
      write(target -> target.apply(change));
    }

    private void write(Consumer<ShardLedger> entry) {
      journal.add(entry);
      entry.accept(ledger);
      long recount =
          ledger.groups().entrySet().stream()
              .mapToLong(group -> group.getValue().size(group.getKey()))
              .sum();
      assertThat(ledger.bytes()).isEqualTo(recount);
      assertThat(ledger.bytes() > 0).isEqualTo(!ledger.groups().isEmpty());
    }

    private GroupChange state(String name) {
      Long timeoutMillis = random.nextBoolean() ? (long) random.nextInt(100) : null;
      return switch (random.nextInt(4)) {
        case 0 -> new GroupChange(key(name), Effect.REMOVED, null, null, List.of());
        case 1 -> new GroupChange(key(name), Effect.NONE, null, null, List.of());
        case 2 -> new GroupChange(key(name), Effect.TIMEOUT, null, timeoutMillis, List.of());
        default -> new GroupChange(key(name), Effect.STATE, bytes(), timeoutMillis, List.of());
      };
    }

    private GroupChange variables(String name) {
      List<VariableChange> changes = new ArrayList<>();
      for (int step = random.nextInt(6); step >= 0; step--) {
        changes.add(variable(random.nextInt(TYPES.size())));
      }
      return GroupChange.of(key(name), changes, List.of());
    }

    private VariableChange variable(int variable) {
      SlotType type = TYPES.get(variable);
      int choice = random.nextInt(10);
      if (choice == 0) {
        return new Cleared(variable);
      } else if (choice < 3) {
        return type.equals(LIST)
            ? new DroppedUntil(variable, next - random.nextInt(10))
            : new Removed(variable, entryKey(type));
      }
      long dueMillis = type.domain() == null ? SlotEntry.NEVER : random.nextInt(100);
      return new Put(variable, type, new SlotEntry(entryKey(type), next++, bytes(), dueMillis));
    }

    private EntryKey entryKey(SlotType type) {
      return type.kind() == Kind.MAP || type.kind() == Kind.TIMERS
          ? EntryKey.of(GROUPS.get(random.nextInt(GROUPS.size())).getBytes(UTF_8))
          : EntryKey.NONE;
    }

    private byte[] bytes() {
      return new byte[random.nextInt(20)];
    }

    /** Writes a snapshot in small parts, with epochs between them. */
    void takeSnapshot() {
      SnapshotCycle cycle = SnapshotCycle.begin(ledger);
      while (!cycle.isDone()) {
        SnapshotPart part = cycle.next(ledger, 40);
        write(target -> target.restore(target == ledger ? part : asRead(part)));
        if (random.nextBoolean()) {
          epoch();
        }
      }
    }

    ShardLedger recovered(int first) {
      ShardLedger recovered = new ShardLedger(timeout);
      journal.subList(first, journal.size()).forEach(entry -> entry.accept(recovered));
      recovered.recovered();
      assertThat(recovered.groups()).isEqualTo(ledger.groups());
      return recovered;
    }

    /** Returns a part as a journal gives it back. */
    private static SnapshotPart asRead(SnapshotPart part) {
      return new SnapshotPart(
          part.groups().stream()
              .map(
                  group ->
                      group.hasVariables()
                          ? new SnapshotPart.Group(group.key(), GroupEntry.EMPTY, group.contents())
                          : group)
              .toList(),
          part.last());
    }
  }
}
