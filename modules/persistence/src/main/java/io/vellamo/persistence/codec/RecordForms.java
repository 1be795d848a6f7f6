package io.vellamo.persistence.codec;

import io.vellamo.persistence.codec.record.NumberForm;
import io.vellamo.persistence.codec.record.RecordForm;
import java.math.BigDecimal;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The record forms of classes, made once for each class: another query of the same program uses the
 * code that has been compiled for the first.
 */
final class RecordForms {
  private static final NumberForm CANONICAL =
      new NumberForm() {
        @Override
        public float of(float value) {
          return CanonicalGenerator.canonical(value);
        }

        @Override
        public double of(double value) {
          return CanonicalGenerator.canonical(value);
        }

        @Override
        public BigDecimal of(BigDecimal value) {
          return CanonicalGenerator.canonical(value);
        }
      };

  private static final ClassValue<Optional<RecordForm>> OF_VALUES =
      new ClassValue<>() {
        @Override
        protected Optional<RecordForm> computeValue(Class<?> type) {
          return Optional.ofNullable(RecordForm.ofValues(type, ImmutableTypes::isNamedAsItIs));
        }
      };

  private static final ClassValue<Optional<RecordForm>> OF_KEYS =
      new ClassValue<>() {
        @Override
        protected Optional<RecordForm> computeValue(Class<?> type) {
          return Optional.ofNullable(
              RecordForm.ofKeys(type, ImmutableTypes::isNamedAsItIs, CANONICAL));
        }
      };

  private RecordForms() {}

  /** Returns the form of states, rows and events of a class, or null if Jackson writes them. */
  static @Nullable RecordForm ofValues(Class<?> type) {
    return OF_VALUES.get(type).orElse(null);
  }

  /** Returns the form of keys of a class, or null if Jackson writes them. */
  static @Nullable RecordForm ofKeys(Class<?> type) {
    return OF_KEYS.get(type).orElse(null);
  }
}
