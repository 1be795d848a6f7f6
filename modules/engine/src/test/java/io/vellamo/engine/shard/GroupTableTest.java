package io.vellamo.engine.shard;

import static io.vellamo.engine.group.TestCodecs.key;
import static org.assertj.core.api.Assertions.assertThat;

import io.vellamo.engine.group.GroupEntry;
import io.vellamo.engine.group.GroupKey;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class GroupTableTest {
  private static final long NO_TIMEOUT = GroupEntry.NO_TIMEOUT;

  private final GroupTable table = new GroupTable();
  private final Map<GroupKey, GroupEntry> model = new HashMap<>();

  @Test
  void group_keepsItsSlot_whateverItsState() {
    int slot = put("a", new byte[3], 5);
    put("b", new byte[3], NO_TIMEOUT);

    assertThat(put("a", new byte[5_000], NO_TIMEOUT)).isEqualTo(slot);
    assertThat(put("a", null, 7)).isEqualTo(slot);
    assertThat(table.entry(slot).state()).isNull();
    assertThat(table.timeoutMillis(slot)).isEqualTo(7);
  }

  @Test
  void slotOfARemovedGroup_isTheNextOnes_withoutItsHandle() {
    int slot = put("a", new byte[3], NO_TIMEOUT);
    table.handle(slot, "handle");
    table.remove(slot, key("a"));

    assertThat(table.next(0)).isEqualTo(table.end());
    assertThat(put("b", new byte[3], NO_TIMEOUT)).isEqualTo(slot);
    assertThat(table.handle(slot)).isNull();
  }

  @Test
  void entry_isACopy() {
    int slot = put("a", new byte[] {1, 2}, NO_TIMEOUT);
    GroupEntry before = table.entry(slot);
    put("a", new byte[] {3, 4}, NO_TIMEOUT);

    assertThat(before.state()).containsExactly(1, 2);
  }

  @Test
  void entry_hasTheEpochOfItsState() {
    int slot = table.put(GroupTable.NONE, key("a"), new byte[1], NO_TIMEOUT, 4);

    assertThat(table.entry(slot).stateEpoch()).isEqualTo(4);
  }

  @Test
  void holds_isForAnEqualEntryOnly() {
    int slot = put("a", new byte[] {1}, 5);

    assertThat(table.holds(slot, GroupEntry.of(new byte[] {1}, 5L))).isTrue();
    assertThat(table.holds(slot, GroupEntry.of(new byte[] {2}, 5L))).isFalse();
    assertThat(table.holds(slot, GroupEntry.of(new byte[] {1}, 6L))).isFalse();
    assertThat(table.holds(slot, GroupEntry.of(null, 5L))).isFalse();
    assertThat(table.holds(slot, GroupEntry.of(new byte[] {1, 1}, 5L))).isFalse();
  }

  /** The states of groups that grow together would leave all of their shorter blocks behind. */
  @Test
  void growingStates_leaveNoMoreMemoryBehindThanTheyTake() {
    for (int length = 1; length < 4_000; length += 8) {
      for (int group = 0; group < 20; group++) {
        put("group-" + group, new byte[length], NO_TIMEOUT);
      }
    }

    assertThat(table.allBytes()).isLessThan(20 * 4_000 * 3 + (256 << 10));
    assertModel();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void table_afterAnyChanges_isAMap(long seed) {
    Random random = new Random(seed);
    for (int change = 0; change < 50_000; change++) {
      String name = "group-" + random.nextInt(change < 25_000 ? 3_000 : 50);
      int slot = table.find(key(name));
      if (slot != GroupTable.NONE && random.nextInt(3) == 0) {
        table.remove(slot, key(name));
        model.remove(key(name));
      } else {
        byte[] state = new byte[random.nextInt(random.nextInt(50) == 0 ? 2_000 : 30)];
        random.nextBytes(state);
        boolean hasState = random.nextInt(10) > 0;
        put(name, hasState ? state : null, random.nextInt(hasState ? 5 : 100));
      }
    }
    assertModel();
    model.keySet().forEach(key -> table.remove(table.find(key), key));
    model.clear();
    assertModel();
  }

  private int put(String name, byte @Nullable [] state, long timeoutMillis) {
    model.put(key(name), GroupEntry.of(state, timeoutMillis == NO_TIMEOUT ? null : timeoutMillis));
    return table.put(table.find(key(name)), key(name), state, timeoutMillis, 1);
  }

  private void assertModel() {
    Map<GroupKey, GroupEntry> all = new HashMap<>();
    long bytes = 0;
    for (int slot = table.next(0); slot < table.end(); slot = table.next(slot + 1)) {
      all.put(table.key(slot), table.entry(slot));
      bytes += table.entry(slot).size(table.key(slot));
    }
    assertThat(all).isEqualTo(model);
    assertThat(table.size()).isEqualTo(model.size());
    assertThat(table.bytes()).isEqualTo(bytes);
    model.forEach((key, entry) -> assertThat(table.holds(table.find(key), entry)).isTrue());
  }
}
