package io.vellamo.cluster.read;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The shares that a reader has read, or is reading, as long as shards may request them.
 *
 * <p><b>Threading</b> Used by the reader's actor only.
 *
 * <p><b>Cost</b> Holds the events of the epoch that runs and of the one that is read ahead.
 */
final class HeldShares {
  /**
   * A share.
   *
   * @param number identifies it in requests for its chunks
   * @param share what was read; null while it is read
   */
  record Held(long number, @Nullable HeldShare share) {}

  private final Map<ShareId, Held> shares = new HashMap<>();
  private long lastNumber;

  /** Notes that a share is being read, and forgets what nobody will request any more. */
  void begin(ShareId share) {
    AttemptId now = share.attempt();
    shares.keySet().removeIf(known -> isOver(known.attempt(), now));
    lastNumber++;
    shares.put(share, new Held(lastNumber, null));
  }

  private static boolean isOver(AttemptId known, AttemptId now) {
    return known.incarnation() != now.incarnation()
        || known.epoch() < now.epoch() - 1
        || (known.epoch() == now.epoch() && known.number() != now.number());
  }

  /** Returns a share; null if it is not known. */
  @Nullable Held get(ShareId share) {
    return shares.get(share);
  }

  /** Keeps a share that has been read, unless it was forgotten meanwhile; returns it. */
  @Nullable Held keep(ShareId share, HeldShare read) {
    return shares.computeIfPresent(share, (id, known) -> new Held(known.number(), read));
  }

  /** Forgets a share that can't be read. */
  void forget(ShareId share) {
    shares.remove(share);
  }

  /** Forgets an attempt. */
  void discard(AttemptId attempt) {
    shares.keySet().removeIf(known -> known.attempt().equals(attempt));
  }

  /** Returns the share of a number; null if it is not there. */
  @Nullable HeldShare numbered(long number) {
    for (Held held : shares.values()) {
      if (held.number() == number) {
        return held.share();
      }
    }
    return null;
  }
}
