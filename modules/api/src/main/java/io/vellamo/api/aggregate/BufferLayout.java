package io.vellamo.api.aggregate;

/**
 * The layouts of stored buffers. The first byte of a stored buffer is the id of its layout. Layouts
 * never change and ids are never reused: another form of a buffer is another layout. 10 is the end
 * of a session; ids from 64 on belong to other modules; 0 precedes buffers without a layout.
 *
 * <p>Counts are unsigned LEB128 numbers, longs are zigzag LEB128 numbers, doubles take eight bytes,
 * the most significant first.
 */
enum BufferLayout {
  /** A count. */
  COUNT(1),
  /** The count of values; a long that is 0 if the sum is a long; the low 64 bits, a long. */
  SUM_OF_LONGS(2),
  /** The count of values; the sum and its compensation, two doubles. */
  SUM_OF_DOUBLES(3),
  /** The count of values; mean and second moment, two doubles. */
  VARIANCE(4),
  /** The count of values; mean, second, third and fourth moment, four doubles. */
  MOMENTS(5),
  /** The count of pairs; both means, both second moments and the comoment, five doubles. */
  PAIR_MOMENTS(6),
  /** 0 for no value, 1 for null, or 2 and a double. */
  DOUBLE_VALUE(7),
  /** 0 for no value, 1 for null, or 2 and a long. */
  LONG_VALUE(8),
  /** A hash of the bounds, a long; the count of buckets; the counts of the buckets. */
  HISTOGRAM(9);

  private final byte id;

  BufferLayout(int id) {
    this.id = (byte) id;
  }

  byte id() {
    return id;
  }
}
