package io.vellamo.persistence.codec;

import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.deser.BeanDeserializerBase;
import com.fasterxml.jackson.databind.introspect.BeanPropertyDefinition;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Mutable classes whose values are read as they were written, so that writing and reading a value
 * copies it: every field is a property, and its type declares everything that it can hold.
 *
 * <p><b>Threading</b> Safe to share.
 */
final class CopiedTypes {
  /** Types that are read as classes with the same contents in the same order. */
  private static final Set<Class<?>> CONTAINERS =
      Set.of(
          Collection.class,
          List.class,
          ArrayList.class,
          HashSet.class,
          LinkedHashSet.class,
          Optional.class);

  private static final Set<Class<?>> MAPS = Set.of(Map.class, HashMap.class, LinkedHashMap.class);

  private final ObjectMapper mapper;
  private final Map<Class<?>, Boolean> answers = new ConcurrentHashMap<>();

  CopiedTypes(ObjectMapper mapper) {
    this.mapper = mapper;
  }

  /** Returns whether values of exactly this class are copied by writing and reading them. */
  boolean isCopied(Class<?> type) {
    Boolean known = answers.get(type);
    if (known == null) {
      known = !ImmutableTypes.isImmutable(type) && holdsOnlyKnown(type, new HashSet<>());
      answers.put(type, known);
    }
    return known;
  }

  private boolean holdsOnlyKnown(Class<?> type, Set<Class<?>> seen) {
    if (type.isArray()) {
      return isKnown(type.getComponentType(), seen);
    }
    if (type.isInterface() || type.getName().startsWith("java.")) {
      return false;
    }
    if (!seen.add(type)) {
      return true;
    }
    if (!ImmutableTypes.isWrittenAsItIs(type)) {
      return false;
    }
    return type.isRecord()
        ? Stream.of(type.getRecordComponents())
            .map(RecordComponent::getGenericType)
            .allMatch(component -> isKnown(component, seen))
        : hasOnlyProperties(type, seen);
  }

  private boolean hasOnlyProperties(Class<?> type, Set<Class<?>> seen) {
    Set<String> written = written(type);
    Set<String> read = read(type);
    return fields(type)
        .allMatch(
            field ->
                !Modifier.isTransient(field.getModifiers())
                    && written.contains(field.getName())
                    && read.contains(field.getName())
                    && isKnown(field.getGenericType(), seen));
  }

  private static Stream<Field> fields(@Nullable Class<?> type) {
    return type == null
        ? Stream.empty()
        : Stream.concat(
            Stream.of(type.getDeclaredFields())
                .filter(field -> !Modifier.isStatic(field.getModifiers())),
            fields(type.getSuperclass()));
  }

  private Set<String> written(Class<?> type) {
    return mapper
        .getSerializationConfig()
        .introspect(mapper.constructType(type))
        .findProperties()
        .stream()
        .filter(BeanPropertyDefinition::couldSerialize)
        .map(BeanPropertyDefinition::getName)
        .collect(Collectors.toSet());
  }

  private Set<String> read(Class<?> type) {
    Set<String> names = new HashSet<>();
    try {
      JsonDeserializer<?> reader =
          JacksonSupport.reading(mapper)
              .findContextualValueDeserializer(mapper.constructType(type), null);
      if (reader instanceof BeanDeserializerBase bean) {
        bean.properties().forEachRemaining(property -> names.add(property.getName()));
        bean.creatorProperties().forEachRemaining(property -> names.add(property.getName()));
      }
    } catch (JsonMappingException e) {
      // Unreadable, hence not copied.
      names.clear();
    }
    return names;
  }

  /** Accepts a mutable class only if it is final: a field may hold a value of a subclass. */
  private boolean isKnown(Type type, Set<Class<?>> seen) {
    if (type instanceof ParameterizedType generic) {
      Type[] arguments = generic.getActualTypeArguments();
      if (CONTAINERS.contains(generic.getRawType())) {
        return isKnown(arguments[0], seen);
      }
      return MAPS.contains(generic.getRawType())
          && arguments[0] instanceof Class<?> key
          && ImmutableTypes.isImmutable(key)
          && !key.isRecord()
          && isKnown(arguments[1], seen);
    }
    if (!(type instanceof Class<?> plain)) {
      return false;
    }
    boolean isExact = plain.isArray() || Modifier.isFinal(plain.getModifiers());
    return ImmutableTypes.isImmutable(plain) || (isExact && holdsOnlyKnown(plain, seen));
  }
}
