package io.vellamo.persistence.codec;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import com.fasterxml.jackson.databind.deser.AbstractDeserializer;
import com.fasterxml.jackson.databind.deser.BeanDeserializerBase;
import com.fasterxml.jackson.databind.deser.SettableBeanProperty;
import com.fasterxml.jackson.databind.deser.ValueInstantiator;
import com.fasterxml.jackson.databind.introspect.AnnotatedMember;
import com.fasterxml.jackson.databind.introspect.BeanPropertyDefinition;
import com.fasterxml.jackson.databind.jsontype.NamedType;
import com.fasterxml.jackson.databind.ser.impl.UnknownSerializer;
import com.fasterxml.jackson.databind.ser.std.BeanSerializerBase;
import io.vellamo.api.group.KeyValue;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A recursive check for types whose values would change when they are read back. Otherwise they
 * would be found only at recovery, when the journal already holds their values.
 *
 * <p>Types that users write or read with their own serializers are the users' responsibility.
 */
final class TypeCheck {
  /** The use of a type's values. */
  enum Use {
    /** States, rows and events. */
    VALUE,
    /** Keys; equal keys need one form. */
    KEY
  }

  private final SerializerProvider writing;
  private final DeserializationContext reading;
  private final KnownClasses known;
  private final Use use;
  private final Set<JavaType> seen = new HashSet<>();

  TypeCheck(
      SerializerProvider writing, DeserializationContext reading, KnownClasses known, Use use) {
    this.writing = writing;
    this.reading = reading;
    this.known = known;
    this.use = use;
  }

  /** Returns why values of a type can't be kept, or null if they can. */
  @Nullable TypeProblem problem(JavaType type) throws JsonMappingException {
    return problem(type, "");
  }

  private @Nullable TypeProblem problem(JavaType type, String path) throws JsonMappingException {
    Class<?> raw = type.getRawClass();
    if (JdkTypes.isValue(raw) || (raw.isEnum() && !seen.add(type))) {
      return null;
    }
    if (raw == Object.class) {
      return TypeProblem.lost(
          path,
          "[java.lang.Object], a raw type or a type variable does not tell the class of its values",
          path.startsWith("*")
              ? "hold it in a record that declares its elements, or give the type of a state or key as new TypeRef<List<Long>>() {}"
              : "declare the class that it holds, or an interface with @JsonTypeInfo");
    }
    if (raw == KeyValue.class) {
      return problemOfPair(type, path);
    }
    TypeProblem ofScala =
        ScalaTypes.contains(raw)
            ? ScalaTypes.problem(type, path, use, !ScalaTypes.modules().isEmpty())
            : null;
    if (ofScala != null) {
      return ofScala;
    }
    if (raw == Map.Entry.class && use == Use.VALUE) {
      TypeProblem problem = problemOfMapKey(type.containedTypeOrUnknown(0), step(path, "*"));
      return problem != null ? problem : problem(type.containedTypeOrUnknown(1), step(path, "*"));
    }
    if (type.isReferenceType()) {
      return problemOfReference(type, path);
    }
    if (type.isContainerType()) {
      return problemOfContainer(type, path);
    }
    if (JsonNode.class.isAssignableFrom(raw)) {
      return use == Use.KEY ? notCanonical(type, path) : null;
    }
    return seen.add(type) || type.isEnumType() ? problemOfClass(type, path) : null;
  }

  /**
   * Returns the problem of a pair; parts declared as {@code Object} have none, since the module for
   * pairs writes their classes.
   */
  private @Nullable TypeProblem problemOfPair(JavaType type, String path)
      throws JsonMappingException {
    for (int i = 0; i < type.containedTypeCount(); i++) {
      JavaType part = type.containedType(i);
      TypeProblem problem =
          part.isJavaLangObject() ? null : problem(part, step(path, i == 0 ? "key" : "value"));
      if (problem != null) {
        return problem;
      }
    }
    return null;
  }

