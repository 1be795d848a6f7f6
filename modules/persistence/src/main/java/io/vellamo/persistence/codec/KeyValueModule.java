package io.vellamo.persistence.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.BeanProperty;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.ContextualDeserializer;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import com.fasterxml.jackson.databind.type.TypeFactory;
import io.vellamo.api.SerializationException;
import io.vellamo.api.group.KeyValue;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A module that writes and reads a {@link KeyValue} with the classes of its key and value, which
 * its own class does not determine: {@code {"key": "a", "valueClass": "java.lang.Long", "value":
 * 3}}. Classes that CBOR itself conveys are omitted, and all classes of a pair that was written in
 * record form: its parts are then read as they are declared. The layout is part of every journal
 * and must never change.
 */
final class KeyValueModule extends SimpleModule {
  private static final long serialVersionUID = 1L;

  private static final String KEY = "key";
  private static final String VALUE = "value";
  private static final String CLASS = "Class";

  /** Creates a module without checks, for pairs that are only read. */
  KeyValueModule() {
    this(null);
  }

  /** Creates a module that checks the classes of keys and values before they are written. */
  KeyValueModule(@Nullable ClassChecks checks) {
    super("vellamo-key-value");
    addSerializer(new Writer(checks));
    addDeserializer(KeyValue.class, new Reader());
  }

  /** Returns the class that a part is read as; an enum constant may have a class of its own. */
  static Class<?> classOf(Object part) {
    return part instanceof Enum<?> constant ? constant.getDeclaringClass() : part.getClass();
  }

  private static final class Writer extends StdSerializer<KeyValue<?, ?>> {
    private static final long serialVersionUID = 1L;

    @SuppressWarnings("serial") // mappers are not serialized
    private final @Nullable ClassChecks checks;

    Writer(@Nullable ClassChecks checks) {
      super(KeyValue.class, false);
      this.checks = checks;
    }

    @Override
    public void serialize(KeyValue<?, ?> pair, JsonGenerator out, SerializerProvider provider)
        throws IOException {
      out.writeStartObject();
      write(pair, KEY, pair.key(), out, provider);
      write(pair, VALUE, pair.value(), out, provider);
      out.writeEndObject();
    }

    private void write(
        KeyValue<?, ?> pair,
        String name,
        @Nullable Object part,
        JsonGenerator out,
        SerializerProvider provider)
        throws IOException {
      if (part != null && !PlainValues.isPlain(part)) {
        if (checks != null) {
          checks.requireOwn(classOf(part));
          checks.requirePlainContents(part);
        }
        out.writeStringField(name + CLASS, classOf(part).getName());
      }
      try {
        provider.defaultSerializeField(name, part, out);
      } catch (IOException e) {
        throw JsonMappingException.wrapWithPath(e, pair, name);
      }
    }
  }

  private static final class Reader extends StdDeserializer<KeyValue<?, ?>>
      implements ContextualDeserializer {
    private static final long serialVersionUID = 1L;

    private final JavaType key;
    private final JavaType value;

    Reader() {
      this(TypeFactory.unknownType(), TypeFactory.unknownType());
    }

    private Reader(JavaType key, JavaType value) {
      super(KeyValue.class);
      this.key = key;
      this.value = value;
    }

    @Override
    public JsonDeserializer<?> createContextual(
        DeserializationContext context, @Nullable BeanProperty property) {
      JavaType declared = context.getContextualType();
      return new Reader(declared.containedTypeOrUnknown(0), declared.containedTypeOrUnknown(1));
    }

    @Override
    @SuppressWarnings("NullAway") // a key may be null
    public KeyValue<?, ?> deserialize(JsonParser in, DeserializationContext context)
        throws IOException {
      JavaType named = null;
      Object readKey = null;
      Object readValue = null;
      for (String name = in.nextFieldName(); name != null; name = in.nextFieldName()) {
        JsonToken token = in.nextToken();
        if (name.endsWith(CLASS)) {
          named = context.constructType(find(in.getText(), context));
        } else {
          JavaType declared = name.equals(KEY) ? key : value;
          Object part =
              token == JsonToken.VALUE_NULL
                  ? null
                  : context.readValue(in, named == null ? declared : named);
          named = null;
          if (name.equals(KEY)) {
            readKey = part;
          } else {
            readValue = part;
          }
        }
      }
      if (readValue == null) {
        return context.reportInputMismatch(KeyValue.class, "no value");
      }
      return new KeyValue<>(readKey, readValue);
    }

    private static Class<?> find(String className, DeserializationContext context) {
      try {
        return context.findClass(className);
      } catch (ClassNotFoundException e) {
        throw new SerializationException(
            className,
            "class [%s] of a key or value must be on the class path and was not found; put it back"
                .formatted(className),
            e);
      }
    }
  }
}
