package io.vellamo.engine.group;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A row or an event as the journal keeps it: rows so that an epoch can be answered again without
 * calling the user's function, events so that it can be called again.
 *
 * @param className names the value's class
 * @param bytes the serialized value; not copied, must not change
 * @param eventTime its event time if it is a row or waits, and has one
 */
@SuppressWarnings("ArrayRecordComponent") // never compared; a wrapper costs an object a row
public record StoredValue(String className, byte[] bytes, @Nullable Instant eventTime) {
  private static final int OVERHEAD = 4;

  /** Creates a value without event time. */
  public StoredValue(String className, byte[] bytes) {
    this(className, bytes, null);
  }

  /** Returns this value with an event time; null for none. */
  public StoredValue at(@Nullable Instant time) {
    return new StoredValue(className, bytes, time);
  }

  /** Returns roughly how large this is in the journal. */
  public long size() {
    return (long) bytes.length + OVERHEAD;
  }

  @Override
  public String toString() {
    return "StoredValue[" + className + ", " + bytes.length + " bytes]";
  }
}
