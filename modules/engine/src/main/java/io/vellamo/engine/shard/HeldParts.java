package io.vellamo.engine.shard;

import java.util.ArrayList;
import java.util.List;

/**
 * The parts of an epoch whose last part is pending, since an epoch is atomic.
 *
 * <p>The first part discards what is buffered, and so does a part of another run or epoch: those
 * parts were written by an activation of the shard that ended before it wrote the last one.
 *
 * <p><b>Threading</b> Used by one thread at a time.
 */
final class HeldParts {
  private final List<ShardChange> changes = new ArrayList<>();
  private final List<ShardDeadLetters> letters = new ArrayList<>();
  private final List<ShardParks> parks = new ArrayList<>();
  private long incarnation;
  private long epoch;

  /** Begins a part, which is added next. */
  void begin(int number, long ofIncarnation, long ofEpoch) {
    if (number == 0 || incarnation != ofIncarnation || epoch != ofEpoch) {
      clear();
    }
    incarnation = ofIncarnation;
    epoch = ofEpoch;
  }

  List<ShardChange> changes() {
    return changes;
  }

  List<ShardDeadLetters> letters() {
    return letters;
  }

  List<ShardParks> parks() {
    return parks;
  }

  void clear() {
    changes.clear();
    letters.clear();
    parks.clear();
  }
}
