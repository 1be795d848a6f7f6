package io.vellamo.engine.shard;

import io.vellamo.engine.group.GroupKey;
import io.vellamo.engine.group.Pieces;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What becomes of a parked group; a snapshot tells of one in the same words. */
public sealed interface ParkChange {
  /** Returns the group. */
  GroupKey key();

  /** Returns roughly how large this is in the journal. */
  long size();

  /** Returns this change in pieces of at most a size, as far as single events allow. */
  default List<ParkChange> split(long maxSize) {
    return List.of(this);
  }

  /**
   * The group is parked, or stays so for another reason. What waits stays as it is.
   *
   * @param key the group
   * @param sinceEpoch the epoch in which it was parked first
   * @param error the class of what its function threw, and where
   * @param message its message; null if it had none
   * @param request what is wanted of it; null if nothing is
   */
  record Parked(
      GroupKey key,
      long sinceEpoch,
      String error,
      @Nullable String message,
      @Nullable ParkRequest request)
      implements ParkChange {
    private static final int OVERHEAD = 16;

    @Override
    public long size() {
      return (long) key.bytes().length
          + error.length()
          + (message == null ? 0 : message.length())
          + OVERHEAD;
    }
  }

  /**
   * More events wait.
   *
   * <p>The parts of a snapshot are spread over epochs, so an event may be told of twice, by a part
   * and by its epoch: its place says whether it is there already. An event whose place is beyond
   * the next one comes with a part that is still to come.
   *
   * @param key the group
   * @param first the place of the first of them among all that wait
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
   * The group is parked no more, and nothing waits.
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
