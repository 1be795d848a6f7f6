package io.vellamo.engine.shard;

import io.vellamo.engine.group.GroupKey;
import io.vellamo.engine.group.Pieces;
import io.vellamo.engine.time.Watermark;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A change of a parked group. Snapshots describe parked groups by the same changes. */
public sealed interface ParkChange {
  /** Returns the group. */
  GroupKey key();

  /** Returns the approximate size in the journal. */
  long size();

  /** Returns this change in pieces of at most {@code maxSize}, unless a single event is larger. */
  default List<ParkChange> split(long maxSize) {
    return List.of(this);
  }

  /**
   * The group is parked, or stays parked for another reason. Its pending events are unchanged.
   *
   * @param key the group
   * @param sinceEpoch the epoch in which it was first parked
   * @param error the class of the exception or error of its function, and its first frame of user
   *     code
   * @param message its message; null if it has none
   * @param request the pending request for the group; null if there is none
   * @param lateWatermark the watermark by which events were late in the epoch in which it was first
   *     parked; its later calls see it too, as none of its timers has fired since. None if unknown
   */
  record Parked(
      GroupKey key,
      long sinceEpoch,
      String error,
      @Nullable String message,
      @Nullable ParkRequest request,
      Watermark lateWatermark)
      implements ParkChange {
    private static final int OVERHEAD = 24;

    /** Creates a change of a group that was parked when there was no watermark. */
    public Parked(
        GroupKey key,
        long sinceEpoch,
        String error,
        @Nullable String message,
        @Nullable ParkRequest request) {
      this(key, sinceEpoch, error, message, request, Watermark.NONE);
    }

    /** Returns this change with a pending request. */
    Parked requested(ParkRequest by) {
      return new Parked(key, sinceEpoch, error, message, by, lateWatermark);
    }

    @Override
    public long size() {
      return (long) key.bytes().length
          + error.length()
          + (message == null ? 0 : message.length())
          + OVERHEAD;
    }
  }

  /**
   * More events are pending.
   *
   * <p>The parts of a snapshot are spread over epochs, so an event may occur twice, in a part and
   * in its epoch. Its index tells whether it is a duplicate. An event whose index is beyond the
   * next one is also in a later part.
   *
   * @param key the group
   * @param first the index of the first of them among all pending events
   * @param events the events, in order
   */
  record Waiting(GroupKey key, long first, List<ParkedEvent> events) implements ParkChange {
    private static final int OVERHEAD = 8;

    @Override
    public long size() {
      return sizeWithoutEvents() + events.stream().mapToLong(ParkedEvent::size).sum();
    }

    @Override
    public List<ParkChange> split(long maxSize) {
      List<ParkChange> pieces = new ArrayList<>();
      long next = first;
      for (List<ParkedEvent> some :
          Pieces.of(events, ParkedEvent::size, maxSize - sizeWithoutEvents())) {
        pieces.add(new Waiting(key, next, some));
        next += some.size();
      }
      return pieces;
    }

    private long sizeWithoutEvents() {
      return (long) key.bytes().length + OVERHEAD;
    }
  }

  /**
   * The group is no longer parked and has no pending events.
   *
   * @param key the group
   */
  record Unparked(GroupKey key) implements ParkChange {
    private static final int OVERHEAD = 2;

    @Override
    public long size() {
      return (long) key.bytes().length + OVERHEAD;
    }
  }
}
