package io.vellamo.engine.shard;

import io.vellamo.engine.group.GroupEntry;
import io.vellamo.engine.group.GroupKey;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * A view of all groups of a shard as a map that can't be changed.
 *
 * <p><b>Threading</b> As the ledger.
 *
 * <p><b>Cost</b> Keys and entries are created when they are read; those of a set of keys without
 * the states.
 */
final class LedgerGroups extends AbstractMap<GroupKey, GroupEntry> {
  private final GroupTable singles;
  private final VariableGroups withVariables;

  LedgerGroups(GroupTable singles, VariableGroups withVariables) {
    this.singles = singles;
    this.withVariables = withVariables;
  }

  @Override
  public int size() {
    return singles.size() + withVariables.groups().size();
  }

  @Override
  public @Nullable GroupEntry get(@Nullable Object key) {
    if (!(key instanceof GroupKey group)) {
      return null;
    }
    int slot = singles.find(group);
    return slot == GroupTable.NONE ? withVariables.entry(group) : singles.entry(slot);
  }

  @Override
  public boolean containsKey(@Nullable Object key) {
    return key instanceof GroupKey group
        && (singles.find(group) != GroupTable.NONE || withVariables.entry(group) != null);
  }

  @Override
  public Set<GroupKey> keySet() {
    return new All<>(singles::key, Map.Entry::getKey);
  }

  @Override
  public Set<Map.Entry<GroupKey, GroupEntry>> entrySet() {
    return new All<>(slot -> Map.entry(singles.key(slot), singles.entry(slot)), group -> group);
  }

  /** Something of each group. */
  private final class All<T> extends AbstractSet<T> {
    private final IntFunction<T> ofSlot;
    private final Function<Map.Entry<GroupKey, GroupEntry>, T> ofVariables;

    All(IntFunction<T> ofSlot, Function<Map.Entry<GroupKey, GroupEntry>, T> ofVariables) {
      this.ofSlot = ofSlot;
      this.ofVariables = ofVariables;
    }

    @Override
    public int size() {
      return LedgerGroups.this.size();
    }

    @Override
    public Iterator<T> iterator() {
      Iterator<Map.Entry<GroupKey, GroupEntry>> rest = withVariables.groups().entrySet().iterator();
      return new Iterator<>() {
        private int slot = singles.next(0);

        @Override
        public boolean hasNext() {
          return slot < singles.end() || rest.hasNext();
        }

        @Override
        public T next() {
          if (slot >= singles.end()) {
            if (!rest.hasNext()) {
              throw new NoSuchElementException("The shard has no more groups");
            }
            return ofVariables.apply(rest.next());
          }
          T next = ofSlot.apply(slot);
          slot = singles.next(slot + 1);
          return next;
        }
      };
    }
  }
}
