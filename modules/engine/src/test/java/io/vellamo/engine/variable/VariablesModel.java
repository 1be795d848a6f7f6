package io.vellamo.engine.variable;

import io.vellamo.api.process.TimeDomain;
import io.vellamo.engine.variable.SlotType.Kind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * The simplest thing that could be right: the variables of a group as plain collections, and random
 * operations on them and on the variables under test.
 */
final class VariablesModel {
  /** An entry: its key, its value and when it is due. */
  record Item(String key, int value, long dueMillis) {}

  static final List<SlotType> TYPES =
      List.of(
          new SlotType(Kind.VALUE, null),
          new SlotType(Kind.LIST, null),
          new SlotType(Kind.MAP, null),
          new SlotType(Kind.LIST, TimeDomain.EVENT_TIME),
          new SlotType(Kind.MAP, TimeDomain.PROCESSING_TIME),
          new SlotType(Kind.TIMERS, TimeDomain.EVENT_TIME));

  private static final int KEYS = 6;

  private final Random random;
  private final List<List<Item>> variables = new ArrayList<>();

  VariablesModel(Random random) {
    this.random = random;
    TYPES.forEach(type -> variables.add(new ArrayList<>()));
  }

  private VariablesModel(VariablesModel other) {
    this.random = other.random;
    other.variables.forEach(items -> variables.add(new ArrayList<>(items)));
  }

  VariablesModel copy() {
    return new VariablesModel(this);
  }

  /** Does one random operation on this model and on the variables of a call. */
  void step(PendingVariables call) {
    int variable = random.nextInt(TYPES.size());
    SlotType type = TYPES.get(variable);
    PendingSlot slot = call.change(variable, type);
    List<Item> items = variables.get(variable);
    int choice = random.nextInt(10);
    if (choice == 0) {
      slot.clear();
      items.clear();
    } else if (type.kind() == Kind.LIST) {
      stepOfList(slot, items, type, choice);
    } else {
      String key = type.kind() == Kind.VALUE ? "" : "k" + random.nextInt(KEYS);
      if (choice < 4) {
        slot.remove(key(key));
        items.removeIf(item -> item.key().equals(key));
      } else {
        put(slot, items, item(key, type));
      }
    }
  }

  private void stepOfList(PendingSlot slot, List<Item> items, SlotType type, int choice) {
    if (choice < 3 && !items.isEmpty()) {
      int dropped = random.nextInt(items.size());
      slot.dropUntil(numberAt(slot, dropped));
      items.subList(0, dropped).clear();
    } else {
      Item item = item("", type);
      slot.put(entry(item, slot.nextNumber()));
      items.add(item);
    }
  }

  private static long numberAt(PendingSlot slot, int place) {
    Iterator<SlotEntry> entries = slot.entries();
    for (int skipped = 0; skipped < place; skipped++) {
      entries.next();
    }
    return entries.next().number();
  }

  private Item item(String key, SlotType type) {
    long dueMillis =
        type.domain() == null || random.nextInt(5) == 0 ? SlotEntry.NEVER : random.nextInt(100);
    return new Item(key, random.nextInt(1000), dueMillis);
  }

  private static void put(PendingSlot slot, List<Item> items, Item item) {
    slot.put(entry(item, slot.nextNumber()));
    Map<String, Item> byKey = new LinkedHashMap<>();
    items.forEach(each -> byKey.put(each.key(), each));
    byKey.put(item.key(), item);
    items.clear();
    items.addAll(byKey.values());
  }

  void expire(TimeDomain domain, long millis) {
    for (int variable = 0; variable < TYPES.size(); variable++) {
      SlotType type = TYPES.get(variable);
      if (type.kind() != Kind.TIMERS && type.domain() == domain) {
        variables
            .get(variable)
            .removeIf(item -> item.dueMillis() != SlotEntry.NEVER && item.dueMillis() <= millis);
      }
    }
  }

  private static SlotEntry entry(Item item, long number) {
    byte[] value = {(byte) (item.value() >> 8), (byte) item.value()};
    return new SlotEntry(key(item.key()), number, value, item.dueMillis());
  }

  private static EntryKey key(String text) {
    return EntryKey.of(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Returns the contents of all variables, in order. */
  List<List<Item>> contents() {
    return variables;
  }

  /** Returns the contents of the variables under test in the form of the model. */
  static List<List<Item>> contents(VariablesView view) {
    List<List<Item>> all = new ArrayList<>();
    for (int variable = 0; variable < TYPES.size(); variable++) {
      List<Item> items = new ArrayList<>();
      SlotView slot = view.slot(variable);
      if (slot != null) {
        slot.entries().forEachRemaining(entry -> items.add(item(entry)));
      }
      all.add(items);
    }
    return all;
  }

  private static Item item(SlotEntry entry) {
    byte[] value = entry.value();
    String key = new String(entry.key().bytes(), StandardCharsets.UTF_8);
    return new Item(key, ((value[0] & 0xff) << 8) | (value[1] & 0xff), entry.dueMillis());
  }

  /** Returns the earliest due time of the entries that a test selects; null if there is none. */
  @Nullable Long first(TimeDomain domain, boolean ofTimers) {
    Long first = null;
    for (int variable = 0; variable < TYPES.size(); variable++) {
      SlotType type = TYPES.get(variable);
      if (type.domain() == domain && (type.kind() == Kind.TIMERS) == ofTimers) {
        for (Item item : variables.get(variable)) {
          if (item.dueMillis() != SlotEntry.NEVER && (first == null || item.dueMillis() < first)) {
            first = item.dueMillis();
          }
        }
      }
    }
    return first;
  }
}
