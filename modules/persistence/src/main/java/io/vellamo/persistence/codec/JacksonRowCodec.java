package io.vellamo.persistence.codec;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import io.vellamo.api.SerializationException;
import io.vellamo.engine.group.RowCodec;
import io.vellamo.engine.group.StoredRow;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Writes and reads rows as CBOR by their own class, which is stored beside them.
 *
 * <p>The journal names classes, so a journal is as trusted as the class path. Only what can be read
 * again is written: a class is checked when its first row is emitted.
 */
public final class JacksonRowCodec implements RowCodec {
  private static final String ROLE = "row";

  private final ObjectMapper mapper = JacksonMappers.cbor();
  private final Map<Class<?>, ObjectWriter> writers = new ConcurrentHashMap<>();
  private final Map<String, ObjectReader> readers = new ConcurrentHashMap<>();
  private final ClassLoader classLoader;

  /** Creates a codec that finds row classes in a class loader. */
  public JacksonRowCodec(ClassLoader classLoader) {
    this.classLoader = classLoader;
  }

  @Override
  public StoredRow write(Object row) {
    Class<?> type = row.getClass();
    ObjectWriter writer = writers.get(type);
    if (writer == null) {
      JacksonSupport.check(mapper, type, ROLE);
      writer = mapper.writerFor(type);
      writers.put(type, writer);
    }
    try {
      return new StoredRow(type.getName(), writer.writeValueAsBytes(row));
    } catch (IOException e) {
      throw JacksonSupport.failure(type.getName(), ROLE, "be written", e);
    }
  }

  @Override
  public Object read(StoredRow row) {
    ObjectReader reader = readers.computeIfAbsent(row.className(), this::reader);
    try {
      return reader.readValue(row.bytes());
    } catch (IOException | RuntimeException e) {
      throw JacksonSupport.unreadable(
          row.className(),
          ROLE,
          ": its epoch was not finished when the class changed; put the class back as it was to finish the epoch",
          e);
    }
  }

  private ObjectReader reader(String className) {
    try {
      return mapper.readerFor(Class.forName(className, false, classLoader));
    } catch (ClassNotFoundException e) {
      throw new SerializationException(
          className,
          "row class [%s] must be on the class path and was not found; put it back to finish the epoch"
              .formatted(className),
          e);
    }
  }
}
