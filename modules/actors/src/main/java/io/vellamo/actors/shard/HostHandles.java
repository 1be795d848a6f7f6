package io.vellamo.actors.shard;

import io.vellamo.engine.group.GroupKey;
import io.vellamo.engine.shard.EpochCall;
import io.vellamo.engine.shard.ShardLedger;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The host handles of a shard's live groups: each refers to an actor, or holds only the group's
 * last state in memory.
 *
 * <p>The ledger keeps the handle of each group. A handle is reused after its group is removed, as
 * starting and stopping an actor for each short session costs more than its calls. When all handles
 * are in use, a group that has not been called for long gives up its handle, as the clock
 * (second-chance) algorithm chooses: an exact order would be written to in each call.
 *
 * <p><b>Order</b> {@link #nextRound}, {@link #of} for each of its calls; {@link #epochEnded} once
 * the journal holds the epoch.
 *
 * <p><b>Threading</b> Used by the shard's actor only.
 *
 * @param <T> the type of handles
 */
final class HostHandles<T extends HostHandle> {
  /** The decay of the expected number of newcomers in an epoch: to a tenth after 22 epochs. */
  private static final double FADING = 0.9;

  private static final double NEGLIGIBLE = 0.1;

  private final IntSupplier limit;
  private final Supplier<T> make;
  private final Consumer<T> giveUp;

  // Handles in use, in the order in which the clock hand visits them.
  private final LinkedHashSet<T> used = new LinkedHashSet<>();
  private final ArrayDeque<T> free = new ArrayDeque<>();
  // Groups that were given a handle in this epoch; their entries refer to it only from its end on.
  private final Map<GroupKey, T> newcomers = new HashMap<>();
  // The number of newcomers in recent epochs, a decaying maximum.
  private double expected;
  private long round;
  // The limit at the beginning of the round.
  private int most;
  // The last round in which all handles belonged to groups called in it.
  private long fullRound;

  /**
   * Creates an empty set, which makes handles when they are needed.
   *
   * @param limit supplies the most handles to keep between epochs, which may change
   * @param make makes a handle
   * @param giveUp releases a handle that is not kept
   */
  HostHandles(IntSupplier limit, Supplier<T> make, Consumer<T> giveUp) {
    this.limit = limit;
    this.most = limit.getAsInt();
    this.make = make;
    this.giveUp = giveUp;
  }

  /**
   * Begins a round of calls. Those of earlier rounds are over, so their groups may lose their
   * handles.
   */
  void nextRound(ShardLedger ledger) {
    round++;
    most = limit.getAsInt();
    giveUpBeyondMost(ledger);
  }

  /** Returns the handle of a group that is called in this round. */
  @SuppressWarnings("unchecked") // only this class sets handles
  T of(EpochCall call, ShardLedger ledger) {
    Object known = ledger.hostHandle(call.key());
    T handle = known == null ? newcomer(call.key(), ledger) : (T) known;
    handle.isUsedAgain = handle.round != 0;
    handle.round = round;
    return handle;
  }

  /** Stores the handles of newcomers at their entries, and frees the handles of removed groups. */
  @SuppressWarnings("unchecked") // only this class sets handles
  void epochEnded(ShardLedger ledger) {
    for (Object handle : ledger.freedHandles()) {
      free((T) handle);
    }
    expected = Math.max(newcomers.size(), expected * FADING);
    newcomers.forEach(
        (group, handle) -> {
          if (ledger.isKept(group)) {
            ledger.hostHandle(group, handle);
          } else {
            free(handle);
          }
        });
    newcomers.clear();
    nextRound(ledger);
    while (free.size() > Math.ceil(expected - NEGLIGIBLE)) {
      giveUp.accept(free.remove());
    }
  }

  private T newcomer(GroupKey group, ShardLedger ledger) {
    T known = newcomers.get(group);
    if (known != null) {
      return known;
    }
    T handle = free.poll();
    if (handle == null && used.size() >= most && fullRound != round) {
      handle = takeFromIdleGroup(ledger);
    }
    if (handle == null) {
      handle = make.get();
    }
    handle.group = group;
    handle.round = 0;
    used.add(handle);
    newcomers.put(group, handle);
    return handle;
  }

  private void free(T handle) {
    used.remove(handle);
    handle.group = null;
    free.add(handle);
  }

  private void giveUpBeyondMost(ShardLedger ledger) {
    while (used.size() + free.size() > most) {
      T handle = free.poll();
      handle = handle == null ? takeFromIdleGroup(ledger) : handle;
      if (handle == null) {
        return;
      }
      giveUp.accept(handle);
    }
  }

  /**
   * Takes the handle of a group that is not called in this round, or returns null if all are
   * called.
   */
  private @Nullable T takeFromIdleGroup(ShardLedger ledger) {
    // The first pass of the hand clears the marks.
    for (int turns = used.size() * 2; turns > 0; turns--) {
      T handle = used.iterator().next();
      used.remove(handle);
      if (handle.round != round && !handle.isUsedAgain) {
        passivate(Objects.requireNonNull(handle.group), ledger);
        return handle;
      }
      handle.isUsedAgain &= handle.round == round;
      used.add(handle);
    }
    fullRound = round;
    return null;
  }

  private void passivate(GroupKey group, ShardLedger ledger) {
    if (newcomers.remove(group) == null && ledger.isKept(group)) {
      ledger.hostHandle(group, null);
    }
  }
}