  private @Nullable TypeProblem problemOfReference(JavaType type, String path)
      throws JsonMappingException {
    JavaType content = type.getContentType();
    if (content.isReferenceType()) {
      return TypeProblem.lost(
          path,
          "a [%s] within another is read as an empty one if it is empty"
              .formatted(content.getRawClass().getName()),
          "use one only");
    }
    Class<?> raw = type.getRawClass();
    if (use == Use.KEY && raw != Optional.class && !ScalaTypes.isOption(raw)) {
      return notCanonical(type, path);
    }
    return problem(content, path);
  }

  private @Nullable TypeProblem problemOfContainer(JavaType type, String path)
      throws JsonMappingException {
    Class<?> raw = type.getRawClass();
    // Checked first: Jackson finds no deserializer for a map whose keys it can't read.
    JavaType key = type.getKeyType();
    TypeProblem problem = key == null ? null : problemOfMapKey(key, step(path, "*"));
    if (problem != null) {
      return problem;
    }
    if (!type.isArrayType()) {
      if (!JdkTypes.isContainer(raw) && JdkTypes.contains(raw)) {
        return TypeProblem.lost(
            path,
            "[%s] does not tell what kind of collection it is".formatted(raw.getName()),
            "use List, Set or Map");
      }
      if (use == Use.KEY && Queue.class.isAssignableFrom(raw)) {
        return notCanonical(type, path);
      }
      if (reading.findNonContextualValueDeserializer(type) instanceof AbstractDeserializer) {
        return isAbstract(type, path);
      }
      TypeProblem fields =
          JdkTypes.contains(raw) || ScalaTypes.contains(raw)
              ? null
              : FieldCoverage.ofContainer(raw, path);
      if (fields != null) {
        return fields;
      }
    }
    // A type that contains itself is already being checked.
    return seen.add(type) ? problem(type.getContentType(), step(path, "*")) : null;
  }

  /** Returns the problem of a map's key, which is written as a field name. */
  private @Nullable TypeProblem problemOfMapKey(JavaType key, String path)
      throws JsonMappingException {
    Class<?> raw = key.getRawClass();
    if (raw.isEnum() || (JdkTypes.isValue(raw) && !raw.getSimpleName().startsWith("Optional"))) {
      return null;
    }
    if (raw == Object.class) {
      return problem(key, path);
    }
    BeanDescription bean = writing.getConfig().introspect(key);
    boolean isWritten = bean.findJsonKeyAccessor() != null || bean.findJsonValueAccessor() != null;
    if (JdkTypes.contains(raw) || !isWritten || !isReadAsMapKey(key)) {
      return TypeProblem.lost(
          path,
          "a map's key of class [%s] is written by its toString()".formatted(raw.getName()),
          "use text, numbers or an enum as keys of maps, or give the class @JsonValue and @JsonCreator");
    }
    return null;
  }

  private boolean isReadAsMapKey(JavaType key) {
    try {
      return reading.findKeyDeserializer(key, null) != null;
    } catch (JsonMappingException e) {
      return false;
    }
  }

  private @Nullable TypeProblem problemOfClass(JavaType type, String path)
      throws JsonMappingException {
    Class<?> raw = type.getRawClass();
    if (reading.getFactory().findTypeDeserializer(reading.getConfig(), type) != null) {
      return problemOfSubtypes(type, path);
    }
    if (type.isEnumType()) {
      return raw == Enum.class ? isAbstract(type, path) : null;
    }
    if (JdkTypes.contains(raw)) {
      if (!JdkTypes.isMutable(raw)) {
        return TypeProblem.lost(
            path,
            "[%s] is not read as it was written".formatted(raw.getName()),
            "declare a class that tells its value, such as String, Long, Instant or a record");
      }
      return use == Use.KEY ? notCanonical(type, path) : null;
    }
    return problemOfBean(type, path);
  }

  private @Nullable TypeProblem problemOfSubtypes(JavaType type, String path)
      throws JsonMappingException {
    known.addBase(type.getRawClass());
    for (NamedType each :
        reading
            .getConfig()
            .getSubtypeResolver()
            .collectAndResolveSubtypesByTypeId(
                reading.getConfig(),
                reading.getConfig().introspectClassAnnotations(type).getClassInfo())) {
      JavaType subtype = reading.constructType(each.getType());
      TypeProblem problem =
          subtype.isAbstract() || subtype.isEnumType() || JdkTypes.contains(each.getType())
              ? null
              : problemOfBean(subtype, path);
      if (problem != null) {
        return problem;
      }
    }
    return null;
  }

