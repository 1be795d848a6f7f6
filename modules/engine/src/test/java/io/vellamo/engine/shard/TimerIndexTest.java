package io.vellamo.engine.shard;

import static io.vellamo.engine.group.TestCodecs.key;
import static org.assertj.core.api.Assertions.assertThat;

import io.vellamo.engine.group.GroupKey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TimerIndexTest {
  private final Map<GroupKey, Long> actual = new HashMap<>();
  private final Map<GroupKey, Integer> numbers = new HashMap<>();
  private final List<GroupKey> keys = new ArrayList<>();
  private final TimerIndex timers = new TimerIndex(keys::get);

  @Test
  void due_isStrictlyBefore() {
    set("a", 10L);

    assertThat(timers.dueBefore(10)).isEmpty();
    assertThat(timers.dueBefore(11)).containsExactly(key("a"));
  }

  @Test
  void due_isOrderedByTimeThenKey() {
    set("c", 10L);
    set("b", 20L);
    set("a", 20L);
    set("d", 5L);

    assertThat(timers.dueBefore(100)).containsExactly(key("d"), key("c"), key("a"), key("b"));
  }

  @Test
  void due_askedTwice_isTheSame() {
    set("a", 10L);
    set("b", 20L);

    assertThat(timers.dueBefore(15)).isEqualTo(timers.dueBefore(15)).containsExactly(key("a"));
  }

  @Test
  void timer_movedToLater_isDueAtTheNewTimeOnly() {
    set("a", 10L);
    set("a", 20L);

    assertThat(timers.dueBefore(20)).isEmpty();
    assertThat(timers.earliestMillis()).isEqualTo(20);
    assertThat(timers.dueBefore(21)).containsExactly(key("a"));
  }

  @Test
  void timer_movedToEarlier_isDueAtTheNewTimeOnly() {
    set("a", 20L);
    set("a", 10L);

    assertThat(timers.dueBefore(11)).containsExactly(key("a"));
    set("a", null);
    assertThat(timers.dueBefore(100)).isEmpty();
  }

  @Test
  void timer_removed_leavesNothing() {
    set("a", 10L);
    set("a", null);

    assertThat(timers.dueBefore(100)).isEmpty();
    assertThat(timers.earliestMillis()).isNull();
  }

  @Test
  void earliest_isTheSmallestDueTime() {
    set("a", 10L);
    set("b", -10L);

    assertThat(timers.earliestMillis()).isEqualTo(-10);
  }

  @Test
  void timers_takenAndSetAgainAndAgain_areFoundAgain() {
    set("other", 5L);
    for (long round = 0; round < 10_000; round++) {
      set("a", 10 + round % 7);
      set("a", null);
    }
    set("a", 12L);

    assertThat(timers.places()).isLessThan(2_100);
    assertThat(timers.dueBefore(100)).containsExactly(key("other"), key("a"));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void changes_ofAnyKind_giveWhatAFullLookGives(long seed) {
    Random random = new Random(seed);
    for (int change = 0; change < 20_000; change++) {
      String name = "group-" + random.nextInt(200);
      set(name, random.nextInt(3) == 0 ? null : (long) random.nextInt(1_000));
      if (random.nextInt(20) == 0) {
        long until = random.nextInt(300);
        assertThat(timers.dueBefore(until)).isEqualTo(dueByAFullLook(until));
        assertThat(timers.earliestMillis()).isEqualTo(earliestByAFullLook());
      }
    }
  }

  private void set(String name, @Nullable Long millis) {
    GroupKey key = key(name);
    int number =
        numbers.computeIfAbsent(
            key,
            added -> {
              keys.add(added);
              return keys.size() - 1;
            });
    timers.change(number, millis == null ? TimerIndex.NONE : millis);
    if (millis == null) {
      actual.remove(key);
    } else {
      actual.put(key, millis);
    }
  }

  private List<GroupKey> dueByAFullLook(long millis) {
    return actual.entrySet().stream()
        .filter(timer -> timer.getValue() < millis)
        .sorted(
            Comparator.comparing(Map.Entry<GroupKey, Long>::getValue)
                .thenComparing(Map.Entry::getKey))
        .map(Map.Entry::getKey)
        .toList();
  }

  private @Nullable Long earliestByAFullLook() {
    return actual.values().stream().min(Comparator.naturalOrder()).orElse(null);
  }
}
