package io.vellamo.persistence.codec;

import io.vellamo.api.SerializationException;
import io.vellamo.api.group.StateType;
import io.vellamo.api.internal.BufferForm;
import io.vellamo.engine.group.StateCodec;

/**
 * A codec of the buffers of Vellamo's own aggregators, whose first byte identifies their layout.
 *
 * @param <S> the buffer
 */
record BufferCodec<S>(StateType<S> type, BufferForm<S> form, RecordLayouts layouts)
    implements StateCodec<S> {
  @Override
  public byte[] write(S buffer) {
    return form.write(buffer);
  }

  @Override
  public S read(byte[] bytes) {
    try {
      return form.read(bytes);
    } catch (RuntimeException e) {
      throw new SerializationException(
          type.stateClass().getName(),
          "a buffer of [%d] bytes can't be read as [%s]; the aggregation has other aggregates than the one that wrote it, start a query of another name"
              .formatted(bytes.length, form.getClass().getSimpleName()),
          JacksonSupport.withoutPayload(e));
    }
  }

  @Override
  public boolean isImmutable() {
    return false;
  }

  @Override
  public String shape() {
    return form.getClass().getSimpleName();
  }
}
