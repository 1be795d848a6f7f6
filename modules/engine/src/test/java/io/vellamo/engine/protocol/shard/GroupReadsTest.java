package io.vellamo.engine.protocol.shard;

import static io.vellamo.engine.group.TestCodecs.key;
import static org.assertj.core.api.Assertions.assertThat;

import io.vellamo.api.query.ErrorPolicy;
import io.vellamo.api.query.ParkedGroup;
import io.vellamo.engine.group.GroupKey;
import io.vellamo.engine.group.TestCodecs;
import io.vellamo.engine.protocol.Fence;
import io.vellamo.engine.protocol.ShardReply;
import io.vellamo.engine.protocol.ShardReply.GroupsRead;
import io.vellamo.engine.protocol.ShardReply.GroupsRead.Found;
import io.vellamo.engine.protocol.ShardRequest.ReadGroups;
import io.vellamo.engine.protocol.ShardRequest.ReadGroups.Following;
import io.vellamo.engine.protocol.ShardRequest.ReadGroups.Read;
import io.vellamo.engine.protocol.ShardRequest.ReadGroups.Single;
import io.vellamo.engine.shard.GroupContent;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A shard that is asked for groups. */
final class GroupReadsTest {
  private final TestShard shard = TestShard.opened(ErrorPolicy.park(), TestShard.LARGE);

  @Test
  void singleGroup_isAnsweredWithItsStateTimeoutAndEpoch() {
    shard.runAll(1, "a:x", "b:x");
    shard.runAll(2, "a:later");

    GroupsRead reply = read(new Single(key("a")), new Single(key("b")), new Single(key("c")));

    assertThat(reply.epoch()).isEqualTo(2);
    assertThat(reply.found()).hasSize(3);
    GroupContent a = reply.found().get(0).groups().get(0);
    assertThat(count(a)).isEqualTo(2);
    assertThat(a.timeoutMillis()).isEqualTo(210);
    GroupContent b = reply.found().get(1).groups().get(0);
    assertThat(count(b)).isEqualTo(1);
    assertThat(b.timeoutMillis()).isNull();
    assertThat(reply.found().get(2).groups()).isEmpty();
  }

  /** Its state is not replaced before the journal holds the epoch. */
  @Test
  void groupOfARunningEpoch_isAnsweredAsOfTheEpochBefore() {
    shard.runAll(1, "a:x");
    shard.run(2, 1, "a:x");
    assertThat(shard.machine.state()).isEqualTo(ShardState.CALLING);
    GroupsRead whileCalling = read(new Single(key("a")));
    shard.called();
    assertThat(shard.machine.state()).isEqualTo(ShardState.WRITING);
    GroupsRead whileWriting = read(new Single(key("a")));
    shard.finish();
    GroupsRead after = read(new Single(key("a")));

    assertThat(Stream.of(whileCalling, whileWriting, after).map(GroupsRead::epoch))
        .containsExactly(1L, 1L, 2L);
    assertThat(Stream.of(whileCalling, whileWriting, after).map(reply -> count(only(reply))))
        .containsExactly(1, 1, 2);
  }

  @Test
  void pages_haveEachGroupOnce_inTheOrderOfTheirKeys() {
    shard.runAll(1, "d:x", "a:x", "c:x", "e:x", "b:x");

    List<List<GroupKey>> pages = new ArrayList<>();
    GroupKey after = null;
    boolean isEnd = false;
    while (!isEnd) {
      Found page = read(new Following(after, 2)).found().get(0);
      pages.add(page.groups().stream().map(GroupContent::key).toList());
      after = page.groups().get(page.groups().size() - 1).key();
      isEnd = page.isEnd();
    }

    List<GroupKey> sorted =
        Stream.of("a", "b", "c", "d", "e").map(TestCodecs::key).sorted().toList();
    assertThat(pages)
        .containsExactly(sorted.subList(0, 2), sorted.subList(2, 4), sorted.subList(4, 5));
  }

  @Test
  void pageWithExactlyTheLastGroups_isTheEnd() {
    shard.runAll(1, "a:x", "b:x");

    assertThat(read(new Following(null, 2)).found())
        .singleElement()
        .satisfies(page -> assertThat(page.isEnd()).isTrue());
    assertThat(read(new Following(null, 1)).found())
        .singleElement()
        .satisfies(page -> assertThat(page.isEnd()).isFalse());
  }

  @Test
  void parkedGroup_isAnsweredWithItsReason_evenWithoutAState() {
    shard.runAll(1, "a:bad", "b:x");
    shard.runAll(2, "a:x", "b:bad");

    GroupsRead one = read(new Single(key("a")));
    List<@Nullable ParkedGroup> listed =
        read(new Following(null, 9)).found().get(0).groups().stream()
            .map(GroupContent::parked)
            .toList();

    assertThat(only(one).state()).isNull();
    assertThat(only(one).parked())
        .satisfies(
            parked -> {
              assertThat(Objects.requireNonNull(parked).sinceEpoch()).isEqualTo(1);
              assertThat(parked.events()).isEqualTo(2);
              assertThat(parked.operator()).isEqualTo("counts");
            });
    assertThat(listed).hasSize(2).doesNotContainNull();
  }

  @Test
  void reply_endsBeforeThePartsThatWouldMakeItTooLarge() {
    String[] keys = new String[30];
    String[] events = new String[keys.length];
    for (int i = 0; i < keys.length; i++) {
      keys[i] = "k".repeat(100_000) + (char) ('A' + i);
      events[i] = keys[i] + ":x";
    }
    shard.runAll(1, events);

    GroupsRead singles =
        read(Stream.of(keys).map(each -> new Single(key(each))).toArray(Read[]::new));
    Found page = read(new Following(null, keys.length)).found().get(0);

    long most = GroupReads.MOST_BYTES / 100_000 + 1;
    assertThat(singles.found()).hasSizeBetween(2, Math.toIntExact(most));
    assertThat(page.groups()).hasSizeBetween(2, Math.toIntExact(most));
    assertThat(page.isEnd()).isFalse();
  }

  /** Another activation has perhaps not the last epochs. */
  @Test
  void requestToAnotherActivation_isAnsweredThatItIsNotOpened() {
    TestShard unopened = new TestShard(new ArrayList<>(), ErrorPolicy.fail(), TestShard.LARGE);
    unopened.recovered();
    Fence early = unopened.fence(1, 7);
    unopened.request(new ReadGroups(early, List.of(new Following(null, 1))));
    Fence later = new Fence(shard.fence(1, 7).incarnation(), 99, 1, 7);
    shard.request(new ReadGroups(later, List.of(new Following(null, 1))));

    assertThat(unopened.lastReply()).isEqualTo(new ShardReply.NotOpened(3, early));
    assertThat(shard.lastReply()).isEqualTo(new ShardReply.NotOpened(3, later));
  }

  private GroupsRead read(Read... reads) {
    shard.request(new ReadGroups(shard.fence(1, 7), List.of(reads)));
    return (GroupsRead) shard.lastReply();
  }

  private static GroupContent only(GroupsRead reply) {
    return reply.found().get(0).groups().get(0);
  }

  private static int count(GroupContent group) {
    return TestCodecs.NUMBERS.read(Objects.requireNonNull(group.state(), "state"));
  }
}
