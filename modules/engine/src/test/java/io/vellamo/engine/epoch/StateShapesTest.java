package io.vellamo.engine.epoch;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class StateShapesTest {
  @Test
  void queryWithoutState_hasNothingToRead() {
    assertThat(StateShapes.NONE.resumed("").areUnproven()).isFalse();
  }

  @Test
  void firstRun_isUnproven_untilItsFirstEpoch() {
    StateShapes first = StateShapes.NONE.resumed("a");

    assertThat(first.areUnproven()).isTrue();
    assertThat(first.epochReached().areUnproven()).isFalse();
  }

  @Test
  void sameShape_onceProven_isReadNoMore() {
    StateShapes proven = StateShapes.NONE.resumed("a").epochReached();

    assertThat(proven.resumed("a").areUnproven()).isFalse();
    assertThat(proven.resumed("a").resumed("a").areUnproven()).isFalse();
  }

  @Test
  void otherShape_isUnproven() {
    StateShapes proven = StateShapes.NONE.resumed("a").epochReached();

    assertThat(proven.resumed("b").areUnproven()).isTrue();
  }

  @Test
  void runWithoutEpoch_provesNothing() {
    StateShapes refused = StateShapes.NONE.resumed("a").epochReached().resumed("b");

    assertThat(refused.resumed("b").areUnproven()).isTrue();
    assertThat(refused.resumed("a").areUnproven()).isFalse();
  }

  @Test
  void wayBack_afterAnEpochOfAnotherShape_isUnproven() {
    StateShapes changed = StateShapes.NONE.resumed("a").epochReached().resumed("b").epochReached();

    assertThat(changed.resumed("a").areUnproven()).isTrue();
  }
}
