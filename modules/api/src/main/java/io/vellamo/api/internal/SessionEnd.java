package io.vellamo.api.internal;

import io.vellamo.api.group.StateType;

/** The stored form of the end of a session: its milliseconds since 1970. */
final class SessionEnd implements DirectForm<Long> {
  static final StateType<Long> TYPE = StateType.of(Long.class).codec(new SessionEnd());

  private SessionEnd() {}

  @Override
  public boolean isSmall() {
    return true;
  }

  @Override
  public void write(Long end, BufferWriter out) {
    out.writeLong(end);
  }

  @Override
  public Long read(BufferReader in) {
    return in.readLong();
  }

  @Override
  public Long read(byte[] bytes) {
    return read(new BufferReader(bytes));
  }
}
