package io.vellamo.engine.shard;

import static io.vellamo.engine.group.TestCodecs.key;
import static org.assertj.core.api.Assertions.assertThat;

import io.vellamo.engine.group.GroupChange;
import io.vellamo.engine.group.GroupChange.Effect;
import io.vellamo.engine.group.TestCodecs;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class EpochEffectsTest {
  private static final ShardChange NOTHING = new ShardChange(1, 2, List.of());
  private static final ShardChange CHANGE =
      new ShardChange(
          1, 2, List.of(new GroupChange(key("a"), Effect.REMOVED, null, null, List.of())));
  private static final ShardInputs INPUTS = new ShardInputs(1, 2, List.of());
  private static final ShardDeadLetters LETTERS =
      new ShardDeadLetters(
          1, 2, List.of(new GroupDeadLetter(key("a"), null, "E", "message", null)));
  private static final ShardParks PARKS =
      new ShardParks(1, 2, List.of(new ParkChange.Unparked(key("a"))));

  @Test
  void effects_areNothing_onlyIfNothingIsToBeRemembered() {
    assertThat(new EpochEffects(NOTHING, null, null, null).isNothing()).isTrue();
    assertThat(new EpochEffects(CHANGE, null, null, null).isNothing()).isFalse();
    assertThat(new EpochEffects(NOTHING, INPUTS, null, null).isNothing()).isFalse();
    assertThat(new EpochEffects(NOTHING, null, LETTERS, null).isNothing()).isFalse();
    assertThat(new EpochEffects(NOTHING, null, null, PARKS).isNothing()).isFalse();
  }

  @Test
  void size_isThatOfAllChanges_withoutInputs() {
    assertThat(new EpochEffects(CHANGE, INPUTS, LETTERS, PARKS).size())
        .isEqualTo(CHANGE.size() + LETTERS.size() + PARKS.size());
    assertThat(new EpochEffects(CHANGE, null, null, null).size()).isEqualTo(CHANGE.size());
  }

  @Test
  void parks_areSplit_andTheirPartsPutTogetherAreTheSame() {
    List<ParkedEvent> events =
        IntStream.range(0, 10)
            .mapToObj(
                i ->
                    new ParkedEvent(
                        new EventOrigin(2, i % 2 == 0 ? "p" : null, i),
                        TestCodecs.ROWS.write("event " + i)))
            .toList();
    ParkChange.Parked parked = new ParkChange.Parked(key("a"), 2, "E", null, null);
    ShardParks all =
        new ShardParks(
            1,
            2,
            List.of(parked, new ParkChange.Waiting(key("a"), 0, events), PARKS.changes().get(0)));

    List<ShardParks> parts = all.split(60);

    assertThat(parts).hasSizeGreaterThan(3).allMatch(part -> part.size() <= 60);
    ParkedGroups whole = new ParkedGroups();
    parts.stream()
        .flatMap(part -> part.changes().stream())
        .filter(change -> !(change instanceof ParkChange.Unparked))
        .forEach(whole::apply);
    assertThat(whole.all().get(0).events()).isEqualTo(events);
    assertThat(whole.events()).isEqualTo(10);
    assertThat(whole.bytes()).isPositive();
  }

  @Test
  void waitingEvents_ofAGroupThatIsNotKnown_comeWithTheSnapshot() {
    ParkedGroups groups = new ParkedGroups();

    groups.apply(new ParkChange.Waiting(key("a"), 0, List.of()));
    groups.apply(new ParkChange.Unparked(key("a")));
    groups.request(key("a"), new ParkRequest(ParkRequest.Kind.RELEASE, 1));

    assertThat(groups.size()).isZero();
    assertThat(groups.hasRequests()).isFalse();
    assertThat(groups.bytes()).isZero();
  }
}
