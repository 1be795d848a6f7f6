package io.vellamo.actors.shard;

import io.vellamo.engine.group.GroupEntry;
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
 * The seats of a shard's live groups: each is an actor, or only the memory of the group's last
 * state.
 *
 * <p>A group's entry refers to its seat, so no lookup is needed. A seat outlives its group, as
 * starting and stopping an actor for each short session costs more than its calls. When all seats
 * are taken, a group that has not been called for long gives up its seat, as the clock
 * (second-chance) algorithm chooses: an exact order would be written to in each call.
 *
 * <p><b>Order</b> {@link #nextRound}, {@link #of} for each of its calls; {@link #epochEnded} once
 * the journal holds the epoch.
 *
 * <p><b>Threading</b> Used by the shard's actor only.
 *
 * @param <T> the type of seats
 */
final class Seats<T extends Seat> {
  /** The decay of the expected number of newcomers in an epoch: to a tenth after 22 epochs. */
  private static final double FADING = 0.9;

  private static final double NEGLIGIBLE = 0.1;

  private final IntSupplier limit;
  private final Supplier<T> make;
  private final Consumer<T> giveUp;

  // Taken seats, in the order in which the clock hand visits them.
  private final LinkedHashSet<T> taken = new LinkedHashSet<>();
  private final ArrayDeque<T> vacant = new ArrayDeque<>();
  // Groups seated in this epoch; their entries refer to their seats only from its end on.
  private final Map<GroupKey, T> newcomers = new HashMap<>();
  // The number of newcomers in recent epochs, a decaying maximum.
  private double expected;
  private long round;
  // The limit at the beginning of the round.
  private int most;
  // The last round in which all seats belonged to groups called in it.
  private long fullRound;

  /**
   * Creates an empty set, which makes seats when they are needed.
   *
   * @param limit supplies the most seats to keep between epochs, which may change
   * @param make makes a seat
   * @param giveUp releases a seat that is not kept
   */
  Seats(IntSupplier limit, Supplier<T> make, Consumer<T> giveUp) {
    this.limit = limit;
    this.most = limit.getAsInt();
    this.make = make;
    this.giveUp = giveUp;
  }

  /**
   * Begins a round of calls. Those of earlier rounds are over, so their groups may lose their
   * seats.
   */
  void nextRound(ShardLedger ledger) {
    round++;
    most = limit.getAsInt();
    giveUpBeyondMost(ledger);
  }

  /** Returns the seat of a group that is called in this round. */
  @SuppressWarnings("unchecked") // only this class sets seats
  T of(EpochCall call, ShardLedger ledger) {
    Object known = call.entry().seat();
    T seat = known == null ? newcomer(call.key(), ledger) : (T) known;
    seat.isUsedAgain = seat.round != 0;
    seat.round = round;
    return seat;
  }

  /** Stores the seats of newcomers at their entries, and vacates the seats of removed groups. */
  @SuppressWarnings("unchecked") // only this class sets seats
  void epochEnded(ShardLedger ledger) {
    for (Object seat : ledger.vacatedSeats()) {
      vacate((T) seat);
    }
    expected = Math.max(newcomers.size(), expected * FADING);
    newcomers.forEach(
        (group, seat) -> {
          GroupEntry entry = ledger.entry(group);
          if (entry.isEmpty()) {
            vacate(seat);
          } else {
            entry.seat(seat);
          }
        });
    newcomers.clear();
    nextRound(ledger);
    while (vacant.size() > Math.ceil(expected - NEGLIGIBLE)) {
      giveUp.accept(vacant.remove());
    }
  }

  private T newcomer(GroupKey group, ShardLedger ledger) {
    T known = newcomers.get(group);
    if (known != null) {
      return known;
    }
    T seat = vacant.poll();
    if (seat == null && taken.size() >= most && fullRound != round) {
      seat = freed(ledger);
    }
    if (seat == null) {
      seat = make.get();
    }
    seat.group = group;
    seat.round = 0;
    taken.add(seat);
    newcomers.put(group, seat);
    return seat;
  }

  private void vacate(T seat) {
    taken.remove(seat);
    seat.group = null;
    vacant.add(seat);
  }

  private void giveUpBeyondMost(ShardLedger ledger) {
    while (taken.size() + vacant.size() > most) {
      T seat = vacant.poll();
      seat = seat == null ? freed(ledger) : seat;
      if (seat == null) {
        return;
      }
      giveUp.accept(seat);
    }
  }

  /**
   * Takes the seat of a group that is not called in this round, or returns null if all are called.
   */
  private @Nullable T freed(ShardLedger ledger) {
    // The first pass of the hand clears the marks.
    for (int turns = taken.size() * 2; turns > 0; turns--) {
      T seat = taken.iterator().next();
      taken.remove(seat);
      if (seat.round != round && !seat.isUsedAgain) {
        passivate(Objects.requireNonNull(seat.group), ledger);
        return seat;
      }
      seat.isUsedAgain &= seat.round == round;
      taken.add(seat);
    }
    fullRound = round;
    return null;
  }

  private void passivate(GroupKey group, ShardLedger ledger) {
    GroupEntry entry = ledger.entry(group);
    if (newcomers.remove(group) == null && !entry.isEmpty()) {
      entry.seat(null);
    }
  }
}
