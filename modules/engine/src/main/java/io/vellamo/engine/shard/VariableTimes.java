package io.vellamo.engine.shard;

import static io.vellamo.engine.shard.TimerIndex.NONE;

import io.vellamo.api.process.TimeDomain;
import io.vellamo.engine.group.GroupKey;
import io.vellamo.engine.group.TypedVariables;
import io.vellamo.engine.shard.ShardChange.Expired;
import io.vellamo.engine.time.EpochTimes;
import io.vellamo.engine.time.Millis;
import io.vellamo.engine.variable.GroupVariables;
import io.vellamo.engine.variable.SlotEntry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The earliest timers and expiries of a shard's groups with variables, by clock.
 *
 * <p><b>Threading</b> Used by one thread at a time.
 *
 * <p><b>Cost</b> At most four entries a group with timers or expiries, however many it has.
 */
final class VariableTimes {
  /** The timers and expiries of one clock. */
  private final class Clock {
    private final TimeDomain domain;
    private final TimerIndex timers = new TimerIndex(keys::get);
    private final TimerIndex expiries = new TimerIndex(keys::get);

    Clock(TimeDomain domain) {
      this.domain = domain;
    }
  }

  // The groups with timers or expiries are numbered; the numbers of others are free.
  private final Map<GroupKey, Integer> numbers = new HashMap<>();
  private final List<GroupKey> keys = new ArrayList<>();
  private final IntStack free = new IntStack();
  private final Clock[] clocks = {
    new Clock(TimeDomain.EVENT_TIME), new Clock(TimeDomain.PROCESSING_TIME)
  };

  /**
   * Changes the times of a group.
   *
   * @param variables its variables; null if it is removed
   * @param isParked whether its timers and expiries are suspended
   */
  void change(GroupKey key, @Nullable GroupVariables variables, boolean isParked) {
    GroupVariables active = isParked ? null : variables;
    Integer known = numbers.get(key);
    if (known == null && (active == null || !active.isTimed())) {
      return;
    }
    boolean hasAny = false;
    int number = known == null ? newNumber(key) : known;
    for (Clock clock : clocks) {
      long timer = active == null ? NONE : orNone(active.firstTimerMillis(clock.domain));
      long expiry = active == null ? NONE : orNone(active.firstExpiryMillis(clock.domain));
      clock.timers.change(number, timer);
      clock.expiries.change(number, expiry);
      hasAny |= timer != NONE || expiry != NONE;
    }
    if (!hasAny) {
      numbers.remove(key);
      free.push(number);
    } else if (known == null) {
      numbers.put(key, number);
    }
  }

  private int newNumber(GroupKey key) {
    if (free.isEmpty()) {
      keys.add(key);
      return keys.size() - 1;
    }
    int number = free.pop();
    keys.set(number, key);
    return number;
  }

  /** Returns the groups with timers that are due, those of event time first, earliest first. */
  List<GroupKey> due(EpochTimes times) {
    Set<GroupKey> due = new LinkedHashSet<>();
    for (Clock clock : clocks) {
      due.addAll(clock.timers.dueBefore(after(times.millis(clock.domain))));
    }
    return new ArrayList<>(due);
  }

  /** Returns whether a timer of a group is due, even if the group is parked. */
  static boolean isDue(GroupVariables variables, EpochTimes times) {
    for (TimeDomain domain : TimeDomain.values()) {
      long first = variables.firstTimerMillis(domain);
      if (first != SlotEntry.NEVER && first <= times.millis(domain)) {
        return true;
      }
    }
    return false;
  }

  /** Returns the times until which entries have expired in an epoch; null if none has. */
  @Nullable Expired expired(EpochTimes times) {
    long eventMillis = TypedVariables.expiryMillis(TimeDomain.EVENT_TIME, times);
    long processingMillis = TypedVariables.expiryMillis(TimeDomain.PROCESSING_TIME, times);
    Expired expired = new Expired(eventMillis, processingMillis);
    for (Clock clock : clocks) {
      Long first = clock.expiries.earliestMillis();
      if (first != null && first <= expired.millis(clock.domain)) {
        return expired;
      }
    }
    return null;
  }

  /** Returns the groups with expired entries. */
  Set<GroupKey> expiredGroups(Expired expired) {
    Set<GroupKey> groups = new LinkedHashSet<>();
    for (Clock clock : clocks) {
      groups.addAll(clock.expiries.dueBefore(after(expired.millis(clock.domain))));
    }
    return groups;
  }

  /** A time that has been reached counts, as in Spark; the index is asked for earlier ones. */
  private static long after(long millis) {
    return millis == Long.MAX_VALUE ? millis : millis + 1;
  }

  /** Returns the next times at which timers fire; they fire at that time, not after it. */
  NextDue nextDue() {
    return new NextDue(
        before(clocks[0].timers.earliestMillis()), before(clocks[1].timers.earliestMillis()));
  }

  private static @Nullable Long before(@Nullable Long millis) {
    return millis == null ? null : Millis.plus(millis, -1);
  }

  private static long orNone(long millis) {
    return millis == SlotEntry.NEVER ? NONE : millis;
  }
}
