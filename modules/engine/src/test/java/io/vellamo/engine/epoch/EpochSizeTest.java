package io.vellamo.engine.epoch;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class EpochSizeTest {
  private static final long LARGEST = 100_000;

  private final EpochSize size = EpochSize.upTo(LARGEST, 1);

  @Test
  void fullAndShortEpochs_growTheSize_upToTheLargest() {
    assertThat(size.most()).isEqualTo(10_000);
    size.ran(10_000, 10_000, 20);
    assertThat(size.most()).isEqualTo(20_000);
    for (int i = 0; i < 10; i++) {
      size.ran(size.most(), size.most(), 499);
    }

    assertThat(size.most()).isEqualTo(LARGEST);
  }

  @Test
  void epochThatIsNotFull_growsNothing() {
    size.ran(9_999, 10_000, 1);

    assertThat(size.most()).isEqualTo(10_000);
  }

  @Test
  void epochsOfHalfASecondToASecond_keepTheSize() {
    size.ran(10_000, 10_000, 500);
    size.ran(10_000, 10_000, 1_000);

    assertThat(size.most()).isEqualTo(10_000);
  }

  @Test
  void longEpoch_shrinksTheSizeToWhatASecondTakes_butNotToNothing() {
    size.ran(10_000, 10_000, 4_000);
    assertThat(size.most()).isEqualTo(2_500);
    size.ran(2_500, 2_500, 1_000_000);
    assertThat(size.most()).isEqualTo(1_000);
  }

  @Test
  void longEpoch_withoutManyEvents_shrinksTheSizeToo_andNeverGrowsIt() {
    size.ran(10, 10_000, 1_001);
    assertThat(size.most()).isEqualTo(1_000);
    size.ran(1_000_000, 10_000, 1_001);
    assertThat(size.most()).isEqualTo(1_000);
  }

  /** An epoch that was planned ahead was planned with the size before. */
  @Test
  void epochPlannedBeforeTheSizeGrew_countsAsFullByTheSizeOfThen() {
    size.ran(10_000, 10_000, 20);
    size.ran(10_000, 10_000, 20);
    assertThat(size.most()).isEqualTo(20_000);
    size.ran(20_000, 20_000, 20);

    assertThat(size.most()).isEqualTo(40_000);
  }

  @Test
  void epoch_isFull_ifOneOfSeveralSourcesGaveItsShare() {
    EpochSize shared = EpochSize.upTo(LARGEST, 2);

    assertThat(shared.isFull(4_999, 10_000)).isFalse();
    assertThat(shared.isFull(5_000, 10_000)).isTrue();
    assertThat(EpochSize.fixed(1, 2).isFull(0, 1)).isFalse();
  }

  @Test
  void largestBelowTheFirst_isTheFirst() {
    EpochSize small = EpochSize.upTo(300, 1);
    small.ran(300, 300, 60_000);

    assertThat(small.most()).isEqualTo(300);
  }

  @Test
  void fixedSize_staysWhateverTimeEpochsTake() {
    EpochSize fixed = EpochSize.fixed(7, 1);
    fixed.ran(7, 7, 1);
    fixed.ran(7, 7, 60_000);

    assertThat(fixed.most()).isEqualTo(7);
  }
}
