package io.vellamo.replay;

import io.vellamo.engine.group.GroupEntry;
import io.vellamo.engine.group.StoredValue;
import io.vellamo.persistence.codec.JsonForms;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * Comparisons of recorded and replayed outcomes: by bytes and, only if those differ, as JSON, so
 * that the order of properties, the version of a state or the name of a class makes no difference.
 */
final class Outcomes {
  private Outcomes() {}

  static boolean sameEntries(JsonForms forms, GroupEntry one, GroupEntry other) {
    return Objects.equals(one.timeoutMillis(), other.timeoutMillis())
        && (Arrays.equals(one.state(), other.state())
            || (!JsonForms.isOpaque(one.state())
                && !JsonForms.isOpaque(other.state())
                && Objects.equals(forms.ofState(one.state()), forms.ofState(other.state()))));
  }

  static boolean sameRows(JsonForms forms, List<StoredValue> some, List<StoredValue> others) {
    if (some.size() != others.size()) {
      return false;
    }
    for (int i = 0; i < some.size(); i++) {
      if (!isSame(some.get(i), others.get(i))) {
        return forms.ofValues(some).equals(forms.ofValues(others));
      }
    }
    return true;
  }

  /** Compares types too: equal bytes of two layouts can have different names. */
  private static boolean isSame(StoredValue one, StoredValue other) {
    return one.type().equals(other.type()) && Arrays.equals(one.bytes(), other.bytes());
  }
}
