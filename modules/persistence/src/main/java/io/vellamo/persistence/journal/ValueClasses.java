package io.vellamo.persistence.journal;

import io.vellamo.engine.group.StoredValue;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The numbers of the types of values in one record, so that each type is written only where it
 * first occurs. A mark before the name denotes values with an event time, which follows the value.
 *
 * <p><b>Threading</b> Used by one thread, for one record.
 */
public final class ValueClasses {
  private static final String TIMED = "@";

  // A map for each kind: a lookup by marked type would create a string for each timed value.
  private final Map<String, Integer> numbers = new HashMap<>();
  private final Map<String, Integer> timedNumbers = new HashMap<>();
  private final List<String> names = new ArrayList<>();

  /** Creates an instance for a record without values so far. */
  public ValueClasses() {}

  /** Writes values and their number. */
  public void write(List<StoredValue> values, BinaryOutput out) {
    out.writeUnsigned(values.size());
    if (values.isEmpty()) {
      // Most groups have none: no iterator is created for them.
      return;
    }
    for (StoredValue value : values) {
      Instant time = value.eventTime();
      Map<String, Integer> known = time == null ? numbers : timedNumbers;
      Integer number = known.get(value.type());
      int next = numbers.size() + timedNumbers.size();
      out.writeUnsigned(number == null ? next : number);
      if (number == null) {
        known.put(value.type(), next);
        out.writeText(time == null ? value.type() : TIMED + value.type());
      }
      out.writeBytes(value.bytes());
      if (time != null) {
        out.writeSigned(time.getEpochSecond());
        out.writeUnsigned(time.getNano());
      }
    }
  }

  /** Reads the values that the other instance's {@link #write} has written. */
  public List<StoredValue> read(BinaryInput in) {
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
      String name = names.get(number);
      values.add(
          name.startsWith(TIMED)
              ? new StoredValue(
                  name.substring(1),
                  in.readBytes(),
                  Instant.ofEpochSecond(in.readSigned(), in.readUnsigned()))
              : new StoredValue(name, in.readBytes()));
    }
    return values;
  }
}
