package io.vellamo.persistence.codec;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import io.vellamo.api.SerializationException;
import io.vellamo.api.group.KeyValue;
import io.vellamo.engine.group.StoredValue;
import io.vellamo.engine.group.ValueCodec;
import io.vellamo.persistence.codec.TypeCheck.Use;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A codec for rows or events, which are stored as CBOR together with the name of their class.
 *
 * <p>The journal names the classes to load, so it must be as trusted as the class path. Only values
 * that can be read back are written: a class is checked before its first value.
 */
public final class JacksonValueCodec implements ValueCodec {
  private static final byte[] NO_FRONT = {};

  private final ClassChecks checks;
  private final ObjectMapper mapper;
  private final Map<Class<?>, ReusedWriter> writers = new ConcurrentHashMap<>();
  private final Map<String, ObjectReader> readers = new ConcurrentHashMap<>();
  private final CopiedTypes copied;
  private final ClassLoader classLoader;
  private final String role;
  private final String whenGone;

  private JacksonValueCodec(ClassLoader classLoader, String role, String whenGone) {
    this.checks = new ClassChecks(role, Use.VALUE);
    this.mapper = JacksonMappers.values(checks);
    this.mapper.setTypeFactory(mapper.getTypeFactory().withClassLoader(classLoader));
    this.copied = new CopiedTypes(mapper);
    this.classLoader = classLoader;
    this.role = role;
    this.whenGone = whenGone;
  }

  /** Returns a codec for rows that finds their classes in a class loader. */
  public static JacksonValueCodec ofRows(ClassLoader classLoader) {
    return new JacksonValueCodec(classLoader, "row", "put it back to finish the epoch");
  }

  /** Returns a codec for events that finds their classes in a class loader. */
  public static JacksonValueCodec ofEvents(ClassLoader classLoader) {
    return new JacksonValueCodec(classLoader, "event", "put it back to replay what was recorded");
  }

  @Override
  public StoredValue write(Object value) {
    Class<?> type = value.getClass();
    ReusedWriter writer = writer(type);
    checks.requirePlainContents(value);
    try {
      return new StoredValue(type.getName(), writer.write(NO_FRONT, value));
    } catch (IOException e) {
      throw WriteFailures.of(type, role, e);
    }
  }

  private ReusedWriter writer(Class<?> type) {
    ReusedWriter known = writers.get(type);
    if (known != null) {
      return known;
    }
    checks.requireOwn(type);
    ReusedWriter writer = new ReusedWriter(mapper.writerFor(type));
    writers.put(type, writer);
    return writer;
  }

  @Override
  public Object read(StoredValue value) {
    ObjectReader reader = readers.computeIfAbsent(value.className(), this::reader);
    try {
      return reader.readValue(value.bytes());
    } catch (SerializationException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      throw JacksonSupport.unreadable(
          value.className(), role, ": it was written before the class changed; " + whenGone, e);
    }
  }

  /** Looks at both parts of a pair, since they are written with their own classes. */
  @Override
  public boolean isFixed(Object value) {
    if (value instanceof KeyValue<?, ?> pair) {
      return (pair.key() == null || isFixed(pair.key())) && isFixed(pair.value());
    }
    return ImmutableTypes.isImmutable(value.getClass());
  }

  @Override
  public boolean isCopied(Object value) {
    return copied.isCopied(value.getClass());
  }

  private ObjectReader reader(String className) {
    try {
      return mapper.readerFor(Class.forName(className, false, classLoader));
    } catch (ClassNotFoundException e) {
      throw new SerializationException(
          className,
          "%s class [%s] must be on the class path and was not found; %s"
              .formatted(role, className, whenGone),
          e);
    }
  }
}
