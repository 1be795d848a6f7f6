package io.vellamo.api;

import static java.util.Objects.requireNonNull;

import java.lang.invoke.MethodType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A type with its type arguments, which a class literal can't tell. It is created as a subclass
 * without a body:
 *
 * <pre>{@code
 * StateType<List<Long>> latest = StateType.of(new TypeRef<List<Long>>() {});
 * }</pre>
 *
 * @param <T> the type
 * @since 0.1
 */
public abstract class TypeRef<T> {
  private final Type type;

  /**
   * Creates the type that the subclass names.
   *
   * @throws IllegalArgumentException if it names none, or one with a type variable or a wildcard
   *     without upper bound; the bound replaces other wildcards
   */
  protected TypeRef() {
    if (!(getClass().getGenericSuperclass() instanceof ParameterizedType named)
        || named.getRawType() != TypeRef.class) {
      throw new IllegalArgumentException(
          "TypeRef must be created with a type argument, as in new TypeRef<List<Long>>() {}, was [%s]"
              .formatted(getClass().getGenericSuperclass()));
    }
    Type given = named.getActualTypeArguments()[0];
    this.type = known(given, given);
  }

  private TypeRef(Type type) {
    this.type = type;
  }

  /**
   * Returns the type of a generic class whose type arguments are known at run time only, such as
   * those of a method that is given a class.
   *
   * <pre>{@code
   * static <E> StateType<List<E>> listOf(Class<E> element) {
   *   return StateType.of(TypeRef.<List<E>>of(List.class, element));
   * }
   * }</pre>
   *
   * @param raw the generic class
   * @param arguments its type arguments
   * @param <T> the type; the compiler does not compare it with the arguments
   * @return the type
   * @throws IllegalArgumentException if the class has another number of type parameters, or an
   *     argument is a primitive
   */
  public static <T> TypeRef<T> of(Class<? super T> raw, Class<?>... arguments) {
    int parameters = raw.getTypeParameters().length;
    if (parameters == 0) {
      throw new IllegalArgumentException(
          "raw must be a class with type parameters, was [%s]; use the class itself"
              .formatted(raw.getName()));
    }
    if (arguments.length != parameters) {
      throw new IllegalArgumentException(
          "arguments of [%s] must be as many as its type parameters, [%d], were [%d]; name a class for each"
              .formatted(raw.getName(), parameters, arguments.length));
    }
    for (Class<?> argument : arguments) {
      if (requireNonNull(argument, "argument").isPrimitive()) {
        throw new IllegalArgumentException(
            "class of a type argument must not be a primitive, was [%s]; use [%s]"
                .formatted(
                    argument, MethodType.methodType(argument).wrap().returnType().getName()));
      }
    }
    return new OfClasses<>(new KnownType(raw, List.of(arguments)));
  }

  private static Type known(Type part, Type whole) {
    if (part instanceof WildcardType wildcard
        && wildcard.getLowerBounds().length == 0
        && wildcard.getUpperBounds()[0] != Object.class) {
      // Kotlin's compiler writes Pair<String, List<Visit>> with a wildcard for each argument.
      return known(wildcard.getUpperBounds()[0], whole);
    }
    if (part instanceof TypeVariable || part instanceof WildcardType) {
      throw new IllegalArgumentException(
          "TypeRef must name a type without type variables and wildcards, was [%s]; name the classes"
              .formatted(whole.getTypeName()));
    }
    return part instanceof ParameterizedType generic
        ? new KnownType(
            (Class<?>) generic.getRawType(),
            Stream.of(generic.getActualTypeArguments())
                .map(argument -> known(argument, whole))
                .toList())
        : part;
  }

  /** A type that is not named by its subclass. */
  private static final class OfClasses<T> extends TypeRef<T> {
    OfClasses(Type type) {
      super(type);
    }
  }

  /** A generic type without wildcards. */
  private record KnownType(Class<?> raw, List<Type> arguments) implements ParameterizedType {
    @Override
    public Type[] getActualTypeArguments() {
      return arguments.toArray(Type[]::new);
    }

    @Override
    public Type getRawType() {
      return raw;
    }

    @Override
    public @Nullable Type getOwnerType() {
      return raw.getDeclaringClass();
    }

    @Override
    public String toString() {
      return arguments.stream()
          .map(Type::getTypeName)
          .collect(Collectors.joining(", ", raw.getName() + "<", ">"));
    }
  }

  /**
   * Returns the type.
   *
   * @return a class, an array or a generic type
   */
  public final Type type() {
    return type;
  }

  /**
   * Returns the class of the type, without its type arguments.
   *
   * @return the class
   */
  @SuppressWarnings("unchecked") // the class of T has no other form
  public final Class<T> rawClass() {
    Type raw = type instanceof ParameterizedType generic ? generic.getRawType() : type;
    if (raw instanceof Class<?> known) {
      return (Class<T>) known;
    }
    throw new IllegalArgumentException(
        "TypeRef must name a class or a generic class, was [%s]; use a List instead of an array"
            .formatted(type.getTypeName()));
  }

  /**
   * Returns the type in readable form.
   *
   * @return for instance {@code java.util.List<java.lang.Long>}
   */
  @Override
  public final String toString() {
    return type.getTypeName();
  }
}
