package io.vellamo.actors.shard;

import static org.assertj.core.api.Assertions.assertThat;

import io.vellamo.api.group.GroupStateTimeout;
import io.vellamo.engine.group.GroupChange;
import io.vellamo.engine.group.GroupChange.Effect;
import io.vellamo.engine.group.GroupKey;
import io.vellamo.engine.shard.EpochCall;
import io.vellamo.engine.shard.ShardChange;
import io.vellamo.engine.shard.ShardLedger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class HostHandlesTest {
  private static final int MOST = 4;

  private static final class TestHandle extends HostHandle {}

  private final ShardLedger ledger = new ShardLedger(GroupStateTimeout.NONE);
  private final Set<TestHandle> made = new HashSet<>();
  private final Set<TestHandle> givenUp = new HashSet<>();
  private final HostHandles<TestHandle> hostHandles =
      new HostHandles<>(() -> MOST, this::make, givenUp::add);
  private long epoch;

  @Test
  void groupThatIsKept_hasTheSameHandleInTheNextEpoch() {
    List<TestHandle> first = epoch("a", "b");

    assertThat(epoch("b", "a")).containsExactly(first.get(1), first.get(0));
    assertThat(made).hasSize(2);
  }

  @Test
  void groupThatIsCalledAgainInItsFirstEpoch_hasTheSameHandle() {
    hostHandles.nextRound(ledger);
    TestHandle first = hostHandles.of(call("a"), ledger);
    hostHandles.nextRound(ledger);

    assertThat(hostHandles.of(call("a"), ledger)).isSameAs(first);
  }

  @Test
  void handle_isOfANewGroup_inTheFirstCallOfEachGroup() {
    TestHandle only = epoch("a").get(0);
    assertThat(only.isOfNewGroup()).isTrue();

    epoch("a");
    assertThat(only.isOfNewGroup()).isFalse();

    end(Effect.REMOVED, "a");
    assertThat(epoch("b")).containsExactly(only);
    assertThat(only.isOfNewGroup()).isTrue();
  }

  @Test
  void handleOfARemovedGroup_isTheNextNewcomers() {
    TestHandle first = epoch("a").get(0);
    end(Effect.REMOVED, "a");

    assertThat(epoch("b")).containsExactly(first);
    assertThat(made).hasSize(1);
  }

  @Test
  void handleOfAGroupThatKeepsNothing_isTheNextNewcomers() {
    hostHandles.nextRound(ledger);
    TestHandle first = hostHandles.of(call("a"), ledger);
    hostHandles.epochEnded(ledger);

    assertThat(epoch("b")).containsExactly(first);
  }

  @Test
  void freeHandles_thatAreNotNeeded_areGivenUp() {
    epoch("a", "b", "c");
    end(Effect.REMOVED, "a", "b", "c");
    for (int i = 0; i < 40; i++) {
      epoch();
    }

    assertThat(givenUp).isEqualTo(made).hasSize(3);
  }

  @Test
  void groupNotCalledForLong_isPassivated_andItsHandleReused() {
    List<TestHandle> four = epoch("a", "b", "c", "d");
    epoch("a", "b", "c");
    epoch("a", "b", "c");

    assertThat(epoch("e")).containsExactly(four.get(3));
    assertThat(ledger.hostHandle(key("d"))).isNull();
    assertThat(made).hasSize(MOST);
    assertThat(givenUp).isEmpty();
  }

  @Test
  void roundOfMoreThanTheMost_hasAHandleForEach_andKeepsTheMost() {
    List<TestHandle> six = epoch("a", "b", "c", "d", "e", "f");

    assertThat(six).doesNotHaveDuplicates();
    assertThat(givenUp).hasSize(2);
    assertThat(withHandle("a", "b", "c", "d", "e", "f")).isEqualTo(MOST);
  }

  @Test
  void groupsOfAnEarlierRound_giveTheirHandlesUp_evenIfTheyAreNew() {
    hostHandles.nextRound(ledger);
    List<TestHandle> first = handles(List.of("a", "b", "c", "d"));
    hostHandles.nextRound(ledger);
    List<TestHandle> second = handles(List.of("e", "f", "g", "h"));
    end(Effect.STATE, "a", "b", "c", "d", "e", "f", "g", "h");

    assertThat(second).containsExactlyInAnyOrderElementsOf(first);
    assertThat(withHandle("a", "b", "c", "d")).isZero();
    assertThat(withHandle("e", "f", "g", "h")).isEqualTo(MOST);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void handles_whateverHappens_areOneForEachGroupThatIsCalled(long seed) {
    Random random = new Random(seed);
    for (int round = 0; round < 2_000; round++) {
      Set<String> called = new HashSet<>();
      for (int i = random.nextInt(2 * MOST); i > 0; i--) {
        called.add("group-" + random.nextInt(12));
      }
      hostHandles.nextRound(ledger);
      assertThat(handles(called)).doesNotHaveDuplicates();
      if (random.nextInt(3) > 0) {
        Effect effect = random.nextInt(3) == 0 ? Effect.REMOVED : Effect.STATE;
        end(effect, called.toArray(new String[0]));
        assertThat(made.size() - givenUp.size()).isLessThanOrEqualTo(MOST);
        assertThat(handlesOfEntries()).doesNotHaveDuplicates().noneMatch(givenUp::contains);
      }
    }
  }

  private List<TestHandle> epoch(String... names) {
    hostHandles.nextRound(ledger);
    List<TestHandle> some = handles(Arrays.asList(names));
    end(Effect.STATE, names);
    return some;
  }

  private List<TestHandle> handles(Iterable<String> names) {
    List<TestHandle> some = new ArrayList<>();
    for (String name : names) {
      some.add(hostHandles.of(call(name), ledger));
    }
    return some;
  }

  private void end(Effect effect, String... names) {
    List<GroupChange> changes = new ArrayList<>();
    for (String name : names) {
      byte[] state = effect == Effect.STATE ? new byte[] {1} : null;
      changes.add(new GroupChange(key(name), effect, state, null, List.of()));
    }
    ledger.apply(new ShardChange(1, ++epoch, changes));
    hostHandles.epochEnded(ledger);
  }

  private long withHandle(String... names) {
    return Arrays.stream(names).filter(name -> ledger.hostHandle(key(name)) != null).count();
  }

  private List<Object> handlesOfEntries() {
    List<Object> all = new ArrayList<>();
    ledger
        .groups()
        .keySet()
        .forEach(
            group -> {
              Object handle = ledger.hostHandle(group);
              if (handle != null) {
                all.add(handle);
              }
            });
    return all;
  }

  private TestHandle make() {
    TestHandle chair = new TestHandle();
    made.add(chair);
    return chair;
  }

  private EpochCall call(String name) {
    return new EpochCall(key(name), ledger.entry(key(name)), null);
  }

  private static GroupKey key(String name) {
    return GroupKey.of(name.getBytes(StandardCharsets.UTF_8));
  }
}
