package io.vellamo.engine.group;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A row or an event in serialized form. Rows are stored to answer an epoch again without calling
 * the user's function, events to call the function again.
 *
 * @param type the name of the value's class, followed by the layout of the bytes if they do not
 *     name the value's parts
 * @param bytes the serialized value; not copied, must not change
 * @param eventTime its event time, stored only for rows and pending events; null if it has none
 */
@SuppressWarnings("ArrayRecordComponent") // never compared; a wrapper costs an object per row
public record StoredValue(String type, byte[] bytes, @Nullable Instant eventTime) {
  private static final int OVERHEAD = 4;

  /** Creates a value without event time. */
  public StoredValue(String type, byte[] bytes) {
    this(type, bytes, null);
  }

  /** Returns this value with an event time; null for none. */
  public StoredValue at(@Nullable Instant time) {
    return new StoredValue(type, bytes, time);
  }

  /** Returns the approximate size in the journal. */
  public long size() {
    return (long) bytes.length + OVERHEAD;
  }

  @Override
  public String toString() {
    return "StoredValue[" + type + ", " + bytes.length + " bytes]";
  }
}
