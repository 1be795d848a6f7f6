package io.vellamo.api.internal;

/**
 * A stored form that tells its own end, so that buffers can be written one after the other.
 *
 * @param <B> the buffers
 * @since 0.1
 */
public interface DirectForm<B> extends BufferForm<B> {
  /**
   * Returns whether a stored buffer takes at most about a hundred bytes.
   *
   * @return true unless it may be larger
   */
  boolean isSmall();

  /**
   * Writes a buffer.
   *
   * @param buffer the buffer
   * @param out takes its bytes
   */
  void write(B buffer, BufferWriter out);

  /**
   * Reads a buffer, and no byte behind it.
   *
   * @param in the bytes
   * @return the buffer
   * @throws IllegalArgumentException if the layout is not one of this aggregator
   */
  B read(BufferReader in);

  @Override
  default byte[] write(B buffer) {
    try (BufferWriter out = BufferWriter.open()) {
      write(buffer, out);
      return out.toByteArray();
    }
  }
}
