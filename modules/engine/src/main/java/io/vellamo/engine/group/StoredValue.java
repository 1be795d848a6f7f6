package io.vellamo.engine.group;

/**
 * A row or an event as the journal keeps it: rows so that an epoch can be answered again without
 * calling the user's function, events so that it can be called again.
 *
 * @param className names the value's class
 * @param bytes the serialized value; not copied, must not change
 * @param eventTimeMillis its event time if it is a row that has one, or {@link
 *     GroupBatch#NO_EVENT_TIME}
 */
@SuppressWarnings("ArrayRecordComponent") // never compared; a wrapper costs an object a row
public record StoredValue(String className, byte[] bytes, long eventTimeMillis) {
  private static final int OVERHEAD = 4;

  /** Creates a value without event time. */
  public StoredValue(String className, byte[] bytes) {
    this(className, bytes, GroupBatch.NO_EVENT_TIME);
  }

  /** Returns this value with an event time. */
  public StoredValue at(long millis) {
    return new StoredValue(className, bytes, millis);
  }

  /** Returns whether it has an event time. */
  public boolean hasEventTime() {
    return eventTimeMillis != GroupBatch.NO_EVENT_TIME;
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
