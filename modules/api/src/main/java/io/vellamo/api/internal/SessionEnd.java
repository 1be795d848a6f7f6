package io.vellamo.api.internal;

import io.vellamo.api.group.StateType;
import java.nio.ByteBuffer;

/** The stored form of the end of a session: its milliseconds since 1970 in eight bytes. */
final class SessionEnd implements BufferForm<Long> {
  static final StateType<Long> TYPE = StateType.of(Long.class).codec(new SessionEnd());

  private SessionEnd() {}

  @Override
  public byte[] write(Long end) {
    return ByteBuffer.allocate(Long.BYTES).putLong(end).array();
  }

  @Override
  public Long read(byte[] bytes) {
    return ByteBuffer.wrap(bytes).getLong();
  }
}
