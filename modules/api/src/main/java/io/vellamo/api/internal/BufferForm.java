package io.vellamo.api.internal;

import io.vellamo.api.group.StateSerializer;

/**
 * The stored form of the buffers of one of Vellamo's own aggregators. Its first byte identifies the
 * layout, so that it needs no version beside it; a layout never changes and is read forever.
 *
 * @param <B> the buffers
 * @since 0.1
 */
public interface BufferForm<B> extends StateSerializer<B> {
  @Override
  byte[] write(B buffer);

  /**
   * Reads a buffer.
   *
   * @param bytes what {@link #write} returned
   * @return the buffer
   * @throws IllegalArgumentException if the layout is not one of this aggregator
   */
  B read(byte[] bytes);

  @Override
  default B read(byte[] bytes, int version) {
    return read(bytes);
  }
}
