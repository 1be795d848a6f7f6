package io.vellamo.persistence.codec.record;

import org.jspecify.annotations.Nullable;

/**
 * A writer and reader of the values of one type. It is public for the generated classes, which
 * belong to the packages of users' records.
 *
 * <p><b>Threading</b> Safe to share.
 *
 * <p><b>Failure</b> An unchecked exception if a value can't be written in record form, or if bytes
 * are not those of a value.
 */
public interface Form {
  /** Writes a value; null only if the form writes whether there is one. */
  void write(@Nullable Object value, RecordOutput out);

  /** Reads a value. */
  @Nullable Object read(RecordInput in);
}
