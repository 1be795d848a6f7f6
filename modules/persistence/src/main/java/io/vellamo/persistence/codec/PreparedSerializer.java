package io.vellamo.persistence.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.BeanProperty;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.jsontype.TypeSerializer;
import com.fasterxml.jackson.databind.ser.ContextualSerializer;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A serializer of collections or maps that checks or orders a value before it is written. */
final class PreparedSerializer extends JsonSerializer<Object> implements ContextualSerializer {
  /** A step before a value is written. */
  @FunctionalInterface
  interface Preparation {
    /**
     * Returns the value to write.
     *
     * @param value the value
     * @param writing the serializer of the value
     * @param provider the serializers of its elements
     */
    Object prepare(Object value, JsonSerializer<Object> writing, SerializerProvider provider)
        throws IOException;
  }

  private final JsonSerializer<Object> writing;
  private final Preparation preparation;

  @SuppressWarnings("unchecked") // called only with values of its type
  PreparedSerializer(JsonSerializer<?> writing, Preparation preparation) {
    this.writing = (JsonSerializer<Object>) writing;
    this.preparation = preparation;
  }

  @Override
  public JsonSerializer<?> createContextual(
      SerializerProvider provider, @Nullable BeanProperty property) throws JsonMappingException {
    JsonSerializer<?> contextual = provider.handleSecondaryContextualization(writing, property);
    return contextual == writing ? this : new PreparedSerializer(contextual, preparation);
  }

  @Override
  public void serialize(Object value, JsonGenerator out, SerializerProvider provider)
      throws IOException {
    writing.serialize(preparation.prepare(value, writing, provider), out, provider);
  }

  @Override
  public void serializeWithType(
      Object value, JsonGenerator out, SerializerProvider provider, TypeSerializer type)
      throws IOException {
    writing.serializeWithType(preparation.prepare(value, writing, provider), out, provider, type);
  }

  @Override
  public boolean isEmpty(SerializerProvider provider, Object value) {
    return writing.isEmpty(provider, value);
  }
}
