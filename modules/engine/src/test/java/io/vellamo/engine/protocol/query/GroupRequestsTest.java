package io.vellamo.engine.protocol.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.vellamo.api.query.Trigger;
import io.vellamo.engine.group.GroupKey;
import io.vellamo.engine.group.TestCodecs;
import io.vellamo.engine.protocol.Fence;
import io.vellamo.engine.protocol.ShardReply;
import io.vellamo.engine.protocol.ShardReply.GroupsRead;
import io.vellamo.engine.protocol.ShardReply.GroupsRead.Found;
import io.vellamo.engine.protocol.ShardRequest.ReadGroups.Following;
import io.vellamo.engine.protocol.ShardRequest.ReadGroups.Single;
import io.vellamo.engine.shard.GroupContent;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Users' requests for groups, on their way through a query to its shards and back. */
final class GroupRequestsTest {
  private static final GroupKey A = keyOf(0);
  private static final GroupKey B = keyOf(1);

  private final MachineRun run = new MachineRun(1, Trigger.asap()).begin();

  @Test
  void reply_isTheAnswer_asOfTheCommittedEpoch() {
    run.request(new QueryRequest.ReadGroup(7, 0, B));
    reply(1, 0, found(true, B));

    assertThat(run.answer(7).groups())
        .singleElement()
        .satisfies(
            group -> {
              assertThat(group.content().key()).isEqualTo(B);
              assertThat(group.times().epoch()).isZero();
            });
    assertThat(run.answer(7).next()).isNull();
  }

  @Test
  void replyOfAnEpochThatIsNotCommitted_isKeptUntilTheCommitIsJournaled() {
    run.offer(0, 5);
    run.journaled();
    run.read(1, 0);
    run.done(0);
    run.request(new QueryRequest.ReadGroup(7, 0, A), new QueryRequest.ReadGroup(8, 0, B));
    reply(0, 1, found(true, A));
    reply(1, 0, found(true, B));
    assertThat(run.answers()).containsOnlyKeys(8L);

    run.on(new QueryInput.SinkWritten(1, 1));
    run.offer(5, 9);
    assertThat(run.answers()).containsOnlyKeys(8L);
    run.journaled();

    assertThat(run.answers()).containsOnlyKeys(7L, 8L);
    assertThat(run.answer(7).groups().get(0).times().epoch()).isEqualTo(1);
    assertThat(run.answer(8).groups().get(0).times().epoch()).isZero();
  }

  /** A reply may be late; the epoch of the request is then the newest that it certainly shows. */
  @Test
  void replyThatArrivesAfterAnotherCommit_isLabelledWithTheEpochOfTheRequest() {
    run.request(new QueryRequest.ReadGroup(7, 0, A));
    run.offer(0, 5);
    run.journaled();
    run.read(1, 0);
    run.done(0);
    run.on(new QueryInput.SinkWritten(1, 1));
    run.offer(5, 9);
    run.journaled();

    reply(0, 0, found(true, A));

    assertThat(run.answer(7).groups().get(0).times().epoch()).isZero();
  }

  @Test
  void requestsToABusyShard_areSentTogether_andThoseLeftOutAgain() {
    run.request(new QueryRequest.ReadGroup(1, 0, A));
    run.request(new QueryRequest.ReadGroup(2, 0, A), new QueryRequest.ReadGroup(3, 0, A));
    run.effects();
    reply(0, 0, found(true, A));
    assertThat(run.effects()).containsExactly("answer 1", "ReadGroups 0");
    assertThat(run.groupsRequest(0).reads()).containsExactly(new Single(A), new Single(A));

    reply(0, 0, found(true));
    assertThat(run.effects()).containsExactly("answer 2", "ReadGroups 0");
    reply(0, 0, found(true, A));

    assertThat(run.effects()).containsExactly("answer 3");
    assertThat(run.answer(2).groups()).isEmpty();
    assertThat(run.answer(3).groups()).hasSize(1);
  }

  @Test
  void list_goesOnToTheNextShard_untilThePageIsFull() {
    run.request(new QueryRequest.ListGroups(7, 0, GroupPosition.FIRST, 3));
    assertThat(run.groupsRequest(0).reads()).containsExactly(new Following(null, 3));
    reply(0, 0, found(true, A));
    assertThat(run.groupsRequest(1).reads()).containsExactly(new Following(null, 2));
    reply(1, 0, found(false, B, B));

    assertThat(run.answer(7).groups()).hasSize(3);
    assertThat(run.answer(7).next()).isEqualTo(new GroupPosition(1, B));
  }

  @Test
  void list_endsWithTheLastShard() {
    run.request(new QueryRequest.ListGroups(7, 0, new GroupPosition(1, B), 3));
    assertThat(run.groupsRequest(1).reads()).containsExactly(new Following(B, 3));
    reply(1, 0, found(true));

    assertThat(run.answer(7)).isEqualTo(new GroupAnswer(List.of(), null));
  }

  @Test
  void listThatIsFullAtTheEndOfAShard_goesOnInTheNextOne() {
    run.request(new QueryRequest.ListGroups(7, 0, GroupPosition.FIRST, 1));
    reply(0, 0, found(true, A));

    assertThat(run.answer(7).next()).isEqualTo(new GroupPosition(1, null));
  }

