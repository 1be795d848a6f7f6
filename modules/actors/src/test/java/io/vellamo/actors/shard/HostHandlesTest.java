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

final class SeatsTest {
  private static final int MOST = 4;

  private static final class Chair extends Seat {}

  private final ShardLedger ledger = new ShardLedger(GroupStateTimeout.NONE);
  private final Set<Chair> made = new HashSet<>();
  private final Set<Chair> givenUp = new HashSet<>();
  private final Seats<Chair> seats = new Seats<>(() -> MOST, this::make, givenUp::add);
  private long epoch;

  @Test
  void groupThatIsKept_hasTheSameSeatInTheNextEpoch() {
    List<Chair> first = epoch("a", "b");

    assertThat(epoch("b", "a")).containsExactly(first.get(1), first.get(0));
    assertThat(made).hasSize(2);
  }

  @Test
  void groupThatIsCalledAgainInItsFirstEpoch_hasTheSameSeat() {
    seats.nextRound(ledger);
    Chair first = seats.of(call("a"), ledger);
    seats.nextRound(ledger);

    assertThat(seats.of(call("a"), ledger)).isSameAs(first);
  }

  @Test
  void seatOfARemovedGroup_isTheNextNewcomers() {
    Chair first = epoch("a").get(0);
    end(Effect.REMOVED, "a");

    assertThat(epoch("b")).containsExactly(first);
    assertThat(made).hasSize(1);
  }

  @Test
  void seatOfAGroupThatKeepsNothing_isTheNextNewcomers() {
    seats.nextRound(ledger);
    Chair first = seats.of(call("a"), ledger);
    seats.epochEnded(ledger);

    assertThat(epoch("b")).containsExactly(first);
  }

  @Test
  void vacantSeats_thatNobodyNeeds_areGivenUp() {
    epoch("a", "b", "c");
    end(Effect.REMOVED, "a", "b", "c");
    for (int i = 0; i < 40; i++) {
      epoch();
    }

    assertThat(givenUp).isEqualTo(made).hasSize(3);
  }

  @Test
  void groupNotCalledForLong_isPassivated_andItsSeatHandedOn() {
    List<Chair> four = epoch("a", "b", "c", "d");
    epoch("a", "b", "c");
    epoch("a", "b", "c");

    assertThat(epoch("e")).containsExactly(four.get(3));
    assertThat(ledger.entry(key("d")).seat()).isNull();
    assertThat(made).hasSize(MOST);
    assertThat(givenUp).isEmpty();
  }

  @Test
  void roundOfMoreThanTheMost_hasASeatForEach_andKeepsTheMost() {
    List<Chair> six = epoch("a", "b", "c", "d", "e", "f");

    assertThat(six).doesNotHaveDuplicates();
    assertThat(givenUp).hasSize(2);
    assertThat(seated("a", "b", "c", "d", "e", "f")).isEqualTo(MOST);
  }

  @Test
  void groupsOfAnEarlierRound_giveTheirSeatsUp_evenIfTheyAreNew() {
    seats.nextRound(ledger);
    List<Chair> first = seated(List.of("a", "b", "c", "d"));
    seats.nextRound(ledger);
    List<Chair> second = seated(List.of("e", "f", "g", "h"));
    end(Effect.STATE, "a", "b", "c", "d", "e", "f", "g", "h");

    assertThat(second).containsExactlyInAnyOrderElementsOf(first);
    assertThat(seated("a", "b", "c", "d")).isZero();
    assertThat(seated("e", "f", "g", "h")).isEqualTo(MOST);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void seats_whateverHappens_areOneForEachGroupThatIsCalled(long seed) {
    Random random = new Random(seed);
    for (int round = 0; round < 2_000; round++) {
      Set<String> called = new HashSet<>();
      for (int i = random.nextInt(2 * MOST); i > 0; i--) {
        called.add("group-" + random.nextInt(12));
      }
      seats.nextRound(ledger);
      assertThat(seated(called)).doesNotHaveDuplicates();
      if (random.nextInt(3) > 0) {
        Effect effect = random.nextInt(3) == 0 ? Effect.REMOVED : Effect.STATE;
        end(effect, called.toArray(new String[0]));
        assertThat(made.size() - givenUp.size()).isLessThanOrEqualTo(MOST);
        assertThat(seatsOfEntries()).doesNotHaveDuplicates().noneMatch(givenUp::contains);
      }
    }
  }

  private List<Chair> epoch(String... names) {
    seats.nextRound(ledger);
    List<Chair> chairs = seated(Arrays.asList(names));
    end(Effect.STATE, names);
    return chairs;
  }

  private List<Chair> seated(Iterable<String> names) {
    List<Chair> chairs = new ArrayList<>();
    for (String name : names) {
      chairs.add(seats.of(call(name), ledger));
    }
    return chairs;
  }

  private void end(Effect effect, String... names) {
    List<GroupChange> changes = new ArrayList<>();
    for (String name : names) {
      byte[] state = effect == Effect.STATE ? new byte[] {1} : null;
      changes.add(new GroupChange(key(name), effect, state, null, List.of()));
    }
    ledger.apply(new ShardChange(1, ++epoch, changes));
    seats.epochEnded(ledger);
  }

  private long seated(String... names) {
    return Arrays.stream(names).filter(name -> ledger.entry(key(name)).seat() != null).count();
  }

  private List<Object> seatsOfEntries() {
    List<Object> all = new ArrayList<>();
    ledger
        .groups()
        .values()
        .forEach(
            entry -> {
              if (entry.seat() != null) {
                all.add(entry.seat());
              }
            });
    return all;
  }

  private Chair make() {
    Chair chair = new Chair();
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
