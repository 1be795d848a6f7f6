package io.vellamo.engine.group;

import io.vellamo.api.SerializationException;
import org.jspecify.annotations.Nullable;

/**
 * Defensive copies of events that user functions return: a function may modify the object and
 * return it again, and a group that receives it may modify it for others that share it.
 *
 * <p>Immutable events are not copied. Nor are events whose class might lose data when written and
 * read, nor events that can't be serialized: unlike rows, events need not be serializable.
 *
 * <p><b>Threading</b> Safe to share.
 *
 * <p><b>Cost</b> Serializes and deserializes each event of a mutable class.
 */
public final class EventCopies {
  /** An instance that makes no copies. */
  public static final EventCopies NONE = new EventCopies(null);

  private final @Nullable ValueCodec codec;

  private EventCopies(@Nullable ValueCodec codec) {
    this.codec = codec;
  }

  /** Returns an instance that copies with a codec. */
  public static EventCopies by(ValueCodec codec) {
    return new EventCopies(codec);
  }

  /** Returns a copy of an event, or the event itself if it is not copied. */
  public Object take(Object event) {
    ValueCodec known = codec;
    return known == null || !known.isCopied(event) ? event : restore(event, write(event));
  }

  /**
   * Returns the serialized form of a mutable event, for {@link #restore}; null if the event is
   * immutable or can't be serialized.
   */
  public @Nullable StoredValue write(Object event) {
    ValueCodec known = codec;
    if (known == null || known.isFixed(event)) {
      return null;
    }
    try {
      return known.write(event);
    } catch (SerializationException e) {
      return null;
    }
  }

  /** Returns an event as it was when it was written; the object itself if it can't be restored. */
  public Object restore(Object event, @Nullable StoredValue written) {
    ValueCodec known = codec;
    if (known == null || written == null || !known.isCopied(event)) {
      return event;
    }
    try {
      return known.read(written);
    } catch (SerializationException e) {
      return event;
    }
  }
}
