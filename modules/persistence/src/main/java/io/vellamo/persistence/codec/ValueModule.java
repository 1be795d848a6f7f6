package io.vellamo.persistence.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializationConfig;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.jsontype.TypeSerializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.BeanSerializerModifier;
import com.fasterxml.jackson.databind.ser.std.BeanSerializerBase;
import com.fasterxml.jackson.databind.type.CollectionType;
import com.fasterxml.jackson.databind.type.MapType;
import java.io.IOException;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.SortedMap;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/**
 * A module that refuses values of valid classes that would not be read back unchanged: instances of
 * subclasses where their base is declared, and collections with a comparator.
 */
final class ValueModule extends SimpleModule {
  private static final long serialVersionUID = 1L;

  ValueModule(KnownClasses known) {
    super("vellamo-values");
    setSerializerModifier(new Checks(known));
  }

  /** The checks, open to extension. */
  static class Checks extends BeanSerializerModifier {
    private static final long serialVersionUID = 1L;

    @SuppressWarnings("serial") // mappers are not serialized
    private final KnownClasses known;

    Checks(KnownClasses known) {
      this.known = known;
    }

    @Override
    public JsonSerializer<?> modifySerializer(
        SerializationConfig config, BeanDescription bean, JsonSerializer<?> serializer) {
      boolean isForeign =
          serializer instanceof BeanSerializerBase && !known.contains(bean.getBeanClass());
      return isForeign ? new Refusal(bean.getBeanClass()) : serializer;
    }

    @Override
    public JsonSerializer<?> modifyCollectionSerializer(
        SerializationConfig config,
        CollectionType type,
        BeanDescription bean,
        JsonSerializer<?> serializer) {
      return isOrdered(type.getRawClass()) ? naturalOrder(serializer) : serializer;
    }

    @Override
    public JsonSerializer<?> modifyMapSerializer(
        SerializationConfig config,
        MapType type,
        BeanDescription bean,
        JsonSerializer<?> serializer) {
      return isOrdered(type.getRawClass()) ? naturalOrder(serializer) : serializer;
    }
  }

  private static boolean isOrdered(Class<?> type) {
    return SortedSet.class.isAssignableFrom(type)
        || SortedMap.class.isAssignableFrom(type)
        || PriorityQueue.class.isAssignableFrom(type);
  }

  private static JsonSerializer<?> naturalOrder(JsonSerializer<?> serializer) {
    return new PreparedSerializer(
        serializer,
        (value, writing, provider) -> {
          requireNaturalOrder(value);
          return value;
        });
  }

  /** Refuses a collection with a comparator, which can't be written. */
  static void requireNaturalOrder(Object value) throws RefusedValueException {
    Comparator<?> comparator = comparator(value);
    if (comparator != null && comparator != Comparator.naturalOrder()) {
      throw new RefusedValueException(
          "a [%s] has a comparator, which is not written; use the natural order of its elements, or a list"
              .formatted(value.getClass().getName()));
    }
  }

  private static @Nullable Comparator<?> comparator(Object value) {
    if (value instanceof SortedSet<?> set) {
      return set.comparator();
    }
    if (value instanceof SortedMap<?, ?> map) {
      return map.comparator();
    }
    return value instanceof PriorityQueue<?> queue ? queue.comparator() : null;
  }

  /** A replacement of the serializer of a class that is not declared; it refuses every value. */
  private static final class Refusal extends JsonSerializer<Object> {
    private final Class<?> type;

    private Refusal(Class<?> type) {
      this.type = type;
    }

    @Override
    public void serialize(Object value, JsonGenerator out, SerializerProvider provider)
        throws IOException {
      throw new RefusedValueException(
          "a [%s] is in the place of another class, and would be read as that; declare its class, or give the declared one @JsonTypeInfo"
              .formatted(type.getName()));
    }

    @Override
    public void serializeWithType(
        Object value, JsonGenerator out, SerializerProvider provider, TypeSerializer typed)
        throws IOException {
      serialize(value, out, provider);
    }
  }
}
