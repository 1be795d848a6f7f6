package io.vellamo.engine.group;

/**
 * A row as the journal keeps it, so that an epoch can be answered again without calling the user's
 * function.
 *
 * @param className names the row's class
 * @param bytes the serialized row; not copied, must not change
 */
@SuppressWarnings("ArrayRecordComponent") // never compared; a wrapper costs an object a row
public record StoredRow(String className, byte[] bytes) {
  @Override
  public String toString() {
    return "StoredRow[" + className + ", " + bytes.length + " bytes]";
  }
}
