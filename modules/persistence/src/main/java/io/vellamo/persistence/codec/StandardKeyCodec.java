package io.vellamo.persistence.codec;

import io.vellamo.api.SerializationException;
import io.vellamo.engine.group.GroupKey;
import io.vellamo.engine.group.KeyCodec;
import io.vellamo.engine.group.Utf8;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A codec for keys of the standard types, written as one tag byte and the value. The tags are part
 * of every journal's layout and must never change.
 */
public final class StandardKeyCodec implements KeyCodec {
  private static final byte NULL = 0;
  private static final byte STRING = 1;
  private static final byte INTEGER = 2;
  private static final byte LONG = 3;
  private static final byte BOOLEAN = 4;
  private static final byte DOUBLE = 5;
  private static final byte UUID_TAG = 6;
  private static final byte INSTANT = 7;
  private static final byte[] STRING_FRONT = {STRING};

  private static final Set<Class<?>> STANDARD =
      Set.of(
          String.class,
          Integer.class,
          Long.class,
          Boolean.class,
          Double.class,
          UUID.class,
          Instant.class);

  /** Returns whether keys of a class have a standard type. */
  static boolean supports(Class<?> keyClass) {
    return STANDARD.contains(keyClass);
  }

  @Override
  public GroupKey write(@Nullable Object key) {
    return GroupKey.of(bytes(key));
  }

  private static byte[] bytes(@Nullable Object key) {
    if (key == null) {
      return new byte[] {NULL};
    }
    if (key instanceof String text) {
      return Utf8.bytes(STRING_FRONT, text, "key");
    }
    if (key instanceof Long number) {
      return ByteBuffer.allocate(9).put(LONG).putLong(number).array();
    }
    if (key instanceof Integer number) {
      return ByteBuffer.allocate(5).put(INTEGER).putInt(number).array();
    }
    if (key instanceof Boolean flag) {
      return new byte[] {BOOLEAN, (byte) (flag ? 1 : 0)};
    }
    if (key instanceof Double number) {
      // As in Spark's grouping, the two zeros are one key, and so are all NaNs.
      double normal = number == 0.0 ? 0.0 : number;
      return ByteBuffer.allocate(9).put(DOUBLE).putLong(Double.doubleToLongBits(normal)).array();
    }
    if (key instanceof UUID uuid) {
      return ByteBuffer.allocate(17)
          .put(UUID_TAG)
          .putLong(uuid.getMostSignificantBits())
          .putLong(uuid.getLeastSignificantBits())
          .array();
    }
    if (key instanceof Instant instant) {
      return ByteBuffer.allocate(13)
          .put(INSTANT)
          .putLong(instant.getEpochSecond())
          .putInt(instant.getNano())
          .array();
    }
    String name = key.getClass().getName();
    throw new SerializationException(
        name,
        "key class must be a standard type (String, Integer, Long, Boolean, Double, UUID, Instant),"
            + " was [%s]; %s".formatted(name, remedy(key)),
        null);
  }

  private static String remedy(Object key) {
    return key instanceof Iterable || key instanceof Map
        ? "use groupByKey(function, new TypeRef<List<String>>() {}) with the type of the keys"
        : "use groupByKey(function, %s.class)".formatted(key.getClass().getSimpleName());
  }

  @Override
  public @Nullable Object read(GroupKey key) {
    ByteBuffer bytes = ByteBuffer.wrap(key.bytes());
    byte tag = bytes.get();
    return switch (tag) {
      case NULL -> null;
      case STRING -> Utf8.text(key.bytes(), 1);
      case INTEGER -> bytes.getInt();
      case LONG -> bytes.getLong();
      case BOOLEAN -> bytes.get() == 1;
      case DOUBLE -> Double.longBitsToDouble(bytes.getLong());
      case UUID_TAG -> new UUID(bytes.getLong(), bytes.getLong());
      case INSTANT -> Instant.ofEpochSecond(bytes.getLong(), bytes.getInt());
      default ->
          throw new SerializationException(
              "key",
              "key tag must be 0 to 7, was [%d]; the journal was written with a key class, give it"
                      .formatted(tag)
                  + " to groupByKey again",
              null);
    };
  }

  @Override
  public boolean writesEqualKeysAlike() {
    return true;
  }
}
