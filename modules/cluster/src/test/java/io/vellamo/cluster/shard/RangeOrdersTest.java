package io.vellamo.cluster.shard;

import static org.assertj.core.api.Assertions.assertThat;

import io.vellamo.engine.epoch.QueryLedger;
import io.vellamo.engine.protocol.query.QueryInput;
import java.util.UUID;
import org.apache.pekko.actor.testkit.typed.javadsl.TestInbox;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class RangeOrdersTest {
  private static final int FIRST_SHARD = 4;

  private final RangeOrders orders =
      new RangeOrders(
          TestInbox.<FromShard>create().getRef(),
          QueryLedger.created(new UUID(1, 2), 4),
          FIRST_SHARD,
          500);

  @Test
  void shardWithoutPartInTheEpoch_writesNothing() {
    orders.ran(FIRST_SHARD + 1, 6);

    assertThat(orders.write(1, 7, 0).order().kind()).isEqualTo(RangeOrder.Kind.WRITE_NOTHING);
  }

  @Test
  void replyOfAnEarlierEpoch_thatComesLate_takesNoRowsAway() {
    orders.ran(FIRST_SHARD + 1, 7);
    orders.ran(FIRST_SHARD + 1, 6);

    assertThat(orders.write(1, 7, 0).order().kind()).isEqualTo(RangeOrder.Kind.WRITE);
  }

  @Test
  void order_isSentAgain_untilItIsAnswered() {
    ToShard.OrderRange order = orders.write(1, 7, 0);

    assertThat(orders.due(499)).isEmpty();
    assertThat(orders.due(500)).containsExactly(order);
    assertThat(answered(order, new RangeOutcome.Written(3)))
        .isEqualTo(new QueryInput.RangeWritten(1, 7, 3));
    assertThat(orders.due(5_000)).isEmpty();
  }

  @Test
  void outcomeThatArrivesTwice_orOfAFormerOrder_isIgnored() {
    ToShard.OrderRange write = orders.write(1, 7, 0);
    answered(write, new RangeOutcome.Written(3));
    orders.commit(1, 7, 0);

    assertThat(answered(write, new RangeOutcome.Written(3))).isNull();
  }

  private @Nullable QueryInput answered(ToShard.OrderRange order, RangeOutcome outcome) {
    return orders.answered(
        new FromShard.RangeAnswered(order.shard(), order.order().number(), outcome));
  }
}
