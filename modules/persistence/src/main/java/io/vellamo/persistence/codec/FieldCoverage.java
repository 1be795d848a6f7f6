package io.vellamo.persistence.codec;

import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.annotation.JsonPOJOBuilder;
import com.fasterxml.jackson.databind.deser.BeanDeserializer;
import com.fasterxml.jackson.databind.deser.BeanDeserializerBase;
import com.fasterxml.jackson.databind.deser.ValueInstantiator;
import com.fasterxml.jackson.databind.introspect.AnnotatedClass;
import com.fasterxml.jackson.databind.introspect.BeanPropertyDefinition;
import com.fasterxml.jackson.databind.ser.std.BeanSerializerBase;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A check for fields of a class that are not written or not read: values would lose them. Fields
 * that the class itself excludes, by {@code transient} or an annotation, are exempt.
 */
final class FieldCoverage {
  private final BeanDeserializerBase reading;
  private final DeserializationConfig config;
  private final Set<String> kept = new HashSet<>();

  FieldCoverage(
      BeanSerializerBase writing, BeanDeserializerBase reading, DeserializationConfig config) {
    this.reading = reading;
    this.config = config;
    writing.properties().forEachRemaining(property -> kept.add(property.getName()));
    Set<String> read = new HashSet<>();
    reading.properties().forEachRemaining(property -> read.add(property.getName()));
    kept.retainAll(read);
  }

  /**
   * Returns the problem of a user-defined collection or map with fields besides its contents, or
   * null if it has none.
   */
  static @Nullable TypeProblem ofContainer(Class<?> type, String path) {
    List<Field> fields = fields(type);
    return fields.isEmpty()
        ? null
        : lost(
            type, fields.get(0), path, "hold the collection in a record instead of extending it");
  }

  /** Returns the problem, or null if all fields are restored. */
  @Nullable TypeProblem problem(JavaType type, String path) {
    if (hasRulesOfItsOwn(type)) {
      return null;
    }
    AnnotatedClass annotated = config.introspect(type).getClassInfo();
    Set<String> covered = new HashSet<>();
    Set<String> unnamed = new HashSet<>(kept);
    for (BeanPropertyDefinition property : config.introspect(type).findProperties()) {
      if (kept.contains(property.getName())) {
        covered.add(property.getInternalName());
        if (property.getField() != null) {
          covered.add(property.getField().getName());
        }
      }
    }
    List<Field> missing = new ArrayList<>();
    for (Field field : fields(type.getRawClass())) {
      if (covered.contains(field.getName())) {
        unnamed.remove(field.getName());
      } else if (!isLeftOut(annotated, field)) {
        missing.add(field);
      }
    }
    // A property may have another name than its field.
    return missing.size() <= spare(type, unnamed)
        ? null
        : lost(
            type.getRawClass(),
            missing.get(0),
            path,
            Objects.requireNonNullElse(
                DataClasses.remedy(type.getRawClass()),
                "give it a getter and a setter or constructor parameter, or make it transient"));
  }

  /** Returns the number of kept properties without a field of their name. */
  private int spare(JavaType type, Set<String> unnamed) {
    int spare = 0;
    Set<String> names = new HashSet<>();
    fields(type.getRawClass()).forEach(field -> names.add(field.getName()));
    for (BeanPropertyDefinition property : config.introspect(type).findProperties()) {
      if (unnamed.contains(property.getName())
          && !names.contains(property.getInternalName())
          && property.getField() == null) {
        spare++;
      }
    }
    return spare;
  }

  private boolean hasRulesOfItsOwn(JavaType type) {
    ValueInstantiator instantiator = reading.getValueInstantiator();
    return !(reading instanceof BeanDeserializer)
        || type.getRawClass().isAnnotationPresent(JsonPOJOBuilder.class)
        || instantiator.canCreateUsingDelegate()
        || instantiator.canCreateUsingArrayDelegate()
        || config.introspect(type).findAnySetterAccessor() != null
        || config.introspect(type).findProperties().stream()
            .anyMatch(
                property ->
                    property.getPrimaryMember() != null
                        && config
                                .getAnnotationIntrospector()
                                .findUnwrappingNameTransformer(property.getPrimaryMember())
                            != null);
  }

  private boolean isLeftOut(AnnotatedClass annotated, Field field) {
    if (config
        .getDefaultPropertyIgnorals(annotated.getRawType(), annotated)
        .getIgnored()
        .contains(field.getName())) {
      return true;
    }
    for (var annotation : field.getAnnotations()) {
      String name = annotation.annotationType().getSimpleName();
      if (name.equals("JsonIgnore") || name.equals("JsonBackReference")) {
        return true;
      }
    }
    return false;
  }

  /** Returns the fields of a class and its superclasses that hold a part of a value. */
  private static List<Field> fields(Class<?> type) {
    List<Field> fields = new ArrayList<>();
    for (Class<?> each = type;
        each != null && !JdkTypes.contains(each);
        each = each.getSuperclass()) {
      for (Field field : each.getDeclaredFields()) {
        int modifiers = field.getModifiers();
        if (!Modifier.isStatic(modifiers)
            && !Modifier.isTransient(modifiers)
            && !field.isSynthetic()) {
          fields.add(field);
        }
      }
    }
    return fields;
  }

  private static TypeProblem lost(Class<?> type, Field field, String path, String remedy) {
    return TypeProblem.lost(
        path,
        "field [%s] of [%s] is not written and read".formatted(field.getName(), type.getName()),
        remedy);
  }
}
