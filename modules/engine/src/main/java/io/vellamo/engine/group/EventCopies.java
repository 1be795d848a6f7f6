package io.vellamo.engine.group;

import io.vellamo.api.SerializationException;
import org.jspecify.annotations.Nullable;

/**
 * Separates an event from the object that a user's function returned for it: the function may
 * change the object and return it again, and a group that gets it may change it for others that
 * have it.
 *
 * <p>An event that can't change is its own copy. So is one whose class might lose something when it
 * is written and read, and one that can't be written: events, unlike rows, need not be.
 *
 * <p><b>Threading</b> Safe to share.
 *
 * <p><b>Cost</b> Writing and reading each event of a class that can change.
 */
public final class EventCopies {
  /** Makes no copies. */
  public static final EventCopies NONE = new EventCopies(null);

  private final @Nullable ValueCodec codec;

  private EventCopies(@Nullable ValueCodec codec) {
    this.codec = codec;
  }

  /** Returns copies that a codec makes. */
  public static EventCopies by(ValueCodec codec) {
    return new EventCopies(codec);
  }

  /** Returns an event as it is now, whatever becomes of the object. */
  public Object take(Object event) {
    ValueCodec known = codec;
    return known == null || !known.isCopied(event) ? event : restore(event, write(event));
  }

  /**
   * Returns the written form of an event that can change, to {@link #restore} it; null of any
   * other.
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

  /** Returns an event as it was when it was written; the object itself if that can't be told. */
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
