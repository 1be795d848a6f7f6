package io.vellamo.persistence.message;

import io.vellamo.engine.aggregate.PartialResult;
import io.vellamo.engine.group.StateCodec;
import io.vellamo.engine.group.StoredValue;
import io.vellamo.engine.group.ValueCodec;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The codec of what a group gets as events: users' events, and partial results, whose type has no
 * name.
 *
 * @param codec the codec of events
 * @param buffers the codec of the buffers of partial results; null for an operator without
 */
record EventValues(ValueCodec codec, @Nullable StateCodec<Object[]> buffers) {
  private static final String PARTIAL_RESULT = "";

  StoredValue write(Object event) {
    return event instanceof PartialResult partial
        ? new StoredValue(PARTIAL_RESULT, codecOfBuffers().write(partial.buffers()))
        : codec.write(event);
  }

  Object read(StoredValue event) {
    return event.type().equals(PARTIAL_RESULT)
        ? PartialResult.of(codecOfBuffers().read(event.bytes()))
        : codec.read(event);
  }

  private StateCodec<Object[]> codecOfBuffers() {
    return Objects.requireNonNull(buffers, "buffers");
  }
}
