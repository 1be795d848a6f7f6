package io.vellamo.persistence.codec.record;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * The form of a map: the number of entries plus one, and keys and values in the order of the map; 0
 * for null.
 *
 * @param key the form of a key
 * @param value the form of a value
 */
record MapForm(Form key, Form value) implements Form {
  @Override
  public void write(@Nullable Object written, RecordOutput out) {
    if (written == null) {
      out.writeByte(0);
      return;
    }
    if (written instanceof SortedMap<?, ?> sorted && sorted.comparator() != null) {
      throw new IllegalArgumentException("a map with a comparator");
    }
    Map<?, ?> map = (Map<?, ?>) written;
    int size = map.size();
    out.enter();
    out.writeUnsigned(size + 1L);
    int entries = 0;
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      if (entry.getKey() == null) {
        throw new IllegalArgumentException("a null key");
      }
      key.write(entry.getKey(), out);
      value.write(entry.getValue(), out);
      entries++;
    }
    if (entries != size) {
      throw new IllegalArgumentException("a map of another size than it says");
    }
    out.leave();
  }

  @Override
  public @Nullable Object read(RecordInput in) {
    int size = in.readCount();
    if (size < 0) {
      return null;
    }
    in.enter();
    Map<@Nullable Object, @Nullable Object> map = new LinkedHashMap<>();
    for (int i = 0; i < size; i++) {
      map.put(key.read(in), value.read(in));
    }
    in.leave();
    return map;
  }
}
