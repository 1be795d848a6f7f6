package io.vellamo.persistence.codec.record;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/**
 * The form of a list or set: the number of elements plus one, and the elements; 0 for null. It is
 * read as the class that Jackson uses.
 *
 * @param element the form of an element
 * @param isSet whether it is a set
 */
record CollectionForm(Form element, boolean isSet) implements Form {
  /** More elements than this are added one by one, as a damaged count must not fill the heap. */
  private static final int MOST_EXPECTED = 1_000;

  @Override
  public void write(@Nullable Object value, RecordOutput out) {
    if (value == null) {
      out.writeByte(0);
      return;
    }
    if (value instanceof SortedSet<?> sorted && sorted.comparator() != null) {
      throw new IllegalArgumentException("a set with a comparator");
    }
    Collection<?> elements = (Collection<?>) value;
    int size = elements.size();
    out.enter();
    out.writeUnsigned(size + 1L);
    int written = 0;
    for (Object each : elements) {
      element.write(each, out);
      written++;
    }
    if (written != size) {
      throw new IllegalArgumentException("a collection of another size than it says");
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
    int expected = Math.min(size, MOST_EXPECTED);
    Collection<@Nullable Object> elements =
        isSet ? new HashSet<>(2 * expected) : new ArrayList<>(expected);
    for (int i = 0; i < size; i++) {
      elements.add(element.read(in));
    }
    in.leave();
    return elements;
  }
}
