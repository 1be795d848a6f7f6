package io.vellamo.persistence.codec.record;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The form of an {@link Optional}, which is that of its value or null.
 *
 * @param value the form of the value
 */
record OptionalForm(Form value) implements Form {
  @Override
  public void write(@Nullable Object optional, RecordOutput out) {
    value.write(optional == null ? null : ((Optional<?>) optional).orElse(null), out);
  }

  @Override
  public Object read(RecordInput in) {
    return Optional.ofNullable(value.read(in));
  }
}
