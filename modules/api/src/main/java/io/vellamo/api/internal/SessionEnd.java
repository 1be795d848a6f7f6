package io.vellamo.api.internal;

import io.vellamo.api.group.StateType;

/** The stored form of the end of a session: a byte, and its milliseconds since 1970. */
final class SessionEnd implements DirectForm<Long> {
  /** Follows the layouts of the standard buffers. */
  private static final int LAYOUT = 10;

  static final StateType<Long> TYPE = StateType.of(Long.class).codec(new SessionEnd());

  private SessionEnd() {}

  @Override
  public boolean isSmall() {
    return true;
  }

  @Override
  public void write(Long end, BufferWriter out) {
    out.writeByte(LAYOUT);
    out.writeLong(end);
  }

  @Override
  public Long read(BufferReader in) {
    int layout = in.readByte();
    if (layout != LAYOUT) {
      throw new IllegalArgumentException(
          "layout of the end of a session must be [%d], was [%d]".formatted(LAYOUT, layout));
    }
    return in.readLong();
  }

  @Override
  public Long read(byte[] bytes) {
    return read(new BufferReader(bytes));
  }
}
