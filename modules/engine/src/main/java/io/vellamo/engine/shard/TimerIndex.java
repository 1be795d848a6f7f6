package io.vellamo.engine.shard;

import io.vellamo.engine.group.GroupKey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A shard's timers, ordered by due time and, among equals, by key.
 *
 * <p><b>Threading</b> Used by one thread at a time.
 *
 * <p><b>Cost</b> O(log n) a change; {@link #dueBefore} is linear in what it returns.
 */
final class TimerIndex {
  private record Timer(long dueMillis, GroupKey key) {}

  private static final Comparator<Timer> ORDER =
      Comparator.comparingLong(Timer::dueMillis).thenComparing(Timer::key);

  private final TreeSet<Timer> timers = new TreeSet<>(ORDER);

  void replace(GroupKey key, @Nullable Long beforeMillis, @Nullable Long afterMillis) {
    if (Objects.equals(beforeMillis, afterMillis)) {
      return;
    }
    if (beforeMillis != null) {
      timers.remove(new Timer(beforeMillis, key));
    }
    if (afterMillis != null) {
      timers.add(new Timer(afterMillis, key));
    }
  }

  /** Returns the groups whose timers are due strictly before a moment, earliest first. */
  List<GroupKey> dueBefore(long millis) {
    List<GroupKey> due = new ArrayList<>();
    for (Timer timer : timers) {
      if (timer.dueMillis >= millis) {
        break;
      }
      due.add(timer.key);
    }
    return due;
  }

  @Nullable Long earliestMillis() {
    return timers.isEmpty() ? null : timers.first().dueMillis;
  }
}
