package io.vellamo.persistence.codec.record;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The form of an enum: the place of the constant in the layout plus one; 0 for null.
 *
 * @param constants the constants, or their names if the class is not there, in the layout's order
 */
record EnumForm(List<?> constants) implements Form {
  @Override
  @SuppressWarnings("EnumOrdinal") // the layout has the names in this order
  public void write(@Nullable Object value, RecordOutput out) {
    out.writeUnsigned(value == null ? 0 : ((Enum<?>) value).ordinal() + 1L);
  }

  @Override
  public @Nullable Object read(RecordInput in) {
    long place = in.readUnsigned();
    return place == 0 ? null : constants.get(Math.toIntExact(place - 1));
  }
}
