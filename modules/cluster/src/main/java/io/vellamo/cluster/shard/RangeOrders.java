package io.vellamo.cluster.shard;

import io.vellamo.engine.epoch.QueryLedger;
import io.vellamo.engine.protocol.query.QueryInput;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;

/**
 * A coordinator's orders to write and commit the ranges of the sink, each of which is sent again
 * until it is carried out.
 *
 * <p><b>Threading</b> Used by the link's actor only.
 */
final class RangeOrders {
  /** An order that has not been carried out. */
  private static final class Pending {
    final ToShard.OrderRange message;
    long dueMillis;

    Pending(ToShard.OrderRange message, long dueMillis) {
      this.message = message;
      this.dueMillis = dueMillis;
    }
  }

  private final ActorRef<FromShard> link;
  private final QueryLedger ledger;
  private final int firstShard;
  private final long againMillis;
  // By range.
  private final Map<Integer, Pending> pending = new HashMap<>();
  // By shard: the last epoch that it has run.
  private final Map<Integer, Long> epochs = new HashMap<>();
  private long lastNumber;

  /**
   * Creates an instance without orders.
   *
   * @param ledger the query as its journal knows it
   * @param firstShard the number of the first shard whose rows lead to the sink; the others follow
   * @param againMillis when an order is sent again
   */
  RangeOrders(ActorRef<FromShard> link, QueryLedger ledger, int firstShard, long againMillis) {
    this.link = link;
    this.ledger = ledger;
    this.firstShard = firstShard;
    this.againMillis = againMillis;
  }

  /** Returns whether the rows of a shard lead to the sink. */
  boolean isOfRange(int shard) {
    return shard >= firstShard && shard < firstShard + ledger.shards();
  }

  /** Notes that a shard holds the rows of an epoch; replies of earlier ones may come later. */
  void ran(int shard, long epoch) {
    epochs.merge(shard, epoch, Math::max);
  }

  /** Returns the order to write the rows of an epoch. */
  ToShard.OrderRange write(int range, long epoch, long nowMillis) {
    Long last = epochs.get(firstShard + range);
    boolean hasPart = last != null && last == epoch;
    return order(
        range, hasPart ? RangeOrder.Kind.WRITE : RangeOrder.Kind.WRITE_NOTHING, epoch, nowMillis);
  }

  /** Returns the order to commit an epoch. */
  ToShard.OrderRange commit(int range, long epoch, long nowMillis) {
    return order(range, RangeOrder.Kind.COMMIT, epoch, nowMillis);
  }

  private ToShard.OrderRange order(int range, RangeOrder.Kind kind, long epoch, long nowMillis) {
    lastNumber++;
    ToShard.OrderRange message =
        new ToShard.OrderRange(
            firstShard + range,
            new RangeOrder(
                lastNumber, kind, epoch, ledger.id(), ledger.incarnation(), ledger.shards()),
            link);
    pending.put(range, new Pending(message, nowMillis + againMillis));
    return message;
  }

  /** Returns the orders that are to be sent again. */
  List<ToShard.OrderRange> due(long nowMillis) {
    List<ToShard.OrderRange> due = new ArrayList<>();
    for (Pending each : pending.values()) {
      if (each.dueMillis <= nowMillis) {
        each.dueMillis = nowMillis + againMillis;
        due.add(each.message);
      }
    }
    return due;
  }

  /** Takes an outcome; returns the machine's input, or null if it is not awaited. */
  @Nullable QueryInput answered(FromShard.RangeAnswered answered) {
    int range = answered.shard() - firstShard;
    Pending known = pending.get(range);
    if (known == null || known.message.order().number() != answered.order()) {
      return null;
    }
    pending.remove(range);
    return answered.outcome().input(range, known.message.order().epoch());
  }
}
