package io.vellamo.cluster.read;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class HeldSharesTest {
  private static final HeldShare READ = new HeldShare(List.of(new byte[1]), Map.of());

  private final HeldShares shares = new HeldShares();

  private static ShareId share(long incarnation, long epoch, long attempt, int range) {
    return new ShareId(new AttemptId(incarnation, epoch, attempt), List.of(range));
  }

  @Test
  void share_isKnownByItsNumber_onceItHasBeenRead() {
    ShareId share = share(1, 5, 1, 0);
    shares.begin(share);
    long number = shares.get(share).number();

    assertThat(shares.numbered(number)).isNull();
    shares.keep(share, READ);
    assertThat(shares.numbered(number)).isSameAs(READ);
  }

  @Test
  void sharesOfOneAttempt_areHeldTogether() {
    shares.begin(share(1, 5, 1, 0));
    shares.begin(share(1, 5, 1, 1));

    assertThat(shares.get(share(1, 5, 1, 0))).isNotNull();
  }

  @Test
  void epochThatRuns_isHeldWhileTheNextIsReadAhead_andNotLonger() {
    shares.begin(share(1, 5, 1, 0));
    shares.begin(share(1, 6, 2, 0));
    assertThat(shares.get(share(1, 5, 1, 0))).isNotNull();

    shares.begin(share(1, 7, 3, 0));
    assertThat(shares.get(share(1, 5, 1, 0))).isNull();
  }

  @Test
  void earlierAttempt_orRun_isForgotten() {
    shares.begin(share(1, 5, 1, 0));
    shares.begin(share(1, 5, 2, 0));
    assertThat(shares.get(share(1, 5, 1, 0))).isNull();

    shares.begin(share(2, 5, 1, 0));
    assertThat(shares.get(share(1, 5, 2, 0))).isNull();
  }

  @Test
  void shareThatWasForgotten_isNotKept() {
    ShareId share = share(1, 5, 1, 0);
    shares.begin(share);
    shares.discard(share.attempt());

    assertThat(shares.keep(share, READ)).isNull();
    assertThat(shares.get(share)).isNull();
  }
}
