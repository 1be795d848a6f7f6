package io.vellamo.persistence.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializationConfig;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.CollectionSerializer;
import com.fasterxml.jackson.databind.type.CollectionType;
import com.fasterxml.jackson.databind.type.MapType;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One written form for equal keys: elements of sets and entries of maps sorted by their bytes,
 * numbers as {@link CanonicalGenerator} writes them. The form is part of every journal's layout and
 * must never change.
 */
final class CanonicalModule extends SimpleModule {
  private static final long serialVersionUID = 1L;

  private static final CBORFactory FACTORY = new CBORFactory();

  CanonicalModule(KnownClasses known) {
    super("vellamo-canonical");
    setSerializerModifier(new Order(known));
  }

  private static final class Order extends ValueModule.Checks {
    private static final long serialVersionUID = 1L;

    private Order(KnownClasses known) {
      super(known);
    }

    @Override
    public JsonSerializer<?> modifyCollectionSerializer(
        SerializationConfig config,
        CollectionType type,
        BeanDescription bean,
        JsonSerializer<?> serializer) {
      if (!Set.class.isAssignableFrom(type.getRawClass())) {
        return serializer;
      }
      // An EnumSet's own serializer accepts no sorted list.
      return new PreparedSerializer(
          EnumSet.class.isAssignableFrom(type.getRawClass())
              ? new CollectionSerializer(type.getContentType(), false, null, null)
              : serializer,
          CanonicalModule::sortedSet);
    }

    @Override
    public JsonSerializer<?> modifyMapSerializer(
        SerializationConfig config,
        MapType type,
        BeanDescription bean,
        JsonSerializer<?> serializer) {
      return new PreparedSerializer(serializer, CanonicalModule::sortedMap);
    }
  }

  private static List<@Nullable Object> sortedSet(
      Object set, JsonSerializer<Object> writing, SerializerProvider provider) throws IOException {
    Map<byte[], @Nullable Object> sorted = new TreeMap<>(Arrays::compareUnsigned);
    for (Object element : (Collection<?>) set) {
      sorted.put(form(Collections.singletonList(element), writing, provider), element);
    }
    return new ArrayList<>(sorted.values());
  }

  private static Map<Object, @Nullable Object> sortedMap(
      Object map, JsonSerializer<Object> writing, SerializerProvider provider) throws IOException {
    Map<byte[], Map.Entry<?, ?>> sorted = new TreeMap<>(Arrays::compareUnsigned);
    for (Map.Entry<?, ?> entry : ((Map<?, ?>) map).entrySet()) {
      Object key = canonical(entry.getKey());
      sorted.put(form(Collections.singletonMap(key, entry.getValue()), writing, provider), entry);
    }
    Map<Object, @Nullable Object> entries = new LinkedHashMap<>();
    for (Map.Entry<?, ?> entry : sorted.values()) {
      Object key = canonical(entry.getKey());
      if (entries.containsKey(key)) {
        throw new RefusedValueException(
            "two keys of a map are the same number; use one of them only");
      }
      entries.put(key, entry.getValue());
    }
    return entries;
  }

  /**
   * Returns the canonical form of a map's key, which becomes a field name before the generator sees
   * it.
   */
  private static Object canonical(Object key) {
    if (key instanceof Double number) {
      return CanonicalGenerator.canonical(number.doubleValue());
    }
    if (key instanceof Float number) {
      return CanonicalGenerator.canonical(number.floatValue());
    }
    return key instanceof BigDecimal number ? CanonicalGenerator.canonical(number) : key;
  }

  private static byte[] form(
      Object value, JsonSerializer<Object> writing, SerializerProvider provider)
      throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator out = new CanonicalGenerator(FACTORY.createGenerator(bytes))) {
      writing.serialize(value, out, provider);
    }
    return bytes.toByteArray();
  }
}
