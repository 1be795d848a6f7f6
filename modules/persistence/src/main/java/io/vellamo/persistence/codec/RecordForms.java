package io.vellamo.persistence.codec;

import io.vellamo.persistence.codec.record.NumberForm;
import io.vellamo.persistence.codec.record.RecordForm;
import io.vellamo.persistence.codec.record.ResolvedType;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The record forms of types. That of a class is made once: another query of the same program uses
 * the code that has been compiled for the first. A type with arguments has a new form in each
 * query: kept with one of its classes, it would keep those of other class loaders in memory.
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
          return Optional.ofNullable(RecordForms.ofValues(ResolvedType.ofType(type)));
        }
      };

  private static final ClassValue<Optional<RecordForm>> OF_KEYS =
      new ClassValue<>() {
        @Override
        protected Optional<RecordForm> computeValue(Class<?> type) {
          return Optional.ofNullable(RecordForms.ofKeys(ResolvedType.ofType(type)));
        }
      };

  private RecordForms() {}

  /** Returns the form of states, rows and events of a type, or null if Jackson writes them. */
  static @Nullable RecordForm ofValues(Type type) {
    return type instanceof Class<?> raw
        ? OF_VALUES.get(raw).orElse(null)
        : ofValues(ResolvedType.ofType(type));
  }

  /** Returns the form of keys of a type, or null if Jackson writes them. */
  static @Nullable RecordForm ofKeys(Type type) {
    return type instanceof Class<?> raw
        ? OF_KEYS.get(raw).orElse(null)
        : ofKeys(ResolvedType.ofType(type));
  }

  /** Returns the form of values of a type; null if Jackson writes them, or the type is null. */
  static @Nullable RecordForm ofValues(@Nullable ResolvedType type) {
    return type == null ? null : RecordForm.ofValues(type, ImmutableTypes::isNamedAsItIs);
  }

  private static @Nullable RecordForm ofKeys(@Nullable ResolvedType type) {
    // Keys of single values have a form of their own, and those of enums are reused.
    return type == null || (type.arguments().isEmpty() && !type.raw().isRecord())
        ? null
        : RecordForm.ofKeys(type, ImmutableTypes::isNamedAsItIs, CANONICAL);
  }
}
