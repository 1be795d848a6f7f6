package io.vellamo.engine.shard;

import static io.vellamo.engine.group.TestCodecs.key;
import static org.assertj.core.api.Assertions.assertThat;

import io.vellamo.api.group.GroupState;
import io.vellamo.api.group.GroupStateTimeout;
import io.vellamo.engine.group.GroupCall;
import io.vellamo.engine.group.GroupChange;
import io.vellamo.engine.group.GroupEntry;
import io.vellamo.engine.group.GroupKey;
import io.vellamo.engine.time.EpochTimes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.BeforeTry;
import org.jspecify.annotations.Nullable;

/** Compares the ledger with the simplest thing that could be right: a map and a scan. */
final class ShardLedgerPropertyTest {
  /** What a function does in one call. */
  record Call(String key, Deed deed, int timeoutMillis) {}

  enum Deed {
    NOTHING,
    UPDATE,
    REMOVE
  }

  /** What the model keeps of a group. */
  record Kept(@Nullable Integer state, @Nullable Long timeoutMillis) {}

  private ShardLedger ledger = new ShardLedger(GroupStateTimeout.PROCESSING_TIME);
  private final Map<String, Kept> model = new HashMap<>();

  @BeforeTry
  void startAnew() {
    ledger = new ShardLedger(GroupStateTimeout.PROCESSING_TIME);
    model.clear();
  }

  @Property
  void ledger_afterAnyCalls_agreesWithTheModel(@ForAll("epochs") List<List<Call>> epochs)
      throws Exception {
    long now = 0;
    long epoch = 0;
    for (List<Call> calls : epochs) {
      now += 10;
      EpochTimes times = GroupCall.times(now, 0);
      List<GroupChange> changes = new ArrayList<>();
      for (Call call : distinct(calls)) {
        changes.add(call(call, times));
      }
      ledger.apply(new ShardChange(1, ++epoch, changes));

      assertThat(ledger.groups()).isEqualTo(entries());
      assertThat(ledger.due(times)).isEqualTo(scan(now));
      assertThat(ledger.nextDue()).isEqualTo(nextDue());
    }
  }

  @Property
  void restoredLedger_afterAnyCalls_agreesWithTheOriginal(@ForAll("epochs") List<List<Call>> epochs)
      throws Exception {
    long epoch = 0;
    for (List<Call> calls : epochs) {
      List<GroupChange> changes = new ArrayList<>();
      for (Call call : distinct(calls)) {
        changes.add(call(call, GroupCall.times(10, 0)));
      }
      ledger.apply(new ShardChange(1, ++epoch, changes));
    }
    ShardLedger restored = new ShardLedger(GroupStateTimeout.PROCESSING_TIME);
    SnapshotCycle cycle = SnapshotCycle.begin(ledger);
    while (!cycle.isDone()) {
      restored.restore(cycle.next(ledger, 20));
    }

    EpochTimes later = GroupCall.times(100, 0);
    assertThat(restored.groups()).isEqualTo(ledger.groups());
    assertThat(restored.due(later)).isEqualTo(ledger.due(later));
    assertThat(restored.nextDue()).isEqualTo(ledger.nextDue());
  }

  @Provide
  Arbitrary<List<List<Call>>> epochs() {
    return Combinators.combine(
            Arbitraries.of("a", "b", "c", "d"),
            Arbitraries.of(Deed.class),
            Arbitraries.integers().between(0, 30))
        .as(Call::new)
        .list()
        .ofMaxSize(5)
        .list()
        .ofMaxSize(20);
  }

  private GroupChange call(Call call, EpochTimes times) throws Exception {
    Kept before = model.getOrDefault(call.key, new Kept(null, null));
    Integer state =
        switch (call.deed) {
          case NOTHING -> before.state;
          case UPDATE -> call.timeoutMillis;
          case REMOVE -> null;
        };
    Long timeout =
        call.timeoutMillis == 0 ? null : times.processingTimeMillis() + call.timeoutMillis;
    if (state == null && timeout == null) {
      model.remove(call.key);
    } else {
      model.put(call.key, new Kept(state, timeout));
    }
    GroupChange change =
        GroupCall.of(GroupStateTimeout.PROCESSING_TIME)
            .with(ledger.entry(key(call.key)))
            .at(times)
            .change(groupState -> act(call, groupState));
    return new GroupChange(
        key(call.key), change.effect(), change.state(), change.timeoutMillis(), change.rows());
  }

  private static void act(Call call, GroupState<Integer> state) {
    if (call.deed == Deed.UPDATE) {
      state.update(call.timeoutMillis);
    } else if (call.deed == Deed.REMOVE) {
      state.remove();
    }
    if (call.timeoutMillis > 0) {
      state.setTimeoutDuration(Duration.ofMillis(call.timeoutMillis));
    }
  }

  /** A group is called once an epoch. */
  private static List<Call> distinct(List<Call> calls) {
    Map<String, Call> byKey = new HashMap<>();
    calls.forEach(call -> byKey.putIfAbsent(call.key, call));
    return List.copyOf(byKey.values());
  }

  private Map<GroupKey, GroupEntry> entries() {
    Map<GroupKey, GroupEntry> entries = new HashMap<>();
    model.forEach(
        (key, kept) -> entries.put(key(key), GroupCall.entry(kept.state, kept.timeoutMillis)));
    return entries;
  }

  private List<GroupKey> scan(long now) {
    return entries().entrySet().stream()
        .filter(entry -> timeout(entry.getValue()) < now)
        .sorted(
            Comparator.comparing(
                    (Map.Entry<GroupKey, GroupEntry> entry) -> timeout(entry.getValue()))
                .thenComparing(Map.Entry::getKey))
        .map(Map.Entry::getKey)
        .toList();
  }

  private NextDue nextDue() {
    long earliest =
        entries().values().stream().mapToLong(entry -> timeout(entry)).min().orElse(Long.MAX_VALUE);
    return new NextDue(null, earliest == Long.MAX_VALUE ? null : earliest);
  }

  private static long timeout(GroupEntry entry) {
    Long timeout = entry.timeoutMillis();
    return timeout == null ? Long.MAX_VALUE : timeout;
  }
}
