package io.vellamo.persistence.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import io.vellamo.api.SerializationException;
import io.vellamo.engine.group.GroupKey;
import io.vellamo.engine.group.KeyCodec;
import io.vellamo.persistence.codec.TypeCheck.Use;
import io.vellamo.persistence.codec.record.RecordForm;
import io.vellamo.persistence.codec.record.RecordLayout;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;

/**
 * A codec for keys of one type, written as a tag byte and CBOR. Keys with equal contents are
 * written alike: properties in the order of their names, elements of sets and entries of maps
 * sorted by their bytes, and equal numbers in one form.
 */
public final class JacksonKeyCodec implements KeyCodec {
  private static final String ROLE = "key";
  private static final byte NULL = 0;
  private static final int FIRST_CAPACITY = 64;

  /** The tag of keys of users' classes. */
  static final byte VALUE = 16;

  private final Class<?> raw;
  private final KnownClasses known;
  private final ObjectWriter writer;
  private final ObjectReader reader;
  private final RecordLayouts layouts;

  private JacksonKeyCodec(
      ObjectMapper mapper, JavaType type, KnownClasses known, RecordLayouts layouts) {
    this.raw = type.getRawClass();
    this.layouts = layouts;
    this.known = known;
    this.writer = mapper.writerFor(type);
    this.reader = mapper.readerFor(type);
  }

  /**
   * Returns the codec of a type.
   *
   * @throws SerializationException if Jackson can't write or read the type, or equal keys might
   *     have different forms
   */
  public static JacksonKeyCodec of(Type type) {
    return byName(type, new RecordLayouts());
  }

  /**
   * Returns the codec of a type, in record form if it has one.
   *
   * @param layouts the layouts of the query's values, which receive that of the type
   * @throws SerializationException if Jackson can't write or read the type, or equal keys might
   *     have different forms
   */
  public static KeyCodec of(Type type, RecordLayouts layouts) {
    JacksonKeyCodec byName = byName(type, layouts);
    RecordForm form = RecordForms.ofKeys(type);
    if (form == null) {
      return byName;
    }
    layouts.use(form);
    return new RecordKeyCodec(form, byName);
  }

  private static JacksonKeyCodec byName(Type type, RecordLayouts layouts) {
    ClassChecks checks = new ClassChecks(ROLE, Use.KEY);
    ObjectMapper mapper = JacksonMappers.keys(checks);
    JavaType known = mapper.constructType(type);
    checks.requireDeclared(type, known.getRawClass());
    return new JacksonKeyCodec(mapper, known, checks.known(), layouts);
  }

  @Override
  public GroupKey write(@Nullable Object key) {
    if (key == null) {
      return GroupKey.of(new byte[] {NULL});
    }
    check(key);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(FIRST_CAPACITY);
    bytes.write(VALUE);
    try (JsonGenerator out = new CanonicalGenerator(writer.createGenerator(bytes))) {
      writer.writeValue(out, key);
    } catch (IOException e) {
      throw WriteFailures.of(raw, ROLE, e);
    }
    return GroupKey.of(bytes.toByteArray());
  }

  private void check(Object key) {
    if (key.getClass() == raw) {
      return;
    }
    if (!raw.isPrimitive() && !raw.isInstance(key)) {
      throw new SerializationException(
          raw.getName(),
          "key class [%s] can't be written: a key has class [%s]; give groupByKey the class of its keys"
              .formatted(raw.getName(), key.getClass().getName()),
          null);
    }
    if (known.isForeign(raw, key.getClass())) {
      throw WriteFailures.ofSubclass(raw, key.getClass(), ROLE);
    }
  }

  @Override
  public @Nullable Object read(GroupKey key) {
    byte[] bytes = key.bytes();
    if (bytes[0] == NULL) {
      return null;
    }
    if (RecordLayout.isIdAt(bytes, 0)) {
      return read(layouts.byName(bytes, 0, raw.getName(), ROLE), 0);
    }
    if (bytes[0] != VALUE) {
      throw new SerializationException(
          raw.getName(),
          "key tag must be %d, was [%d]; the journal was written without a key class, call"
                  .formatted(VALUE, bytes[0])
              + " groupByKey without it again",
          null);
    }
    return read(bytes, 1);
  }

  private @Nullable Object read(byte[] bytes, int start) {
    try {
      return reader.readValue(bytes, start, bytes.length - start);
    } catch (IOException e) {
      throw JacksonSupport.unreadable(
          raw.getName(), ROLE, "; give groupByKey the class that wrote the journal again", e);
    }
  }

  /**
   * Returns true for enums only: another class may define its own {@code equals}, for instance one
   * that ignores case.
   */
  @Override
  public boolean writesEqualKeysAlike() {
    return raw.isEnum();
  }
}
