package io.vellamo.persistence.codec;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.databind.cfg.MapperConfig;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.AnnotatedConstructor;
import com.fasterxml.jackson.databind.introspect.AnnotatedMember;
import com.fasterxml.jackson.databind.introspect.AnnotatedMethod;
import com.fasterxml.jackson.databind.introspect.AnnotatedParameter;
import com.fasterxml.jackson.databind.introspect.NopAnnotationIntrospector;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The properties of Kotlin's data classes and Scala's case classes, for Jackson: the parameters of
 * the constructor that sets all fields. Their compilers write fields in the order of these
 * parameters, whose own names a class file contains only if it is compiled for that.
 */
final class DataClasses extends NopAnnotationIntrospector {
  private static final long serialVersionUID = 1L;

  private static final String KOTLIN = "kotlin.Metadata";
  private static final String SCALA = "scala.Product";

  /** The constructor of a data class, and its fields in the order of the parameters. */
  private record DataClass(Constructor<?> constructor, List<Field> fields) {
    boolean hasField(String name, Class<?> type) {
      return fields.stream()
          .anyMatch(field -> field.getName().equals(name) && field.getType() == type);
    }
  }

  private static final ClassValue<Optional<DataClass>> KNOWN =
      new ClassValue<>() {
        @Override
        protected Optional<DataClass> computeValue(Class<?> type) {
          return Optional.ofNullable(dataClass(type));
        }
      };

  @Override
  public @Nullable String findImplicitPropertyName(AnnotatedMember member) {
    DataClass known = KNOWN.get(member.getDeclaringClass()).orElse(null);
    if (known == null) {
      return null;
    }
    if (member instanceof AnnotatedParameter parameter) {
      return known.constructor.equals(parameter.getOwner().getAnnotated())
          ? known.fields.get(parameter.getIndex()).getName()
          : null;
    }
    // Scala's accessors, and Kotlin's of properties that begin with "is", have the field's name.
    return member instanceof AnnotatedMethod method
            && method.getParameterCount() == 0
            && known.hasField(method.getName(), method.getRawReturnType())
        ? method.getName()
        : null;
  }

  @Override
  public JsonCreator.@Nullable Mode findCreatorAnnotation(
      MapperConfig<?> config, Annotated annotated) {
    if (!(annotated instanceof AnnotatedConstructor constructor)) {
      return null;
    }
    DataClass known = KNOWN.get(constructor.getDeclaringClass()).orElse(null);
    return known != null && known.constructor.equals(constructor.getAnnotated())
        ? JsonCreator.Mode.PROPERTIES
        : null;
  }

  /** Returns what to do about a class that can't be kept, or null if it is an ordinary one. */
  static @Nullable String remedy(Class<?> type) {
    if (isOfKotlin(type)) {
      return "make it a data class whose properties are all parameters of its constructor, or compile it with javaParameters";
    }
    return type.isInterface() || !isOfScala(type)
        ? null
        : "make it a case class whose fields are all parameters of its constructor, or use a record";
  }

  private static @Nullable DataClass dataClass(Class<?> type) {
    boolean isCandidate =
        (isOfKotlin(type) || isOfScala(type))
            && !type.isEnum()
            && !Modifier.isAbstract(type.getModifiers());
    if (!isCandidate || hasCreator(type)) {
      return null;
    }
    List<Field> fields =
        Arrays.stream(type.getDeclaredFields())
            .filter(field -> !Modifier.isStatic(field.getModifiers()) && !field.isSynthetic())
            .toList();
    List<Class<?>> types = fields.stream().<Class<?>>map(Field::getType).toList();
    return fields.isEmpty()
        ? null
        : Stream.of(type.getDeclaredConstructors())
            .filter(constructor -> !constructor.isSynthetic())
            .filter(constructor -> List.of(constructor.getParameterTypes()).equals(types))
            .findFirst()
            .map(constructor -> new DataClass(constructor, fields))
            .orElse(null);
  }

  private static boolean hasCreator(Class<?> type) {
    return Stream.<AnnotatedElement>concat(
            Stream.of(type.getDeclaredConstructors()), Stream.of(type.getDeclaredMethods()))
        .anyMatch(each -> each.isAnnotationPresent(JsonCreator.class));
  }

  private static boolean isOfKotlin(Class<?> type) {
    return Stream.of(type.getDeclaredAnnotations())
        .anyMatch(each -> each.annotationType().getName().equals(KOTLIN));
  }

  private static boolean isOfScala(Class<?> type) {
    return Stream.of(type.getInterfaces()).anyMatch(each -> each.getName().equals(SCALA));
  }
}
