package io.vellamo.persistence.codec;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.deser.AbstractDeserializer;
import com.fasterxml.jackson.databind.deser.BeanDeserializerBase;
import com.fasterxml.jackson.databind.deser.SettableBeanProperty;
import com.fasterxml.jackson.databind.deser.ValueInstantiator;
import com.fasterxml.jackson.databind.ser.std.BeanSerializerBase;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Looks for classes that Jackson would write but could never read again, all the way down: else
 * they would be found at recovery, when the journal holds them already.
 */
final class JacksonReadability {
  private final SerializerProvider writing;
  private final DeserializationContext reading;
  private final Set<JavaType> seen = new HashSet<>();

  JacksonReadability(SerializerProvider writing, DeserializationContext reading) {
    this.writing = writing;
    this.reading = reading;
  }

  /** Returns why a type can't be read, or null if it can. */
  @Nullable String problem(JavaType type) throws JsonMappingException {
    JavaType content = type.getContentType();
    if (content != null) {
      return problem(content);
    }
    if (!seen.add(type)
        || reading.getFactory().findTypeDeserializer(reading.getConfig(), type) != null) {
      return null;
    }
    JsonDeserializer<?> deserializer = reading.findNonContextualValueDeserializer(type);
    if (deserializer instanceof AbstractDeserializer) {
      return "[%s] is abstract and has no @JsonTypeInfo".formatted(type.getRawClass().getName());
    }
    if (deserializer instanceof BeanDeserializerBase bean) {
      return isCreatable(bean.getValueInstantiator(), type)
          ? problemOfProperties(bean)
          : "Jackson finds no constructor to use in [%s]".formatted(type.getRawClass().getName());
    }
    return null;
  }

  private @Nullable String problemOfProperties(BeanDeserializerBase bean)
      throws JsonMappingException {
    for (Iterator<SettableBeanProperty> each = bean.properties(); each.hasNext(); ) {
      SettableBeanProperty property = each.next();
      boolean hasOwnRules =
          property.getAnnotation(JsonTypeInfo.class) != null
              || property.getAnnotation(JsonDeserialize.class) != null;
      String problem = hasOwnRules ? null : problem(property.getType());
      if (problem != null) {
        return problem;
      }
    }
    return null;
  }

  /** A constructor that takes a single text or number is of no use for what is written in parts. */
  private boolean isCreatable(ValueInstantiator instantiator, JavaType type)
      throws JsonMappingException {
    return instantiator.canCreateUsingDefault()
        || instantiator.canCreateFromObjectWith()
        || instantiator.canCreateUsingDelegate()
        || instantiator.canCreateUsingArrayDelegate()
        || (instantiator.canInstantiate()
            && !(writing.findValueSerializer(type) instanceof BeanSerializerBase));
  }
}
