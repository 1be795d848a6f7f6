package io.vellamo.api;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Constructor;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The components of a record class, with those of nested records, as a list of columns. */
final class RecordShape {
  private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();
  private static final MethodType ACCESSOR = MethodType.methodType(Object.class, Object.class);

  private final Class<?> type;
  private final MethodHandle constructor;
  private final List<Component> components;
  private final int size;

  private RecordShape(Class<?> type, MethodHandle constructor, List<Component> components) {
    this.type = type;
    this.constructor = constructor;
    this.components = components;
    this.size = components.stream().mapToInt(Component::size).sum();
  }

  /**
   * A component.
   *
   * @param accessor returns the component's value
   * @param type the class of the component's values; that of the content for an {@link Optional}
   * @param nested the shape of a component that is a record; null if it is not
   */
  private record Component(
      String name,
      MethodHandle accessor,
      Class<?> type,
      boolean isOptional,
      boolean isPrimitive,
      @Nullable RecordShape nested) {
    int size() {
      return nested == null ? 1 : nested.size;
    }
  }

  static RecordShape of(Class<?> type, Class<?> root, Set<Class<?>> outer) {
    if (!outer.add(type)) {
      throw new IllegalArgumentException(
          "type must not contain itself to be mapped to columns, [%s] contains [%s]"
              .formatted(root.getName(), type.getName()));
    }
    RecordComponent[] declared = type.getRecordComponents();
    List<Component> components = new ArrayList<>();
    try {
      for (RecordComponent component : declared) {
        components.add(component(component, root, outer));
      }
      Class<?>[] parameters =
          Arrays.stream(declared).map(RecordComponent::getType).toArray(Class<?>[]::new);
      Constructor<?> constructor = accessible(type.getDeclaredConstructor(parameters), root);
      outer.remove(type);
      return new RecordShape(type, LOOKUP.unreflectConstructor(constructor), components);
    } catch (ReflectiveOperationException e) {
      throw inaccessible(root, e);
    }
  }

  private static Component component(RecordComponent component, Class<?> root, Set<Class<?>> outer)
      throws IllegalAccessException {
    MethodHandle accessor =
        LOOKUP.unreflect(accessible(component.getAccessor(), root)).asType(ACCESSOR);
    boolean isOptional = component.getType() == Optional.class;
    Class<?> type = isOptional ? content(component.getGenericType()) : component.getType();
    RecordShape nested = type.isRecord() && !isOptional ? of(type, root, outer) : null;
    return new Component(
        component.getName(), accessor, type, isOptional, type.isPrimitive(), nested);
  }

  private static Class<?> content(Type optional) {
    return optional instanceof ParameterizedType parameterized
            && parameterized.getActualTypeArguments()[0] instanceof Class<?> content
        ? content
        : Object.class;
  }

  private static <A extends AccessibleObject> A accessible(A member, Class<?> root) {
    try {
      member.setAccessible(true);
      return member;
    } catch (InaccessibleObjectException e) {
      throw inaccessible(root, e);
    }
  }

  private static IllegalArgumentException inaccessible(Class<?> root, Exception cause) {
    return new IllegalArgumentException(
        "type [%s] must be accessible to io.vellamo.api; open its package in module-info.java"
            .formatted(root.getName()),
        cause);
  }

  void addColumns(String path, String prefix, List<RecordColumns.Column> into) {
    for (Component component : components) {
      String name = prefix + snakeCase(component.name);
      if (component.nested == null) {
        into.add(new RecordColumns.Column(name, path + component.name, component.type));
      } else {
        component.nested.addColumns(path + component.name + ".", name + "_", into);
      }
    }
  }

  private static String snakeCase(String component) {
    return component
        .replaceAll("([a-z0-9])([A-Z])", "$1_$2")
        .replaceAll("([A-Z])([A-Z][a-z])", "$1_$2")
        .toLowerCase(Locale.ROOT);
  }

  /** Writes the values of a record's columns from an index on. */
  void read(Object row, @Nullable Object[] into, int from) {
    int at = from;
    for (Component component : components) {
      Object value = read(component, row);
      if (component.nested == null) {
        into[at] = value;
      } else if (value != null) {
        component.nested.read(value, into, at);
      }
      at += component.size();
    }
  }

  private static @Nullable Object read(Component component, Object row) {
    try {
      Object value = component.accessor.invokeExact(row);
      return component.isOptional && value instanceof Optional<?> optional
          ? optional.orElse(null)
          : value;
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException("An accessor must not throw checked exceptions", e);
    }
  }

  /** Creates a record from the values of its columns, which begin at an index. */
  Object create(@Nullable Object[] values, int from) {
    @Nullable Object[] arguments = new @Nullable Object[components.size()];
    int at = from;
    for (int i = 0; i < arguments.length; i++) {
      Component component = components.get(i);
      arguments[i] = argument(component, values, at);
      at += component.size();
    }
    try {
      return constructor.invokeWithArguments(arguments);
    } catch (Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalArgumentException(
          "values must be those of a [%s], its constructor threw [%s]"
              .formatted(type.getSimpleName(), e.getClass().getName()),
          e);
    }
  }

  private static @Nullable Object argument(Component component, @Nullable Object[] values, int at) {
    if (component.nested != null) {
      return component.nested.create(values, at);
    }
    Object value = values[at];
    if (component.isOptional) {
      return Optional.ofNullable(value);
    }
    if (value == null && component.isPrimitive) {
      throw new IllegalArgumentException(
          "component [%s] of type [%s] must not be null"
              .formatted(component.name, component.type.getName()));
    }
    return value;
  }
}
