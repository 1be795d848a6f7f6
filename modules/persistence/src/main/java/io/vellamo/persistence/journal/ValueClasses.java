package io.vellamo.persistence.journal;

import io.vellamo.engine.group.StoredValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Numbers the classes of one record, so that a name is written where it first occurs only. */
final class ValueClasses {
  private final Map<String, Integer> numbers = new HashMap<>();
  private final List<String> names = new ArrayList<>();

  void write(List<StoredValue> values, BinaryOutput out) {
    out.writeUnsigned(values.size());
    for (StoredValue value : values) {
      Integer number = numbers.get(value.className());
      out.writeUnsigned(number == null ? numbers.size() : number);
      if (number == null) {
        numbers.put(value.className(), numbers.size());
        out.writeText(value.className());
      }
      out.writeBytes(value.bytes());
    }
  }

  List<StoredValue> read(BinaryInput in) {
    int count = in.readCount();
    if (count == 0) {
      return List.of();
    }
    List<StoredValue> values = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      int number = (int) in.readUnsigned();
      if (number == names.size()) {
        names.add(in.readText());
      }
      values.add(new StoredValue(names.get(number), in.readBytes()));
    }
    return values;
  }
}
