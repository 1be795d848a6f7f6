package io.vellamo.persistence.codec;

import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.vellamo.api.SerializationException;
import io.vellamo.engine.group.GroupKey;
import io.vellamo.engine.group.KeyCodec;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Writes and reads keys of one class as a tag byte and CBOR, with properties and map entries in the
 * order of their names, so that equal keys are written alike.
 */
public final class JacksonKeyCodec implements KeyCodec {
  private static final String ROLE = "key";
  private static final byte NULL = 0;

  /** The tag in front of keys of users' classes. */
  static final byte VALUE = 16;

  private final Class<?> type;
  private final ObjectWriter writer;
  private final ObjectReader reader;

  private JacksonKeyCodec(ObjectMapper mapper, Class<?> type) {
    this.type = type;
    this.writer = mapper.writerFor(type);
    this.reader = mapper.readerFor(type);
  }

  /**
   * Returns the codec of a class.
   *
   * @throws SerializationException if Jackson can't write or read the class
   */
  public static JacksonKeyCodec of(Class<?> type) {
    ObjectMapper mapper =
        JacksonMappers.builder()
            .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();
    JacksonSupport.check(mapper, type, ROLE);
    return new JacksonKeyCodec(mapper, type);
  }

  @Override
  public GroupKey write(@Nullable Object key) {
    if (key == null) {
      return GroupKey.of(new byte[] {NULL});
    }
    try {
      byte[] cbor = writer.writeValueAsBytes(key);
      byte[] tagged = new byte[cbor.length + 1];
      tagged[0] = VALUE;
      System.arraycopy(cbor, 0, tagged, 1, cbor.length);
      return GroupKey.of(tagged);
    } catch (IOException e) {
      throw JacksonSupport.failure(type.getName(), ROLE, "be written", e);
    }
  }

  @Override
  public @Nullable Object read(GroupKey key) {
    byte[] bytes = key.bytes();
    if (bytes[0] == NULL) {
      return null;
    }
    if (bytes[0] != VALUE) {
      throw new SerializationException(
          type.getName(),
          "key tag must be %d, was [%d]; the journal was written without a key class, call"
                  .formatted(VALUE, bytes[0])
              + " groupByKey without it again",
          null);
    }
    try {
      return reader.readValue(Arrays.copyOfRange(bytes, 1, bytes.length));
    } catch (IOException e) {
      throw JacksonSupport.failure(type.getName(), ROLE, "be read", e);
    }
  }

  /** Of other classes only their authors know: a record may hold a set, written in any order. */
  @Override
  public boolean writesEqualKeysAlike() {
    return type.isEnum();
  }
}
