package io.vellamo.replay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.vellamo.engine.group.GroupEntry;
import io.vellamo.engine.group.GroupKey;
import io.vellamo.engine.group.Utf8;
import io.vellamo.engine.journal.JournalRecord.CreatedOperator;
import io.vellamo.engine.shard.ParkedEntry;
import io.vellamo.engine.variable.CreatedVariable;
import io.vellamo.engine.variable.EntryKey;
import io.vellamo.engine.variable.SlotEntry;
import io.vellamo.engine.variable.SlotType;
import io.vellamo.engine.variable.SlotView;
import io.vellamo.engine.variable.VariablesView;
import io.vellamo.persistence.codec.JsonForms;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * JSON forms of an operator's groups, with the names that the journal has for their variables and
 * timers.
 *
 * @param values shows keys, states, rows and entries
 * @param operator the operator
 * @param entryLimit the maximum number of entries to show of each variable
 */
record GroupForms(JsonForms values, CreatedOperator operator, int entryLimit) {
  /** Lets values have the names of the operator's aggregates. */
  GroupForms {
    values = values.ofOperator(operator.name());
  }

  /** Returns a group. */
  GroupView view(GroupKey key, GroupEntry entry, @Nullable ParkedEntry parked) {
    return new GroupView(
        values.ofKey(key),
        values.ofState(entry.state()),
        entry.timeoutMillis(),
        variables(entry.variables()),
        parked == null ? null : ParkedView.of(values, parked),
        entry.size(key));
  }

  /** Returns the variables and timers of a group that have entries. */
  private List<VariableView> variables(VariablesView group) {
    List<VariableView> views = new ArrayList<>();
    for (int number = 0; number < group.end(); number++) {
      SlotView slot = group.slot(number);
      if (slot != null) {
        views.add(variable(number, slot.type(), slot.entries(), slot.size()));
      }
    }
    return views;
  }

  /** Returns some entries of a variable. */
  VariableView variable(int number, SlotType type, Iterator<SlotEntry> entries, long count) {
    List<EntryView> first = new ArrayList<>();
    while (first.size() < entryLimit && entries.hasNext()) {
      first.add(entry(type, entries.next()));
    }
    return new VariableView(
        name(number), kind(type), type.domain(), isDropped(number), count, first);
  }

  private EntryView entry(SlotType type, SlotEntry entry) {
    return new EntryView(key(type, entry), value(type, entry), due(entry));
  }

  /** Returns the value of an entry; null for a timer. */
  @Nullable JsonNode value(SlotType type, SlotEntry entry) {
    return type.kind() == SlotType.Kind.TIMERS ? null : values.ofState(entry.value());
  }

  /** Returns the key of a map's entry or the tag of a timer; null for other entries. */
  @Nullable JsonNode key(SlotType type, SlotEntry entry) {
    EntryKey key = entry.key();
    return switch (type.kind()) {
      case VALUE, LIST -> null;
      case MAP -> values.ofEntryKey(GroupKey.of(key.bytes()), entry.value());
      // A byte precedes the tag.
      case TIMERS ->
          key.equals(EntryKey.NONE)
              ? null
              : JsonNodeFactory.instance.textNode(Utf8.text(key.bytes(), 1));
    };
  }

  static @Nullable Long due(SlotEntry entry) {
    return entry.dueMillis() == SlotEntry.NEVER ? null : entry.dueMillis();
  }

  static VariableView.Kind kind(SlotType type) {
    return VariableView.Kind.valueOf(type.kind().name());
  }

  /** Returns the name of a variable, or its number if the journal does not have its name. */
  String name(int number) {
    List<CreatedVariable> known = operator.variables();
    return number < known.size() ? known.get(number).name() : "number " + number;
  }

  /** Returns whether the last start of the query no longer declares a variable. */
  boolean isDropped(int number) {
    List<CreatedVariable> known = operator.variables();
    return number < known.size() && known.get(number).isDropped();
  }
}
