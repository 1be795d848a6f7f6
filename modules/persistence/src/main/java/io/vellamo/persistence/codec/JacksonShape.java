package io.vellamo.persistence.codec;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyName;
import com.fasterxml.jackson.databind.deser.BeanDeserializerBase;
import com.fasterxml.jackson.databind.deser.SettableBeanProperty;
import com.fasterxml.jackson.databind.deser.ValueInstantiator;
import com.fasterxml.jackson.databind.introspect.BeanPropertyDefinition;
import com.fasterxml.jackson.databind.jsontype.NamedType;
import com.fasterxml.jackson.databind.jsontype.TypeDeserializer;
import io.vellamo.engine.group.Utf8;
import java.lang.reflect.Type;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A fingerprint of how Jackson reads a class and the classes that it contains: names, aliases and
 * types of properties, constants of enums, names of subtypes, and classes of deserializers.
 *
 * <p>It is the same in every JVM and does not depend on the names of classes that are read by their
 * properties. It does not cover the code of users' deserializers and constructors.
 */
final class JacksonShape {
  private static final int HASH_BYTES = 8;

  private final DeserializationContext reading;
  private final Map<JavaType, Integer> known = new HashMap<>();

  private JacksonShape(DeserializationContext reading) {
    this.reading = reading;
  }

  /** Returns the fingerprint as 16 hexadecimal digits. */
  static String of(ObjectMapper mapper, Type type) {
    JacksonShape shape = new JacksonShape(JacksonSupport.reading(mapper));
    byte[] text = Utf8.bytes(shape.describe(mapper.constructType(type)), "shape");
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(text);
      return HexFormat.of().formatHex(hash, 0, HASH_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JVM has SHA-256", e);
    }
  }

  private String describe(JavaType type) {
    JavaType content = type.getContentType();
    if (content != null) {
      JavaType key = type.getKeyType();
      String keys = key == null ? "" : describe(key) + ",";
      return type.getRawClass().getName() + "<" + keys + describe(content) + ">";
    }
    // A number replaces the name, so that recursion ends and classes may be renamed.
    Integer number = known.putIfAbsent(type, known.size());
    if (number != null) {
      return "#" + number;
    }
    try {
      TypeDeserializer subtypes = reading.getFactory().findTypeDeserializer(config(), type);
      return subtypes == null ? described(type) : subtypes(type, subtypes);
    } catch (JsonMappingException e) {
      return type.toCanonical();
    }
  }

  private String subtypes(JavaType type, TypeDeserializer typed) throws JsonMappingException {
    Map<String, String> byName = new TreeMap<>();
    for (NamedType each :
        config()
            .getSubtypeResolver()
            .collectAndResolveSubtypesByTypeId(
                config(), config().introspectClassAnnotations(type).getClassInfo())) {
      JavaType subtype = reading.constructType(each.getType());
      byName.put(
          String.valueOf(each.getName()), subtype.isAbstract() ? "abstract" : described(subtype));
    }
    return typed.getTypeInclusion() + ":" + typed.getPropertyName() + byName;
  }

  private String described(JavaType type) throws JsonMappingException {
    if (type.isEnumType()) {
      return Arrays.toString(type.getRawClass().getEnumConstants());
    }
    JsonDeserializer<?> deserializer = reading.findNonContextualValueDeserializer(type);
    return deserializer instanceof BeanDeserializerBase bean
        ? properties(type, bean)
        : type.toCanonical() + "/" + deserializer.getClass().getName();
  }

  private String properties(JavaType type, BeanDeserializerBase bean) {
    Map<String, String> byName = new TreeMap<>();
    Map<String, SettableBeanProperty> sorted = new TreeMap<>();
    bean.properties().forEachRemaining(property -> sorted.put(property.getName(), property));
    sorted.forEach((name, property) -> byName.put(name, property(property)));
    for (BeanPropertyDefinition each : config().introspect(type).findProperties()) {
      if (each.getPrimaryMember() != null
          && each.getPrimaryMember().hasAnnotation(JsonUnwrapped.class)) {
        byName.put("unwrapped " + each.getName(), describe(each.getPrimaryType()));
      }
    }
    return byName + creators(bean.getValueInstantiator());
  }

  private String property(SettableBeanProperty property) {
    TreeSet<String> aliases = new TreeSet<>();
    for (PropertyName alias : property.findAliases(config())) {
      aliases.add(alias.getSimpleName());
    }
    return List.of(
            describe(property.getType()),
            property.hasValueDeserializer()
                ? property.getValueDeserializer().getClass().getName()
                : "",
            String.valueOf(property.getAnnotation(JsonFormat.class)),
            aliases)
        .toString();
  }

  /** Returns the ways to create an object other than from properties. */
  private String creators(ValueInstantiator creator) {
    return List.of(
            delegate(creator.getDelegateType(config())),
            delegate(creator.getArrayDelegateType(config())),
            creator.canCreateFromString(),
            creator.canCreateFromInt(),
            creator.canCreateFromLong(),
            creator.canCreateFromDouble(),
            creator.canCreateFromBoolean())
        .toString();
  }

  private String delegate(@Nullable JavaType type) {
    return type == null ? "" : describe(type);
  }

  private DeserializationConfig config() {
    return reading.getConfig();
  }
}