  @Test
  void listBehindTheLastShard_isEmpty() {
    run.request(new QueryRequest.ListGroups(7, 0, new GroupPosition(2, null), 1));

    assertThat(run.answer(7)).isEqualTo(new GroupAnswer(List.of(), null));
  }

  @Test
  void shardThatStops_isAskedAgainOnceItIsOpen_andItsEarlierReplyIgnored() {
    run.request(new QueryRequest.ReadGroup(7, 0, A));
    Fence first = run.request(0);
    run.lost(0);
    run.on(new QueryInput.ShardRestarted(0));
    run.effects();
    run.opened(0, 2);
    assertThat(run.effects()).contains("ReadGroups 0");
    assertThat(run.request(0))
        .isEqualTo(new Fence(first.incarnation(), 2, first.epoch(), first.attempt()));

    reply(0, first, 0, found(true));
    reply(0, 0, found(true, A));

    assertThat(run.answer(7).groups()).hasSize(1);
    assertThat(run.machine.ignored()).isEqualTo(1);
  }

  /** The reply is kept here, and what it shows is in the shard's journal. */
  @Test
  void shardThatStopsAfterAReplyThatIsKept_isNotAskedAgain() {
    run.offer(0, 5);
    run.journaled();
    run.read(1, 0);
    run.done(0);
    run.request(new QueryRequest.ReadGroup(7, 0, A));
    reply(0, 1, found(true, A));
    run.lost(0);
    run.on(new QueryInput.ShardRestarted(0));
    run.effects();

    run.opened(0, 2);

    assertThat(run.effects()).doesNotContain("ReadGroups 0");
  }

  @Test
  void replyThatArrivesTwice_isIgnoredTheSecondTime() {
    run.request(new QueryRequest.ReadGroup(7, 0, A), new QueryRequest.ReadGroup(8, 0, A));
    Fence first = run.request(0);

    reply(0, first, 0, found(true, A));
    reply(0, first, 0, found(true, A));
    assertThat(run.answers()).containsOnlyKeys(7L);
    reply(0, 0, found(true));

    assertThat(run.answer(8).groups()).isEmpty();
    assertThat(run.machine.ignored()).isEqualTo(1);
  }

  @Test
  void requestToAShardThatIsNotOpened_opensItAndIsSentAgain() {
    run.request(new QueryRequest.ReadGroup(7, 0, A));
    run.effects();

    run.reply(new ShardReply.NotOpened(0, run.request(0)));
    assertThat(run.effects()).containsExactly("Open 0");
    run.opened(0, 2);
    assertThat(run.effects()).contains("ReadGroups 0");
    reply(0, 0, found(true, A));

    assertThat(run.answer(7).groups()).hasSize(1);
  }

  @Test
  void requestWhileAShardIsNotOpen_isSentOnceItIs() {
    run.lost(0);
    run.effects();
    run.request(new QueryRequest.ReadGroup(7, 0, A));
    run.request(new QueryRequest.ReadGroup(8, 0, B));
    assertThat(run.effects()).containsExactly("ReadGroups 1");

    run.on(new QueryInput.ShardRestarted(0));
    run.opened(0, 2);

    assertThat(run.effects()).contains("ReadGroups 0");
    assertThat(run.request(0).owner()).isEqualTo(2);
  }

  /** Entries of later epochs have not expired in it, and its own may have. */
  @Test
  void lateReplyOfAnEpochAfterTheRequest_hasTheTimesOfThatEpoch() {
    run.request(new QueryRequest.ReadGroup(7, 0, A));
    commit(1, 0);
    commit(2, 5);
    commit(3, 10);

    reply(0, 2, found(true, A));

    assertThat(run.answer(7).groups().get(0).times().epoch()).isEqualTo(2);
  }

  /** Commits an epoch of five events, and plans the next one. */
  private void commit(long epoch, long from) {
    if (epoch == 1) {
      run.offer(from, from + 5);
      run.journaled();
    }
    run.read(epoch, 0);
    run.done(0);
    run.on(new QueryInput.SinkWritten(epoch, 1));
    run.offer(from + 5, from + 10);
    run.journaled();
  }

  @Test
  void requestBeforeTheShardsAreOpen_isSentThen() {
    MachineRun early = new MachineRun(1, Trigger.asap());
    early.on(new QueryInput.Recovered(early.durable));
    early.journaled();
    early.request(new QueryRequest.ReadGroup(7, 0, A));
    early.on(new QueryInput.Opened());
    early.opened(0, 1);
    assertThat(early.effects()).doesNotContain("ReadGroups 0");

    early.opened(1, 1);

    assertThat(early.effects()).contains("ReadGroups 0");
  }

  /** Answers the last request to a shard. */
  private void reply(int shard, long epoch, Found... found) {
    reply(shard, run.request(shard), epoch, found);
  }

  private void reply(int shard, Fence fence, long epoch, Found... found) {
    run.reply(new GroupsRead(shard, fence, epoch, List.of(found)));
  }

  private static Found found(boolean isEnd, GroupKey... keys) {
    return new Found(
        Arrays.stream(keys)
            .map(key -> new GroupContent(key, new byte[] {1}, null, List.of(), null))
            .toList(),
        isEnd);
  }

  private static GroupKey keyOf(int shard) {
    return Stream.iterate(0, number -> number + 1)
        .map(number -> TestCodecs.key("k" + number))
        .filter(key -> key.shard(MachineRun.SHARDS) == shard)
        .findFirst()
        .orElseThrow();
  }
}
