package io.vellamo.persistence.codec.record;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A class with its type arguments, all of which are known. It replaces {@link Type}, whose
 * implementations are not all equal to each other.
 *
 * @param raw the class
 * @param arguments its type arguments; empty if it has no type parameters
 */
public record ResolvedType(Class<?> raw, List<ResolvedType> arguments) {
  /** Copies the arguments. */
  public ResolvedType {
    arguments = List.copyOf(arguments);
  }

  /** Returns a class without type parameters. */
  public static ResolvedType of(Class<?> raw) {
    return new ResolvedType(raw, List.of());
  }

  /**
   * Returns a type, or null if it is a raw type, or contains one, a type variable or a wildcard.
   */
  public static @Nullable ResolvedType ofType(Type type) {
    return resolved(type, Map.of());
  }

  /**
   * Returns the type of a component of this record; null as for {@link #ofType}.
   *
   * @param component one of the components of the class
   */
  public @Nullable ResolvedType ofComponent(RecordComponent component) {
    Map<TypeVariable<?>, ResolvedType> variables = new HashMap<>();
    for (int i = 0; i < arguments.size(); i++) {
      variables.put(raw.getTypeParameters()[i], arguments.get(i));
    }
    return resolved(component.getGenericType(), variables);
  }

  private static @Nullable ResolvedType resolved(
      Type type, Map<TypeVariable<?>, ResolvedType> variables) {
    if (type instanceof Class<?> raw) {
      return raw.getTypeParameters().length == 0 ? of(raw) : null;
    }
    if (type instanceof TypeVariable<?> variable) {
      return variables.get(variable);
    }
    if (!(type instanceof ParameterizedType generic)) {
      return null;
    }
    List<ResolvedType> arguments = new ArrayList<>();
    for (Type each : generic.getActualTypeArguments()) {
      ResolvedType argument = resolved(each, variables);
      if (argument == null) {
        return null;
      }
      arguments.add(argument);
    }
    return new ResolvedType((Class<?>) generic.getRawType(), arguments);
  }

  /** Returns the name of the class and, in angle brackets, those of its arguments. */
  @Override
  public String toString() {
    if (arguments.isEmpty()) {
      return raw.getName();
    }
    StringBuilder text = new StringBuilder(raw.getName());
    char separator = '<';
    for (ResolvedType argument : arguments) {
      text.append(separator).append(argument);
      separator = ',';
    }
    return text.append('>').toString();
  }
}