  private @Nullable TypeProblem problemOfBean(JavaType type, String path)
      throws JsonMappingException {
    known.add(type.getRawClass());
    JsonDeserializer<?> deserializer;
    try {
      deserializer = reading.findNonContextualValueDeserializer(type);
    } catch (JsonMappingException e) {
      // Jackson resolves all properties at once and does not report which one it can't read.
      for (BeanPropertyDefinition property :
          reading.getConfig().introspect(type).findProperties()) {
        TypeProblem problem = problem(property.getPrimaryType(), step(path, property.getName()));
        if (problem != null) {
          return problem;
        }
      }
      throw e;
    }
    if (deserializer instanceof AbstractDeserializer) {
      return isAbstract(type, path);
    }
    JsonSerializer<?> serializer = writing.findValueSerializer(type);
    if (serializer instanceof UnknownSerializer) {
      return new TypeProblem(
          path,
          "be written: Jackson finds no properties in it",
          TypeProblem.remedy(type.getRawClass()));
    }
    AnnotatedMember value = writing.getConfig().introspect(type).findJsonValueAccessor();
    if (value != null) {
      TypeProblem problem = problem(value.getType(), path);
      if (problem != null) {
        return problem;
      }
    }
    if (!(deserializer instanceof BeanDeserializerBase bean)) {
      return null;
    }
    if (ScalaTypes.isObject(type.getRawClass())) {
      return ScalaTypes.problemOfObject(type.getRawClass(), path);
    }
    if (!isCreatable(bean.getValueInstantiator(), serializer)) {
      return TypeProblem.unreadable(
          path,
          "Jackson finds no constructor to use in [%s]".formatted(type.getRawClass().getName()),
          TypeProblem.remedy(type.getRawClass()));
    }
    TypeProblem problem = problemOfProperties(bean, path);
    return problem != null || !(serializer instanceof BeanSerializerBase written)
        ? problem
        : new FieldCoverage(written, bean, reading.getConfig()).problem(type, path);
  }

  private @Nullable TypeProblem problemOfProperties(BeanDeserializerBase bean, String path)
      throws JsonMappingException {
    for (Iterator<SettableBeanProperty> each = bean.properties(); each.hasNext(); ) {
      SettableBeanProperty property = each.next();
      boolean hasOwnRules =
          property.getAnnotation(JsonTypeInfo.class) != null
              || property.getAnnotation(JsonSerialize.class) != null
              || property.getAnnotation(JsonDeserialize.class) != null;
      TypeProblem problem =
          hasOwnRules ? null : problem(property.getType(), step(path, property.getName()));
      if (problem != null) {
        return problem;
      }
    }
    return null;
  }

  /**
   * Returns whether written values can be created; a constructor that takes a single string or
   * number can't read a value that is written as properties.
   */
  private static boolean isCreatable(ValueInstantiator instantiator, JsonSerializer<?> serializer) {
    return instantiator.canCreateUsingDefault()
        || instantiator.canCreateFromObjectWith()
        || instantiator.canCreateUsingDelegate()
        || instantiator.canCreateUsingArrayDelegate()
        || (instantiator.canInstantiate() && !(serializer instanceof BeanSerializerBase));
  }

  private static TypeProblem isAbstract(JavaType type, String path) {
    return TypeProblem.unreadable(
        path, "[%s] is abstract and has no @JsonTypeInfo".formatted(type.getRawClass().getName()));
  }

  private static TypeProblem notCanonical(JavaType type, String path) {
    return TypeProblem.lost(
        path,
        "[%s] in a key is not equal to another with the same contents"
            .formatted(type.getRawClass().getName()),
        "use text, numbers, an enum, or a record, List, Set or Map of them");
  }

  private static String step(String path, String next) {
    return path.isEmpty() ? next : path + "." + next;
  }
}
