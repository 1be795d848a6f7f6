package io.vellamo.api.aggregate;

import io.vellamo.api.group.StateType;
import io.vellamo.api.internal.BufferForm;
import java.nio.BufferUnderflowException;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * The stored form of buffers that have a layout.
 *
 * @param layout identifies the form
 * @param write writes the parts after the id of the layout
 * @param read reads these parts
 * @param <B> the buffers
 */
record LayoutForm<B>(
    BufferLayout layout, BiConsumer<B, LayoutWriter> write, Function<LayoutReader, B> read)
    implements BufferForm<B> {

  /** Returns the type of buffers that are stored in a layout. */
  static <B> StateType<B> type(
      Class<B> bufferClass,
      BufferLayout layout,
      BiConsumer<B, LayoutWriter> write,
      Function<LayoutReader, B> read) {
    return StateType.of(bufferClass).codec(new LayoutForm<>(layout, write, read));
  }

  @Override
  public byte[] write(B buffer) {
    LayoutWriter out = new LayoutWriter();
    out.writeByte(layout.id());
    write.accept(buffer, out);
    return out.toByteArray();
  }

  @Override
  public B read(byte[] bytes) {
    if (bytes.length == 0 || bytes[0] != layout.id()) {
      throw new IllegalArgumentException(
          "layout of a stored buffer must be [%d], that of %s, was [%s]; keep the aggregates of a query, or start a query of another name"
              .formatted(layout.id(), layout, bytes.length == 0 ? "none" : bytes[0]));
    }
    LayoutReader in = new LayoutReader(bytes);
    in.readByte();
    B buffer;
    try {
      buffer = read.apply(in);
    } catch (BufferUnderflowException e) {
      throw new IllegalArgumentException(
          "stored buffer of layout %s must be complete, has [%d] bytes; restore it from a backup"
              .formatted(layout, bytes.length),
          e);
    }
    if (in.remaining() > 0) {
      throw new IllegalArgumentException(
          "stored buffer of layout %s must end after its parts, has [%d] more bytes; restore it from a backup"
              .formatted(layout, in.remaining()));
    }
    return buffer;
  }
}
