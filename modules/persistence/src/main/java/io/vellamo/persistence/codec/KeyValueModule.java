package io.vellamo.persistence.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import io.vellamo.api.SerializationException;
import io.vellamo.api.group.KeyValue;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A module that writes and reads a {@link KeyValue} with the classes of its key and value, which
 * its own class does not determine: {@code {"key": "a", "valueClass": "java.lang.Long", "value":
 * 3}}. Classes that CBOR itself conveys are omitted. The layout is part of every journal and must
 * never change.
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
      write(KEY, pair.key(), out, provider);
      write(VALUE, pair.value(), out, provider);
      out.writeEndObject();
    }

    private void write(
        String name, @Nullable Object part, JsonGenerator out, SerializerProvider provider)
        throws IOException {
      if (part != null && !PlainValues.isPlain(part)) {
        if (checks != null) {
          checks.requireOwn(classOf(part));
          checks.requirePlainContents(part);
        }
        out.writeStringField(name + CLASS, classOf(part).getName());
      }
      provider.defaultSerializeField(name, part, out);
    }
  }

  private static final class Reader extends StdDeserializer<KeyValue<?, ?>> {
    private static final long serialVersionUID = 1L;

    Reader() {
      super(KeyValue.class);
    }

    @Override
    @SuppressWarnings("NullAway") // a key may be null
    public KeyValue<?, ?> deserialize(JsonParser in, DeserializationContext context)
        throws IOException {
      Class<?> next = Object.class;
      Object key = null;
      Object value = null;
      for (String name = in.nextFieldName(); name != null; name = in.nextFieldName()) {
        JsonToken token = in.nextToken();
        if (name.endsWith(CLASS)) {
          next = find(in.getText(), context);
        } else {
          Object part = token == JsonToken.VALUE_NULL ? null : context.readValue(in, next);
          next = Object.class;
          if (name.equals(KEY)) {
            key = part;
          } else {
            value = part;
          }
        }
      }
      if (value == null) {
        return context.reportInputMismatch(KeyValue.class, "no value");
      }
      return new KeyValue<>(key, value);
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
