package io.vellamo.api;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A mapping of the components of a record class to the columns of a table.
 *
 * <p>A column has the component's name in snake case: {@code startTime} is {@code start_time}. A
 * component that is a record itself is mapped to a column for each of its components, with its own
 * name in front: a {@code Window hour} is {@code hour_start} and {@code hour_end}. An {@link
 * Optional} component is mapped to a column that may be null.
 *
 * <pre>{@code
 * RecordColumns.of(Session.class).withColumn("user", "user_name")
 * }</pre>
 *
 * <p><b>Threading</b> Immutable.
 *
 * @param <R> the record class
 * @since 0.1
 */
public final class RecordColumns<R extends Record> {
  private final Class<R> type;
  private final RecordShape shape;
  private final List<Column> columns;

  private RecordColumns(Class<R> type, RecordShape shape, List<Column> columns) {
    this.type = type;
    this.shape = shape;
    this.columns = columns;
  }

  /**
   * A column.
   *
   * @param name the column's name
   * @param component the path of the component, such as {@code user} or {@code hour.start}
   * @param type the class of the column's values; that of the content for an {@link Optional}
   */
  public record Column(String name, String component, Class<?> type) {
    public Column {
      requireNonNull(name, "name");
      requireNonNull(component, "component");
      requireNonNull(type, "type");
    }
  }

  /**
   * Returns the default mapping of a record class.
   *
   * @param type the record class
   * @param <R> the record class
   * @return a column for each component
   * @throws IllegalArgumentException if the class has no components, contains itself, or is not
   *     accessible
   */
  public static <R extends Record> RecordColumns<R> of(Class<R> type) {
    RecordShape shape = RecordShape.of(requireNonNull(type, "type"), type, new HashSet<>());
    List<Column> columns = new ArrayList<>();
    shape.addColumns("", "", columns);
    if (columns.isEmpty()) {
      throw new IllegalArgumentException(
          "type must be a record class with components, was [%s]".formatted(type.getName()));
    }
    return new RecordColumns<>(type, shape, requireUnique(type, columns));
  }

  /**
   * Sets the name of a column.
   *
   * @param component the path of the component, such as {@code user} or {@code hour.start}
   * @param name the column's name
   * @return a mapping with this name
   * @throws IllegalArgumentException if there is no such component, or another column has the name
   */
  public RecordColumns<R> withColumn(String component, String name) {
    requireNonNull(component, "component");
    requireNonNull(name, "name");
    List<Column> renamed = new ArrayList<>();
    for (Column column : columns) {
      renamed.add(
          column.component.equals(component) ? new Column(name, component, column.type) : column);
    }
    if (columns.stream().noneMatch(column -> column.component.equals(component))) {
      throw new IllegalArgumentException(
          "component must be one of %s, was [%s]"
              .formatted(columns.stream().map(Column::component).toList(), component));
    }
    return new RecordColumns<>(type, shape, requireUnique(type, renamed));
  }

  /**
   * Returns the record class.
   *
   * @return the class
   */
  public Class<R> type() {
    return type;
  }

  /**
   * Returns the columns.
   *
   * @return an unmodifiable list, in the order of the components
   */
  public List<Column> columns() {
    return columns;
  }

  /**
   * Returns the values of a record.
   *
   * @param row the record
   * @return the value of each column; null for an empty {@link Optional}, for a component that is
   *     null, and for the columns of a nested record that is null
   */
  public @Nullable Object[] values(R row) {
    @Nullable Object[] values = new @Nullable Object[columns.size()];
    shape.read(row, values, 0);
    return values;
  }

  /**
   * Creates a record.
   *
   * @param values the value of each column
   * @return a record with these values
   * @throws IllegalArgumentException if a value is null and its component is a primitive, or the
   *     record's constructor rejects the values; the message names the component and no value
   */
  public R create(@Nullable Object[] values) {
    return type.cast(shape.create(values, 0));
  }

  @Override
  public String toString() {
    return type.getSimpleName() + columns.stream().map(Column::name).toList();
  }

  private static List<Column> requireUnique(Class<?> type, List<Column> columns) {
    Map<String, Column> byName = new HashMap<>();
    for (Column column : columns) {
      Column other = byName.put(column.name, column);
      if (other != null) {
        throw new IllegalArgumentException(
            "components of [%s] must have columns of different names, [%s] and [%s] have [%s]; use withColumn"
                .formatted(type.getName(), other.component, column.component, column.name));
      }
    }
    return List.copyOf(columns);
  }
}
