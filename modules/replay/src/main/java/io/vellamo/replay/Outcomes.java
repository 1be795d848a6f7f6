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
            || Objects.equals(forms.ofState(one.state()), forms.ofState(other.state())));
  }

  static boolean sameRows(JsonForms forms, List<StoredValue> some, List<StoredValue> others) {
    if (some.size() != others.size()) {
      return false;
    }
    for (int i = 0; i < some.size(); i++) {
      if (!Arrays.equals(some.get(i).bytes(), others.get(i).bytes())) {
        return forms.ofValues(some).equals(forms.ofValues(others));
      }
    }
    return true;
  }
}
