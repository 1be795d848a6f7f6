package io.vellamo.benchmarks.jmh;

import static org.assertj.core.api.Assertions.assertThat;

import io.vellamo.api.query.EventCounts;
import io.vellamo.engine.group.GroupChange;
import io.vellamo.engine.group.GroupChange.Effect;
import io.vellamo.engine.pipeline.RoutedEpoch;
import io.vellamo.engine.shard.ShardChange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the benchmarks call an epoch is one of a query that has been running for a while. */
final class BareShardTest {
  @ParameterizedTest
  @EnumSource
  void epoch_hasAboutTwoThousandGroups_andNoLateEvents(MeasuredOperator operator) throws Exception {
    EpochFeed feed = new EpochFeed(operator);
    BareShard shard = BareShard.filled(operator, feed);

    RoutedEpoch epoch = feed.next();

    assertThat(epoch.events()).isEqualTo(new EventCounts(EpochFeed.EVENTS, 0, 0));
    assertThat(shard.eventCalls(epoch)).hasSizeBetween(1_900, 2_050);
    assertThat(shard.run(epoch).groups()).hasSizeBetween(1_900, 2_400);
    assertThat(shard.ledger().groups()).hasSizeBetween(4_000, EpochFeed.KEYS);
  }

  @Test
  void epoch_ofSessions_closesSomeByTimeout() throws Exception {
    EpochFeed feed = new EpochFeed(MeasuredOperator.SESSIONS);

    ShardChange change = BareShard.filled(MeasuredOperator.SESSIONS, feed).run(feed.next());

    assertThat(change.groups()).extracting(GroupChange::effect).contains(Effect.REMOVED);
    assertThat(change.groups()).anyMatch(group -> !group.rows().isEmpty());
  }

  @Test
  void epochs_ofTheSameSeed_areTheSame() throws Exception {
    assertThat(firstChange().size()).isEqualTo(firstChange().size());
  }

  private static ShardChange firstChange() throws Exception {
    EpochFeed feed = new EpochFeed(MeasuredOperator.SESSIONS);
    return BareShard.filled(MeasuredOperator.SESSIONS, feed).run(feed.next());
  }
}
