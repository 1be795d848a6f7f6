package io.vellamo.api.aggregate;

import io.vellamo.api.group.StateType;
import io.vellamo.api.internal.BufferReader;
import io.vellamo.api.internal.BufferWriter;
import io.vellamo.api.internal.DirectForm;
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
    BufferLayout layout, BiConsumer<B, BufferWriter> write, Function<BufferReader, B> read)
    implements DirectForm<B> {

  /** Returns the type of buffers that are stored in a layout. */
  static <B> StateType<B> type(
      Class<B> bufferClass,
      BufferLayout layout,
      BiConsumer<B, BufferWriter> write,
      Function<BufferReader, B> read) {
    return StateType.of(bufferClass).codec(new LayoutForm<>(layout, write, read));
  }

  @Override
  public boolean isSmall() {
    return layout != BufferLayout.HISTOGRAM;
  }

  @Override
  public void write(B buffer, BufferWriter out) {
    out.writeByte(layout.id());
    write.accept(buffer, out);
  }

  @Override
  public B read(BufferReader in) {
    int id = in.remaining() == 0 ? 0 : in.readByte();
    if (id != layout.id()) {
      throw new IllegalArgumentException(
          "layout of a stored buffer must be [%d], that of %s, was [%s]; keep the aggregates of a query, or start a query of another name"
              .formatted(layout.id(), layout, id == 0 ? "none" : id));
    }
    try {
      return read.apply(in);
    } catch (BufferUnderflowException e) {
      throw new IllegalArgumentException(
          "stored buffer of layout %s must be complete, ended too early; restore it from a backup"
              .formatted(layout),
          e);
    }
  }

  @Override
  public B read(byte[] bytes) {
    BufferReader in = new BufferReader(bytes);
    B buffer = read(in);
    if (in.remaining() > 0) {
      throw new IllegalArgumentException(
          "stored buffer of layout %s must end after its parts, has [%d] more bytes; restore it from a backup"
              .formatted(layout, in.remaining()));
    }
    return buffer;
  }
}
