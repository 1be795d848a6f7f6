package io.vellamo.engine.group;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The smallest codecs there can be; the real ones are a module away. */
public final class TestCodecs {
  /** Text keys, and null. */
  public static final KeyCodec KEYS = new TextKeys(false);

  /** Text keys, trusted to be equal only if they are written alike. */
  public static final KeyCodec TRUSTED_KEYS = new TextKeys(true);

  /** Text rows. */
  public static final ValueCodec ROWS = new TextRows();

  /** A state that can't change. */
  public static final StateCodec<Integer> NUMBERS = new Numbers();

  /** A state that can be changed in place. */
  public static final StateCodec<Tally> TALLIES = new Tallies();

  /** Times, which can be changed in place. */
  public static final StateCodec<long[]> TIMES = new Times();

  /** A number that can be changed in place. */
  public static final class Tally {
    int value;

    Tally(int value) {
      this.value = value;
    }
  }

  private TestCodecs() {}

  /** Returns a key as {@link #KEYS} writes it. */
  public static GroupKey key(@Nullable String text) {
    return KEYS.write(text);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private record TextKeys(boolean writesEqualKeysAlike) implements KeyCodec {
    @Override
    public GroupKey write(@Nullable Object key) {
      return GroupKey.of(key == null ? new byte[0] : utf8("=" + key));
    }

    @Override
    public @Nullable Object read(GroupKey key) {
      String text = new String(key.bytes(), StandardCharsets.UTF_8);
      return text.isEmpty() ? null : text.substring(1);
    }
  }

  private static final class TextRows implements ValueCodec {
    @Override
    public StoredValue write(Object row) {
      return new StoredValue(String.class.getName(), utf8(row.toString()));
    }

    @Override
    public Object read(StoredValue row) {
      return new String(row.bytes(), StandardCharsets.UTF_8);
    }

    @Override
    public boolean isCopied(Object value) {
      return !isFixed(value);
    }

    @Override
    public boolean isFixed(Object value) {
      return value instanceof String;
    }
  }

  private static final class Numbers implements StateCodec<Integer> {
    @Override
    public byte[] write(Integer state) {
      return ByteBuffer.allocate(Integer.BYTES).putInt(state).array();
    }

    @Override
    public Integer read(byte[] bytes) {
      return ByteBuffer.wrap(bytes).getInt();
    }

    @Override
    public boolean isImmutable() {
      return true;
    }

    @Override
    public String shape() {
      return "number";
    }
  }

  private static final class Tallies implements StateCodec<Tally> {
    @Override
    public byte[] write(Tally state) {
      return NUMBERS.write(state.value);
    }

    @Override
    public Tally read(byte[] bytes) {
      return new Tally(NUMBERS.read(bytes));
    }

    @Override
    public boolean isImmutable() {
      return false;
    }

    @Override
    public String shape() {
      return "tally";
    }
  }

  private static final class Times implements StateCodec<long[]> {
    @Override
    public byte[] write(long[] state) {
      ByteBuffer bytes = ByteBuffer.allocate(state.length * Long.BYTES);
      bytes.asLongBuffer().put(state);
      return bytes.array();
    }

    @Override
    public long[] read(byte[] bytes) {
      long[] state = new long[bytes.length / Long.BYTES];
      ByteBuffer.wrap(bytes).asLongBuffer().get(state);
      return state;
    }

    @Override
    public boolean isImmutable() {
      return false;
    }

    @Override
    public String shape() {
      return "times";
    }
  }
}
