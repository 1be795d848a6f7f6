package io.vellamo.persistence.codec;

import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import io.vellamo.api.SerializationException;
import io.vellamo.api.group.KeyValue;
import io.vellamo.engine.group.StoredValue;
import io.vellamo.engine.group.ValueCodec;
import io.vellamo.persistence.codec.TypeCheck.Use;
import io.vellamo.persistence.codec.record.RecordForm;
import io.vellamo.persistence.codec.record.ResolvedType;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A codec for rows or events, which are stored together with the name of their class: in record
 * form and with their layout if their class has that form, otherwise as CBOR.
 *
 * <p>The journal names the classes to load, so it must be as trusted as the class path. Only values
 * that can be read back are written: a class is checked before its first value.
 */
public final class JacksonValueCodec implements ValueCodec {
  private static final byte[] NO_FRONT = {};

  /** The writers of a class: its form, if it has one, and Jackson for all other values. */
  private record Written(
      ReusedWriter writer, String byName, @Nullable RecordForm form, String inForm) {}

  /** The readers of a type: its form, if it has one, or Jackson. */
  private record Reading(ObjectReader reader, @Nullable RecordForm form) {}

  private final ClassChecks checks;
  private final ObjectMapper mapper;

  /** By class, or by the type of a pair. */
  private final Map<Object, Written> written = new ConcurrentHashMap<>();

  private final Map<String, Reading> readings = new ConcurrentHashMap<>();
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
    Written known = written(PairType.of(value));
    RecordForm form = known.form;
    if (form != null) {
      try {
        return new StoredValue(known.inForm, form.write(value));
      } catch (RuntimeException e) {
        // Jackson tells the property and the remedy, or can write it.
        return byName(known, value);
      }
    }
    checks.requirePlainContents(value);
    return byName(known, value);
  }

  private StoredValue byName(Written known, Object value) {
    try {
      return new StoredValue(known.byName, known.writer.write(NO_FRONT, value));
    } catch (IOException e) {
      throw WriteFailures.of(value.getClass(), role, e);
    }
  }

  private Written written(Object type) {
    Written known = written.get(type);
    if (known != null) {
      return known;
    }
    ResolvedType resolved = PairType.resolved(type);
    checks.requireOwn(resolved.raw());
    RecordForm form = form(resolved);
    Written made =
        new Written(
            new ReusedWriter(mapper.writerFor(resolved.raw())),
            StoredTypes.byName(resolved.raw()),
            form,
            form == null ? "" : StoredTypes.of(resolved, form));
    written.put(type, made);
    return made;
  }

  private static @Nullable RecordForm form(ResolvedType type) {
    return type.arguments().isEmpty()
        ? RecordForms.ofValues(type.raw())
        : RecordForms.ofValues(type);
  }

  @Override
  public Object read(StoredValue value) {
    Reading reading = readings.computeIfAbsent(value.type(), this::reading);
    RecordForm form = reading.form;
    if (form != null) {
      try {
        return form.read(value.bytes(), 0);
      } catch (RuntimeException e) {
        // Jackson tells the property and the remedy.
        return byName(reading, value);
      }
    }
    return byName(reading, value);
  }

  private Object byName(Reading reading, StoredValue value) {
    try {
      return reading.reader.readValue(StoredTypes.byName(value, role));
    } catch (SerializationException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      throw JacksonSupport.unreadable(
          StoredTypes.className(value.type()),
          role,
          ": it was written before the class changed; " + whenGone,
          e);
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

  private Reading reading(String type) {
    ResolvedType found = StoredTypes.resolved(type, this::find);
    RecordForm form = StoredTypes.hasLayout(type) ? form(found) : null;
    return new Reading(
        mapper.readerFor(javaType(found)),
        form != null && type.equals(StoredTypes.of(found, form)) ? form : null);
  }

  private JavaType javaType(ResolvedType type) {
    return type.arguments().isEmpty()
        ? mapper.constructType(type.raw())
        : mapper
            .getTypeFactory()
            .constructParametricType(
                type.raw(), type.arguments().stream().map(this::javaType).toArray(JavaType[]::new));
  }

  private Class<?> find(String className) {
    try {
      return Class.forName(className, false, classLoader);
    } catch (ClassNotFoundException e) {
      throw new SerializationException(
          className,
          "%s class [%s] must be on the class path and was not found; %s"
              .formatted(role, className, whenGone),
          e);
    }
  }
}
