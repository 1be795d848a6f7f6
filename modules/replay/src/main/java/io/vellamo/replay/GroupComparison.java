package io.vellamo.replay;

import com.fasterxml.jackson.databind.JsonNode;
import io.vellamo.engine.group.GroupEntry;
import io.vellamo.engine.variable.SlotEntry;
import io.vellamo.engine.variable.SlotType;
import io.vellamo.engine.variable.SlotType.Kind;
import io.vellamo.engine.variable.SlotView;
import io.vellamo.engine.variable.VariableChange;
import io.vellamo.engine.variable.VariableChange.Put;
import io.vellamo.engine.variable.VariablesView;
import java.time.Instant;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Comparisons of a group with the result of the epochs, entry by entry. */
final class GroupComparison {
  private final GroupForms forms;

  GroupComparison(GroupForms forms) {
    this.forms = forms;
  }

  /** Returns the first difference of a whole group, in words; null if there is none. */
  @Nullable String difference(GroupEntry found, GroupEntry expected) {
    if (found.equals(expected)) {
      return null;
    }
    if (found.isEmpty() || expected.isEmpty()) {
      return "it has [%s], the epochs made [%s]"
          .formatted(
              found.isEmpty() ? "nothing" : "the group",
              expected.isEmpty() ? "nothing" : "the group");
    }
    return forms.operator().hasVariables()
        ? difference(found.variables(), expected.variables())
        : differenceOfState(found, expected);
  }

  private static String differenceOfState(GroupEntry found, GroupEntry expected) {
    return Arrays.equals(found.state(), expected.state())
        ? "timeout [%s], the epochs made [%s]"
            .formatted(found.timeoutMillis(), expected.timeoutMillis())
        : "it has another state than the epochs made";
  }

  private @Nullable String difference(VariablesView found, VariablesView expected) {
    for (int number = 0; number < Math.max(found.end(), expected.end()); number++) {
      String difference = difference(number, found.slot(number), expected.slot(number));
      if (difference != null) {
        return difference;
      }
    }
    return null;
  }

  private @Nullable String difference(
      int number, @Nullable SlotView found, @Nullable SlotView expected) {
    if (found == null || expected == null) {
      return found == expected
          ? null
          : "it has [%d] entries of variable [%s], the epochs made [%d]"
              .formatted(size(found), forms.name(number), size(expected));
    }
    String ofEntries =
        found.type().kind() == Kind.LIST
            ? differenceOfElements(number, found, expected)
            : differenceByKey(number, found, expected);
    return ofEntries == null && !hasSameOrder(found, expected)
        ? "the entries of variable [%s] are in another order than the epochs made"
            .formatted(forms.name(number))
        : ofEntries;
  }

  private static int size(@Nullable SlotView slot) {
    return slot == null ? 0 : slot.size();
  }

  private @Nullable String differenceOfElements(int number, SlotView found, SlotView expected) {
    Iterator<SlotEntry> theirs = expected.entries();
    int place = 0;
    for (Iterator<SlotEntry> ours = found.entries(); ours.hasNext(); place++) {
      SlotEntry entry = ours.next();
      String difference =
          difference(number, found.type(), place, entry, theirs.hasNext() ? theirs.next() : null);
      if (difference != null) {
        return difference;
      }
    }
    return theirs.hasNext() ? missing(number, expected.type(), place, theirs.next()) : null;
  }

  private @Nullable String differenceByKey(int number, SlotView found, SlotView expected) {
    for (Iterator<SlotEntry> ours = found.entries(); ours.hasNext(); ) {
      SlotEntry entry = ours.next();
      String difference = difference(number, found.type(), 0, entry, expected.get(entry.key()));
      if (difference != null) {
        return difference;
      }
    }
    for (Iterator<SlotEntry> theirs = expected.entries(); theirs.hasNext(); ) {
      SlotEntry entry = theirs.next();
      if (found.get(entry.key()) == null) {
        return missing(number, expected.type(), 0, entry);
      }
    }
    return null;
  }

  private static boolean hasSameOrder(SlotView found, SlotView expected) {
    Iterator<SlotEntry> theirs = expected.entries();
    for (Iterator<SlotEntry> ours = found.entries(); ours.hasNext(); ) {
      if (!ours.next().key().equals(theirs.next().key())) {
        return false;
      }
    }
    return true;
  }

  /**
   * Returns the first difference of the entries of a snapshot's part, in words; null if there is
   * none. Entries that the part does not have may be in others.
   */
  @Nullable String differenceOfPiece(List<VariableChange> piece, GroupEntry expected) {
    Elements elements = new Elements(expected.variables());
    for (VariableChange change : piece) {
      // A snapshot has no other changes.
      Put put = (Put) change;
      SlotView slot = expected.variables().slot(put.variable());
      boolean isElement = put.type().kind() == Kind.LIST;
      SlotEntry theirs =
          slot == null
              ? null
              : isElement
                  ? elements.find(put.variable(), put.entry().number())
                  : slot.get(put.entry().key());
      String difference =
          difference(put.variable(), put.type(), put.entry().number(), put.entry(), theirs);
      if (difference != null) {
        return difference;
      }
    }
    return null;
  }

  /** The elements of lists, by numbers that are asked for in ascending order. */
  private static final class Elements {
    private final VariablesView group;
    private int variable = -1;
    private Iterator<SlotEntry> rest = List.<SlotEntry>of().iterator();

    Elements(VariablesView group) {
      this.group = group;
    }

    @Nullable SlotEntry find(int ofVariable, long number) {
      SlotView slot = group.slot(ofVariable);
      if (variable != ofVariable && slot != null) {
        variable = ofVariable;
        rest = slot.entries();
      }
      while (rest.hasNext()) {
        SlotEntry entry = rest.next();
        if (entry.number() >= number) {
          return entry.number() == number ? entry : null;
        }
      }
      return null;
    }
  }

  private @Nullable String difference(
      int number, SlotType type, long place, SlotEntry found, @Nullable SlotEntry expected) {
    String what = words(number, type, place, found);
    if (expected == null) {
      return "it has %s, the epochs made none".formatted(what);
    }
    if (found.dueMillis() != expected.dueMillis()) {
      return "%s is due at [%s], the epochs made [%s]".formatted(what, due(found), due(expected));
    }
    return Arrays.equals(found.value(), expected.value())
        ? null
        : "%s has another value than the epochs made".formatted(what);
  }

  private String missing(int number, SlotType type, long place, SlotEntry expected) {
    return "it has no %s, the epochs made one".formatted(words(number, type, place, expected));
  }

  private static String due(SlotEntry entry) {
    Long millis = GroupForms.due(entry);
    return millis == null ? "never" : Instant.ofEpochMilli(millis).toString();
  }

  private String words(int number, SlotType type, long place, SlotEntry entry) {
    String name = forms.name(number);
    JsonNode key = forms.key(type, entry);
    return switch (type.kind()) {
      case VALUE -> "variable [%s]".formatted(name);
      case LIST -> "element [%d] of variable [%s]".formatted(place, name);
      case MAP -> "entry [%s] of variable [%s]".formatted(key, name);
      case TIMERS ->
          key == null
              ? "timer [%s]".formatted(name)
              : "timer [%s] with tag [%s]".formatted(name, key.textValue());
    };
  }
}
