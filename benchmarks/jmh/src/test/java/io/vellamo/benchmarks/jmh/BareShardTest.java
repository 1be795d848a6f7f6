package io.vellamo.benchmarks.jmh;

import static org.assertj.core.api.Assertions.assertThat;

import io.vellamo.api.query.EventCounts;
import io.vellamo.engine.group.GroupChange;
import io.vellamo.engine.group.GroupChange.Effect;
import io.vellamo.engine.journal.JournalEntry;
import io.vellamo.engine.journal.JournalRecord.ShardChanged;
import io.vellamo.engine.pipeline.RoutedEpoch;
import io.vellamo.engine.shard.ShardChange;
import io.vellamo.engine.shard.ShardLedger;
import io.vellamo.engine.shard.SnapshotCycle;
import io.vellamo.engine.shard.SnapshotPart;
import io.vellamo.persistence.journal.JournalSerializer;
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

  @ParameterizedTest
  @EnumSource
  void states_areThereAfterTheFirstEpochs(MeasuredOperator operator) throws Exception {
    EpochFeed feed = new EpochFeed(operator);
    BareShard shard = BareShard.filled(operator, feed);

    assertThat(shard.eventCalls(feed.next())).anyMatch(call -> call.entry().state() != null);
  }

  @Test
  void epoch_ofSessions_closesSomeByTimeout() throws Exception {
    EpochFeed feed = new EpochFeed(MeasuredOperator.SESSIONS);

    ShardChange change = BareShard.filled(MeasuredOperator.SESSIONS, feed).run(feed.next());

    assertThat(change.groups()).extracting(GroupChange::effect).contains(Effect.REMOVED);
    assertThat(change.groups()).anyMatch(group -> !group.rows().isEmpty());
  }

  @ParameterizedTest
  @EnumSource
  void snapshot_isOnePart(MeasuredOperator operator) throws Exception {
    ShardLedger ledger = BareShard.filled(operator, new EpochFeed(operator)).ledger();

    SnapshotPart part =
        SnapshotCycle.begin(ledger).next(ledger, JournalRecordBenchmark.MAX_RECORD_BYTES);

    assertThat(part.last()).isTrue();
    assertThat(part.groups()).hasSameSizeAs(ledger.groups().keySet());
  }

  @Test
  void epochs_ofTheSameSeed_changeTheSame() throws Exception {
    assertThat(writtenEpoch()).isEqualTo(writtenEpoch());
  }

  private static byte[] writtenEpoch() throws Exception {
    EpochFeed feed = new EpochFeed(MeasuredOperator.SESSIONS);
    ShardChange change = BareShard.filled(MeasuredOperator.SESSIONS, feed).run(feed.next());
    return new JournalSerializer().toBinary(new JournalEntry<>(1, 1, new ShardChanged(change)));
  }
}
