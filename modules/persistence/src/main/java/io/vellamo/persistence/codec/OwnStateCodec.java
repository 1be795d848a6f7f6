package io.vellamo.persistence.codec;

import io.vellamo.api.SerializationException;
import io.vellamo.api.group.StateSerializer;
import io.vellamo.api.group.StateType;
import io.vellamo.engine.group.FunctionFailures;
import io.vellamo.engine.group.StateCodec;
import java.nio.ByteBuffer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A codec that leaves states to a user's serializer: a mark, the serializer's version in four bytes
 * and its bytes. The layout must never change.
 *
 * @param <S> the state
 */
final class OwnStateCodec<S> implements StateCodec<S> {
  /** No value that Jackson writes as CBOR begins with it, and no layout. */
  private static final byte MARK = (byte) 0xf0;

  private static final int FRONT = 1 + Integer.BYTES;

  private final StateType<S> type;
  private final StateSerializer<S> serializer;
  private final RecordLayouts layouts;
  private final int version;

  OwnStateCodec(StateType<S> type, StateSerializer<S> serializer, RecordLayouts layouts) {
    this.type = type;
    this.serializer = serializer;
    this.layouts = layouts;
    this.version = serializer.version();
  }

  /** Returns whether a state was written by a user's serializer. */
  static boolean isOwn(byte[] state) {
    return state.length >= FRONT && state[0] == MARK;
  }

  /** Returns the number of bytes that a user's serializer wrote. */
  static int sizeOf(byte[] state) {
    return state.length - FRONT;
  }

  @Override
  public byte[] write(S state) {
    byte[] bytes;
    try {
      bytes = Objects.requireNonNull(serializer.write(state), "bytes");
    } catch (Exception | Error e) {
      FunctionFailures.throwIfOfTheMachine(e);
      throw SerializationException.ofValue(
          name(),
          "state class [%s] can't be written: its codec threw [%s]; mend it, or keep another state"
              .formatted(name(), e.getClass().getName()),
          JacksonSupport.withoutPayload(e));
    }
    return ByteBuffer.allocate(FRONT + bytes.length).put(MARK).putInt(version).put(bytes).array();
  }

  @Override
  public S read(byte[] state) {
    if (!isOwn(state)) {
      throw unreadable(
          ": the state was written without the codec; remove the codec, or start a query of another name",
          null);
    }
    ByteBuffer in = ByteBuffer.wrap(state, 1, state.length - 1);
    int writtenBy = in.getInt();
    byte[] bytes = new byte[in.remaining()];
    in.get(bytes);
    try {
      return Objects.requireNonNull(serializer.read(bytes, writtenBy), "state");
    } catch (Exception | Error e) {
      FunctionFailures.throwIfOfTheMachine(e);
      throw unreadable(
          ": its codec threw [%s] on a state of version [%d]; mend it, the stored state is unchanged"
              .formatted(e.getClass().getName(), writtenBy),
          e);
    }
  }

  private SerializationException unreadable(String why, @Nullable Throwable cause) {
    return new SerializationException(
        name(),
        "state class [%s] can't be read%s".formatted(name(), why),
        cause == null ? null : JacksonSupport.withoutPayload(cause));
  }

  private String name() {
    return type.stateClass().getName();
  }

  @Override
  public boolean isImmutable() {
    return ImmutableTypes.isImmutable(type.type());
  }

  /** Returns the version: what the serializer reads is the user's to know. */
  @Override
  public String shape() {
    return "codec-" + version;
  }

  @Override
  public RecordLayouts layouts() {
    return layouts;
  }
}
