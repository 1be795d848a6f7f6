package io.vellamo.engine.epoch;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.vellamo.api.source.OffsetRange;
import io.vellamo.api.source.SourcePartition;
import io.vellamo.engine.time.EpochTimes;
import io.vellamo.engine.time.Watermark;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class EpochSharesTest {
  private static final List<String> NODES = List.of("n1", "n2", "n3");

  @Test
  void ranges_areDividedAmongTheNodes_inTheirOrder() {
    SortedMap<String, EpochShare> shares = EpochShares.divide(plan(60), NODES);

    assertThat(shares).containsOnlyKeys(NODES);
    assertThat(shares.values()).allSatisfy(share -> assertThat(share.size()).isBetween(10, 30));
    assertThat(shares.values().stream().flatMap(share -> share.ranges().stream()))
        .containsExactlyInAnyOrderElementsOf(IntStream.range(0, 60).boxed().toList());
  }

  @Test
  void division_isTheSameOnAllMachines() {
    assertThat(EpochShares.divide(plan(6), NODES).values())
        .extracting(EpochShare::ranges)
        .containsExactly(List.of(4), List.of(5), List.of(0, 1, 2, 3));
  }

  @Test
  void division_doesNotDependOnTheOrderOfTheNodes() {
    assertThat(EpochShares.divide(plan(9), List.of("n3", "n1", "n2")))
        .isEqualTo(EpochShares.divide(plan(9), NODES));
  }

  @Test
  void nodeThatGoes_leavesThePartitionsOfTheOthersAlone() {
    SortedMap<String, EpochShare> before = EpochShares.divide(plan(60), NODES);

    SortedMap<String, EpochShare> after = EpochShares.divide(plan(60), List.of("n1", "n3"));

    assertThat(ranges(after, "n1")).containsAll(ranges(before, "n1"));
    assertThat(ranges(after, "n3")).containsAll(ranges(before, "n3"));
  }

  @Test
  void partition_staysWithItsNode_whicheverOthersAreRead() {
    EpochPlan few = new EpochPlan(plan(60).ranges().subList(20, 30), plan(60).times());

    EpochShares.divide(few, NODES)
        .forEach(
            (node, share) ->
                assertThat(ranges(EpochShares.divide(plan(60), NODES), node))
                    .containsAll(share.ranges().stream().map(range -> range + 20).toList()));
  }

  @Test
  void epochWithoutRanges_hasNoShares() {
    assertThat(EpochShares.divide(plan(0), NODES)).isEmpty();
  }

  @Test
  void noNodes_areRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> EpochShares.divide(plan(1), List.of()))
        .withMessage("nodes must not be empty to read epoch [7]; wait for a reader");
  }

  @Test
  void share_hasRangesInRisingOrder() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new EpochShare(plan(3), List.of(2, 1)))
        .withMessage("ranges of epoch [7] must rise, were [2, 1]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new EpochShare(plan(3), List.of()))
        .withMessage("ranges of epoch [7] must not be empty; an epoch without data is not read");
    assertThat(EpochShare.whole(plan(3)).ranges()).containsExactly(0, 1, 2);
    assertThat(new EpochShare(plan(3), List.of(0, 2)).range(1)).isEqualTo(plan(3).ranges().get(2));
  }

  private static List<Integer> ranges(SortedMap<String, EpochShare> shares, String node) {
    return requireNonNull(shares.get(node)).ranges();
  }

  private static EpochPlan plan(int partitions) {
    List<OffsetRange> ranges = new ArrayList<>();
    for (int i = 0; i < partitions; i++) {
      ranges.add(new OffsetRange(new SourcePartition("topic-" + i), 0, 100));
    }
    return new EpochPlan(ranges, new EpochTimes(7, 0, Watermark.NONE, Watermark.NONE));
  }
}
