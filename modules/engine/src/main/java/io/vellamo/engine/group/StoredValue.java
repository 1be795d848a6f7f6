package io.vellamo.engine.group;

/**
 * A row or an event as the journal keeps it: rows so that an epoch can be answered again without
 * calling the user's function, events so that it can be called again.
 *
 * @param className names the value's class
 * @param bytes the serialized value; not copied, must not change
 */
@SuppressWarnings("ArrayRecordComponent") // never compared; a wrapper costs an object a row
public record StoredValue(String className, byte[] bytes) {
  private static final int OVERHEAD = 4;

  /** Returns roughly how large this is in the journal. */
  public long size() {
    return (long) bytes.length + OVERHEAD;
  }

  @Override
  public String toString() {
    return "StoredValue[" + className + ", " + bytes.length + " bytes]";
  }
}
