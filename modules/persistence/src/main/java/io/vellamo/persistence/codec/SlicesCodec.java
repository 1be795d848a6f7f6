package io.vellamo.persistence.codec;

import io.vellamo.api.SerializationException;
import io.vellamo.api.group.StateType;
import io.vellamo.api.internal.BufferReader;
import io.vellamo.api.internal.BufferWriter;
import io.vellamo.api.internal.SliceBuffers;
import io.vellamo.api.internal.SlicesForm;
import io.vellamo.engine.group.StateCodec;
import java.nio.BufferUnderflowException;
import java.time.Duration;

/**
 * A codec of slices: a mark; their length and their shift from 1970 in milliseconds; the number of
 * buffers of each; then for each, in ascending order, the number of slices from the one before, or
 * from the shift for the first, and its buffers. The layout must never change.
 */
final class SlicesCodec implements StateCodec<SliceBuffers> {
  /** The first byte, which is that of no CBOR. */
  static final byte MARK = (byte) 0xf2;

  private final CompositeCodec buffers;
  private final SlicesForm form;

  private SlicesCodec(CompositeCodec buffers, SlicesForm form) {
    this.buffers = buffers;
    this.form = form;
  }

  /** Returns the codec of a type whose serializer is a form of slices. */
  @SuppressWarnings("unchecked") // the type is that of the form
  static <S> StateCodec<S> of(StateType<S> type, SlicesForm form, RecordLayouts layouts) {
    CompositeCodec buffers = CompositeCodec.of(form.parts(), layouts);
    return (StateCodec<S>) new SlicesCodec(buffers, form);
  }

  @Override
  public byte[] write(SliceBuffers slices) {
    try (BufferWriter out = BufferWriter.open()) {
      out.writeByte(MARK);
      out.writeCount(form.slice());
      out.writeCount(form.offset());
      out.writeCount(form.parts().size());
      // Indexes of slices: the difference of two starts may be out of range.
      long before = 0;
      for (int place = 0; place < slices.size(); place++) {
        long index = (slices.start(place) - form.offset()) / form.slice();
        out.writeLong(index - before);
        buffers.write(slices.buffers(place), out);
        before = index;
      }
      return out.toByteArray();
    }
  }

  @Override
  public SliceBuffers read(byte[] bytes) {
    SliceBuffers slices = new SliceBuffers();
    BufferReader in = new BufferReader(bytes);
    try {
      CompositeCodec.requireByte(MARK, in);
      requireSameSlices(in.readCount(), in.readCount());
      requireSameParts(in.readCount());
      long index = 0;
      while (in.remaining() > 0) {
        index += in.readLong();
        slices.append(index * form.slice() + form.offset(), buffers.read(in));
      }
    } catch (IllegalArgumentException | BufferUnderflowException e) {
      throw buffers.unreadable(bytes.length, e);
    }
    return slices;
  }

  private void requireSameParts(long parts) {
    if (parts != form.parts().size()) {
      throw new IllegalArgumentException(
          "slices must have [%d] buffers, have [%d]".formatted(form.parts().size(), parts));
    }
  }

  private void requireSameSlices(long slice, long offset) {
    if (slice != form.slice() || offset != form.offset()) {
      throw new SerializationException(
          SliceBuffers.class.getName(),
          "slices of [%s] shifted by [%s] can't be read as those of [%s] shifted by [%s]; keep the windows of a query, or start a query of another name"
              .formatted(
                  Duration.ofMillis(slice),
                  Duration.ofMillis(offset),
                  Duration.ofMillis(form.slice()),
                  Duration.ofMillis(form.offset())),
          null);
    }
  }

  /** Returns true: only the aggregation changes slices, and it then updates the state. */
  @Override
  public boolean isImmutable() {
    return true;
  }

  @Override
  public boolean keepsLive() {
    return false;
  }

  @Override
  public String shape() {
    return form.slice() + "+" + form.offset() + buffers.shape();
  }

  @Override
  public RecordLayouts layouts() {
    return buffers.layouts();
  }
}
