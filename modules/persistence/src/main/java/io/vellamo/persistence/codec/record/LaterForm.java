package io.vellamo.persistence.codec.record;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/** The form of a record within itself, which is set when the record's form is complete. */
final class LaterForm implements Form {
  // Set before the form is used or published.
  private @Nullable Form form;

  void complete(Form completed) {
    form = completed;
  }

  @Override
  public void write(@Nullable Object value, RecordOutput out) {
    form().write(value, out);
  }

  @Override
  public @Nullable Object read(RecordInput in) {
    return form().read(in);
  }

  private Form form() {
    return requireNonNull(form, "form");
  }
}
