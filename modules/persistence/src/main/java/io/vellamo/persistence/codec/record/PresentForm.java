package io.vellamo.persistence.codec.record;

import org.jspecify.annotations.Nullable;

/**
 * A form that writes whether there is a value before the value.
 *
 * @param present the form of a value that is not null
 */
record PresentForm(Form present) implements Form {
  @Override
  public void write(@Nullable Object value, RecordOutput out) {
    if (out.writePresence(value)) {
      present.write(value, out);
    }
  }

  @Override
  public @Nullable Object read(RecordInput in) {
    return in.readPresence() ? present.read(in) : null;
  }
}
