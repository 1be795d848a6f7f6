package io.vellamo.engine.protocol.shard;

import io.vellamo.engine.group.DeclaredTimer;
import io.vellamo.engine.group.DeclaredVariable;
import io.vellamo.engine.group.DeclaredVariables;
import io.vellamo.engine.group.GroupEntry;
import io.vellamo.engine.group.GroupKey;
import io.vellamo.engine.protocol.ShardReply.GroupsRead.Found;
import io.vellamo.engine.protocol.ShardRequest.ReadGroups.Following;
import io.vellamo.engine.protocol.ShardRequest.ReadGroups.Read;
import io.vellamo.engine.protocol.ShardRequest.ReadGroups.Single;
import io.vellamo.engine.shard.GroupContent;
import io.vellamo.engine.shard.GroupContent.VariableContent;
import io.vellamo.engine.shard.ParkedEntry;
import io.vellamo.engine.shard.ShardLedger;
import io.vellamo.engine.variable.SlotEntry;
import io.vellamo.engine.variable.SlotView;
import io.vellamo.engine.variable.VariablesView;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Reads of a shard's groups, which copy what they return.
 *
 * <p><b>Cost</b> A single group takes time in proportion to its entries. A range takes one pass
 * through the keys of the shard, which are not sorted: sorted keys would cost every epoch.
 */
final class GroupReads {
  /** The size of a reply from which on no further part of the request is answered. */
  static final long MOST_BYTES = 1 << 20;

  private final ShardSpec spec;
  private final ShardLedger ledger;
  private long bytes;

  GroupReads(ShardSpec spec, ShardLedger ledger) {
    this.spec = spec;
    this.ledger = ledger;
  }

  /** Returns the groups of the parts of a request, without the last parts if they are too large. */
  List<Found> of(List<Read> reads) {
    List<Found> found = new ArrayList<>();
    for (Read read : reads) {
      if (!found.isEmpty() && bytes >= MOST_BYTES) {
        break;
      }
      if (read instanceof Single single) {
        found.add(single(single.key()));
      } else if (read instanceof Following following) {
        found.add(following(following));
      } else {
        throw new AssertionError("unhandled " + read.getClass());
      }
    }
    return found;
  }

  private Found single(GroupKey key) {
    GroupContent content = content(key);
    return new Found(content.isEmpty() ? List.of() : List.of(content), true);
  }

  private Found following(Following read) {
    // One more than the limit tells whether there is a next page.
    PriorityQueue<GroupKey> smallest = new PriorityQueue<>(Comparator.reverseOrder());
    addSmallest(ledger.groups().keySet(), read, smallest);
    if (ledger.parked().size() > 0) {
      List<GroupKey> onlyParked =
          ledger.parked().all().stream()
              .map(ParkedEntry::key)
              .filter(key -> ledger.entry(key).isEmpty())
              .toList();
      addSmallest(onlyParked, read, smallest);
    }
    List<GroupKey> keys = new ArrayList<>(smallest);
    keys.sort(Comparator.naturalOrder());
    List<GroupContent> groups = new ArrayList<>();
    long before = bytes;
    for (GroupKey key : keys) {
      boolean isFull = groups.size() == read.limit() || bytes - before >= MOST_BYTES;
      if (isFull) {
        return new Found(groups, false);
      }
      groups.add(content(key));
    }
    return new Found(groups, true);
  }

  private static void addSmallest(
      Collection<GroupKey> keys, Following read, PriorityQueue<GroupKey> smallest) {
    GroupKey after = read.after();
    for (GroupKey key : keys) {
      if (after != null && key.compareTo(after) <= 0) {
        continue;
      }
      if (smallest.size() <= read.limit()) {
        smallest.add(key);
      } else if (key.compareTo(smallest.element()) < 0) {
        smallest.remove();
        smallest.add(key);
      }
    }
  }

  private GroupContent content(GroupKey key) {
    GroupEntry entry = ledger.entry(key);
    ParkedEntry parked = ledger.parked().get(key);
    GroupContent content =
        new GroupContent(
            key,
            entry.state(),
            entry.timeoutMillis(),
            variables(entry.variables()),
            parked == null ? null : spec.parked(parked));
    bytes += content.size();
    return content;
  }

  private List<VariableContent> variables(VariablesView group) {
    DeclaredVariables declared = spec.operator().variables();
    if (declared == null) {
      return List.of();
    }
    List<VariableContent> variables = new ArrayList<>();
    for (int number = 0; number < group.end(); number++) {
      SlotView slot = group.slot(number);
      String name = name(declared, number);
      if (slot != null && name != null) {
        List<SlotEntry> entries = new ArrayList<>(slot.size());
        slot.entries().forEachRemaining(entries::add);
        variables.add(new VariableContent(name, slot.type(), entries));
      }
    }
    return variables;
  }

  /** Returns the name of a variable; null if it is not declared any more. */
  private static @Nullable String name(DeclaredVariables declared, int number) {
    DeclaredVariable variable = declared.variable(number);
    if (variable != null) {
      return variable.variable().name();
    }
    DeclaredTimer timer = declared.timer(number);
    return timer == null ? null : timer.name().name();
  }
}
