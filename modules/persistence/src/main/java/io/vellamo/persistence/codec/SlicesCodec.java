package io.vellamo.persistence.codec;

import io.vellamo.api.group.StateType;
import io.vellamo.api.internal.BufferReader;
import io.vellamo.api.internal.BufferWriter;
import io.vellamo.api.internal.SliceBuffers;
import io.vellamo.api.internal.SlicesForm;
import io.vellamo.engine.group.StateCodec;
import java.nio.BufferUnderflowException;

/**
 * A codec of slices: for each, in ascending order, the milliseconds since the start of the one
 * before, or since 1970 for the first, and its buffers. The layout must never change.
 */
final class SlicesCodec implements StateCodec<SliceBuffers> {
  private final CompositeCodec buffers;
  private final String name;

  private SlicesCodec(CompositeCodec buffers, String name) {
    this.buffers = buffers;
    this.name = name;
  }

  /** Returns the codec of a type whose serializer is a form of slices. */
  @SuppressWarnings("unchecked") // the type is that of the form
  static <S> StateCodec<S> of(StateType<S> type, SlicesForm form, RecordLayouts layouts) {
    CompositeCodec buffers = CompositeCodec.of(form.parts(), layouts);
    return (StateCodec<S>) new SlicesCodec(buffers, form.name());
  }

  @Override
  public byte[] write(SliceBuffers slices) {
    BufferWriter out = new BufferWriter();
    long before = 0;
    for (int place = 0; place < slices.size(); place++) {
      long start = slices.start(place);
      out.writeLong(start - before);
      buffers.write(slices.buffers(place), out);
      before = start;
    }
    return out.toByteArray();
  }

  @Override
  public SliceBuffers read(byte[] bytes) {
    SliceBuffers slices = new SliceBuffers();
    BufferReader in = new BufferReader(bytes);
    long start = 0;
    try {
      while (in.remaining() > 0) {
        start += in.readLong();
        slices.append(start, buffers.read(in));
      }
    } catch (IllegalArgumentException | BufferUnderflowException e) {
      throw buffers.unreadable(bytes.length, e);
    }
    return slices;
  }

  @Override
  public boolean isImmutable() {
    return false;
  }

  @Override
  public String shape() {
    return name + buffers.shape();
  }

  @Override
  public RecordLayouts layouts() {
    return buffers.layouts();
  }
}
