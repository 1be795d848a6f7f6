package io.vellamo.persistence.codec.record;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The form of a record whose class is not used: its components by name.
 *
 * @param names the names of the components, in the layout's order
 * @param components their forms
 */
record NamedForm(List<String> names, List<Form> components) implements Form {
  @Override
  public void write(@Nullable Object value, RecordOutput out) {
    throw new AssertionError("written only with its class");
  }

  @Override
  public Map<String, @Nullable Object> read(RecordInput in) {
    in.enter();
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    for (int i = 0; i < names.size(); i++) {
      values.put(names.get(i), components.get(i).read(in));
    }
    in.leave();
    return values;
  }
}
