package io.vellamo.persistence.codec;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import io.vellamo.api.SerializationException;
import io.vellamo.engine.group.StateCodec;
import java.io.IOException;

/**
 * Writes and reads states as CBOR.
 *
 * @param <S> the state
 */
public final class JacksonStateCodec<S> implements StateCodec<S> {
  private static final String ROLE = "state";

  private final Class<S> type;
  private final ObjectWriter writer;
  private final ObjectReader reader;
  private final boolean immutable;

  private JacksonStateCodec(ObjectMapper mapper, Class<S> type) {
    this.type = type;
    this.writer = mapper.writerFor(type);
    this.reader = mapper.readerFor(type);
    this.immutable = ImmutableTypes.isImmutable(type);
  }

  /**
   * Returns the codec of a class.
   *
   * @throws SerializationException if Jackson can't write or read the class
   */
  public static <S> JacksonStateCodec<S> of(Class<S> type) {
    ObjectMapper mapper = JacksonMappers.cbor();
    JacksonSupport.check(mapper, type, ROLE);
    return new JacksonStateCodec<>(mapper, type);
  }

  @Override
  public byte[] write(S state) {
    try {
      return writer.writeValueAsBytes(state);
    } catch (IOException e) {
      throw JacksonSupport.failure(type.getName(), ROLE, "be written", e);
    }
  }

  @Override
  public S read(byte[] bytes) {
    try {
      return reader.readValue(bytes);
    } catch (IOException e) {
      throw JacksonSupport.failure(type.getName(), ROLE, "be read", e);
    }
  }

  @Override
  public boolean isImmutable() {
    return immutable;
  }
}
