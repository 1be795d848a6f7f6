package io.vellamo.api.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class StateTypeTest {
  record Visit(int clicks) {}

  private final StateType<Visit> visits = StateType.of(Visit.class);

  @Test
  void type_withoutMigrations_isVersion1() {
    assertThat(visits.stateClass()).isEqualTo(Visit.class);
    assertThat(visits.version()).isEqualTo(1);
    assertThat(visits.oldestVersion()).isEqualTo(1);
    assertThat(visits.steps()).isEmpty();
  }

  @Test
  void type_withMigrations_isTheVersionBehindTheLast() {
    StateType<Visit> third =
        visits.migration(1, state -> state).migration(2, Number.class, clicks -> clicks);

    assertThat(third.version()).isEqualTo(3);
    assertThat(third.oldestVersion()).isEqualTo(1);
    assertThat(third.steps()).extracting(StateType.Step::from).containsExactly(1, 2);
    assertThat(third)
        .hasToString(
            "StateType[io.vellamo.api.group.StateTypeTest$Visit, version 3, reads from 1]");
  }

  @Test
  void migration_leavesTheTypeItIsAddedTo() {
    StateType<Visit> second = visits.migration(1, state -> state);

    assertThat(visits.version()).isEqualTo(1);
    assertThat(second.migration(2, state -> state).version()).isEqualTo(3);
    assertThat(second.version()).isEqualTo(2);
  }

  @Test
  void chain_mayBeginAbove1() {
    StateType<Visit> fifth = visits.migration(4, state -> state);

    assertThat(fifth.oldestVersion()).isEqualTo(4);
    assertThat(fifth.version()).isEqualTo(5);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 4, 6})
  void migration_afterAGapOrAgain_isRefused(int from) {
    StateType<Visit> fifth = visits.migration(4, state -> state);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> fifth.migration(from, state -> state))
        .withMessage(
            "from must be [5], the version that the migration before ends at, was [%d]; register a"
                + " migration for each version, in order",
            from);
  }

  @ParameterizedTest
  @ValueSource(ints = {Integer.MIN_VALUE, 0, 65_535})
  void migration_fromOutOfRange_isRefused(int from) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> visits.migration(from, state -> state))
        .withMessage("from must be from 1 to 65534, was [%d]", from);
  }

  @Test
  void migration_beyondTheLastVersion_isRefused() {
    StateType<Visit> last = visits.migration(65_534, state -> state);

    assertThat(last.version()).isEqualTo(65_535);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> last.migration(65_535, state -> state))
        .withMessage("from must be from 1 to 65534, was [65535]");
  }

  @Test
  void form_thatIsPrimitive_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> visits.migration(1, int.class, clicks -> clicks))
        .withMessage("form must not be a primitive, was [int]; use Number, Boolean or String");
  }

  @Test
  void step_migratesItsForm() throws Exception {
    StateType.Step<?> step =
        visits.migration(1, Integer.class, clicks -> Map.of("clicks", clicks)).steps().get(0);

    assertThat(step.migrate(7)).isEqualTo(Map.of("clicks", 7));
    assertThatExceptionOfType(ClassCastException.class).isThrownBy(() -> step.migrate("7"));
  }

  @Test
  void step_ofObjects_takesAnyMap() throws Exception {
    StateType.Step<?> step =
        visits
            .migration(
                1,
                state -> {
                  state.put("clicks", 0);
                  return state;
                })
            .steps()
            .get(0);

    assertThat(step.migrate(new TreeMap<>())).isEqualTo(Map.of("clicks", 0));
    assertThatExceptionOfType(ClassCastException.class).isThrownBy(() -> step.migrate(7));
  }

  @Test
  @SuppressWarnings("NullAway") // what callers without it may do
  void nulls_areRefusedByName() {
    assertThatNullPointerException()
        .isThrownBy(() -> StateType.of((Class<String>) null))
        .withMessage("stateClass");
    assertThatNullPointerException()
        .isThrownBy(() -> visits.migration(1, null))
        .withMessage("migration");
    assertThatNullPointerException()
        .isThrownBy(() -> visits.migration(1, null, state -> state))
        .withMessage("form");
  }
}
