package io.vellamo.api.query;

import io.vellamo.api.source.OffsetRange;
import io.vellamo.api.source.SourcePartition;
import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The components of a report as values of basic JDK types.
 *
 * <p>The components are read by reflection, so that the JSON can't miss a component added later.
 */
final class PlainFields {
  private final Map<String, @Nullable Object> fields = new LinkedHashMap<>();

  private PlainFields() {}

  /** Returns the components of a public record, in the order of their declaration. */
  static PlainFields of(Record report) {
    PlainFields plain = new PlainFields();
    for (RecordComponent component : report.getClass().getRecordComponents()) {
      plain.with(component.getName(), value(report, component));
    }
    return plain;
  }

  static PlainFields none() {
    return new PlainFields();
  }

  /** Adds a field, or replaces an existing one in place. */
  PlainFields with(String name, @Nullable Object value) {
    fields.put(name, plain(value));
    return this;
  }

  Map<String, @Nullable Object> toMap() {
    return Collections.unmodifiableMap(fields);
  }

  private static @Nullable Object value(Record report, RecordComponent component) {
    try {
      return component.getAccessor().invoke(report);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("component [%s] must be readable".formatted(component), e);
    }
  }

  private static @Nullable Object plain(@Nullable Object value) {
    if (value instanceof Optional<?> optional) {
      return plain(optional.orElse(null));
    }
    if (value instanceof JsonReport report) {
      return report.toMap();
    }
    if (value instanceof OffsetRange range) {
      // The other components are internal to the source.
      return none()
          .with("partition", range.partition())
          .with("from", range.from())
          .with("until", range.until())
          .toMap();
    }
    if (value instanceof SourcePartition partition) {
      return partition.name();
    }
    if (value instanceof Collection<?> values) {
      List<@Nullable Object> all =
          values.stream().<@Nullable Object>map(PlainFields::plain).toList();
      return all;
    }
    if (value instanceof Map<?, ?> entries) {
      PlainFields all = none();
      entries.forEach((key, entry) -> all.with(String.valueOf(key), entry));
      return all.toMap();
    }
    return scalar(value);
  }

  private static @Nullable Object scalar(@Nullable Object value) {
    if (value instanceof Double number && !Double.isFinite(number)) {
      return null;
    }
    if (value == null
        || value instanceof Boolean
        || value instanceof Integer
        || value instanceof Long
        || value instanceof Double) {
      return value;
    }
    return value.toString();
  }
}
