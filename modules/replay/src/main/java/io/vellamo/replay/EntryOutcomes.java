package io.vellamo.replay;

import io.vellamo.engine.group.TypedVariables;
import io.vellamo.engine.time.EpochTimes;
import io.vellamo.engine.variable.EntryKey;
import io.vellamo.engine.variable.SlotEntry;
import io.vellamo.engine.variable.SlotType;
import io.vellamo.engine.variable.SlotType.Kind;
import io.vellamo.engine.variable.SlotView;
import io.vellamo.engine.variable.VariablesView;
import io.vellamo.persistence.codec.JsonForms;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Comparisons of recorded and replayed variables after an epoch, by entry. Expired entries are
 * invisible, whether they are removed yet or not; the order of a map's entries makes no difference.
 *
 * @param forms shows the entries
 * @param isCompared returns whether a variable, given by its number, is compared
 */
record EntryOutcomes(GroupForms forms, IntPredicate isCompared) {
  /**
   * The variables that differ, with only the entries that differ.
   *
   * @param recorded the entries in the journal
   * @param replayed the entries of the changed function
   */
  record Different(List<VariableView> recorded, List<VariableView> replayed) {
    /** No difference. */
    static final Different NONE = new Different(List.of(), List.of());

    boolean isAny() {
      return !recorded.isEmpty();
    }
  }

  /** The slots of a variable on both sides, of which at least one is present. */
  private record Pair(@Nullable SlotView recorded, @Nullable SlotView replayed) {
    SlotType type() {
      return Objects.requireNonNull(recorded == null ? replayed : recorded, "slot").type();
    }
  }

  /** Returns the differences of a group among the entries that an epoch has touched. */
  Different compare(
      TouchedEntries touched, VariablesView recorded, VariablesView replayed, EpochTimes times) {
    Different different = new Different(new ArrayList<>(), new ArrayList<>());
    for (int number = 0; number < Math.max(recorded.end(), replayed.end()); number++) {
      Pair pair = new Pair(recorded.slot(number), replayed.slot(number));
      boolean isPresent = pair.recorded != null || pair.replayed != null;
      if (isPresent && touched.isAny(number) && isCompared.test(number)) {
        compare(number, pair, touched, times, different);
      }
    }
    return different;
  }

  private void compare(
      int number, Pair pair, TouchedEntries touched, EpochTimes times, Different different) {
    List<SlotEntry> recorded = new ArrayList<>();
    List<SlotEntry> replayed = new ArrayList<>();
    if (pair.type().kind() == Kind.LIST) {
      addElements(pair, times, recorded, replayed);
    } else {
      Set<EntryKey> keys = touched.isWhole(number) ? allKeys(pair) : touched.keys(number);
      for (EntryKey key : keys) {
        SlotEntry theirs = visible(pair.recorded, key, times);
        SlotEntry ours = visible(pair.replayed, key, times);
        if (!isSame(theirs, ours)) {
          addPresent(theirs, recorded);
          addPresent(ours, replayed);
        }
      }
    }
    if (!recorded.isEmpty() || !replayed.isEmpty()) {
      different.recorded.add(view(number, pair.type(), recorded));
      different.replayed.add(view(number, pair.type(), replayed));
    }
  }

  /** Adds all elements from the first one that differs. */
  private void addElements(
      Pair pair, EpochTimes times, List<SlotEntry> recorded, List<SlotEntry> replayed) {
    List<SlotEntry> theirs = visible(pair.recorded, times);
    List<SlotEntry> ours = visible(pair.replayed, times);
    int place = 0;
    while (place < Math.min(theirs.size(), ours.size())
        && isSame(theirs.get(place), ours.get(place))) {
      place++;
    }
    recorded.addAll(theirs.subList(place, theirs.size()));
    replayed.addAll(ours.subList(place, ours.size()));
  }

  private static void addPresent(@Nullable SlotEntry entry, List<SlotEntry> entries) {
    if (entry != null) {
      entries.add(entry);
    }
  }

  private VariableView view(int number, SlotType type, List<SlotEntry> entries) {
    return forms.variable(number, type, entries.iterator(), entries.size());
  }

  private static Set<EntryKey> allKeys(Pair pair) {
    Set<EntryKey> keys = new LinkedHashSet<>();
    addKeys(pair.recorded, keys);
    addKeys(pair.replayed, keys);
    return keys;
  }

  private static void addKeys(@Nullable SlotView slot, Set<EntryKey> keys) {
    if (slot != null) {
      slot.entries().forEachRemaining(entry -> keys.add(entry.key()));
    }
  }

  private static @Nullable SlotEntry visible(
      @Nullable SlotView slot, EntryKey key, EpochTimes times) {
    if (slot == null) {
      return null;
    }
    SlotEntry entry = slot.get(key);
    return entry != null && !TypedVariables.hasExpired(slot.type(), entry, times) ? entry : null;
  }

  private static List<SlotEntry> visible(@Nullable SlotView slot, EpochTimes times) {
    List<SlotEntry> visible = new ArrayList<>();
    if (slot != null) {
      for (Iterator<SlotEntry> entries = slot.entries(); entries.hasNext(); ) {
        SlotEntry entry = entries.next();
        if (!TypedVariables.hasExpired(slot.type(), entry, times)) {
          visible.add(entry);
        }
      }
    }
    return visible;
  }

  private boolean isSame(@Nullable SlotEntry one, @Nullable SlotEntry other) {
    if (one == null || other == null) {
      return one == null && other == null;
    }
    return one.dueMillis() == other.dueMillis() && isSame(one.value(), other.value());
  }

  /** Compares as JSON only values whose bytes differ. */
  private boolean isSame(byte[] one, byte[] other) {
    return Arrays.equals(one, other)
        || (!JsonForms.isOpaque(one)
            && !JsonForms.isOpaque(other)
            && Objects.equals(forms.values().ofState(one), forms.values().ofState(other)));
  }
}
