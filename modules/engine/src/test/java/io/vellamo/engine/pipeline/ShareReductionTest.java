package io.vellamo.engine.pipeline;

import static io.vellamo.engine.pipeline.Plans.query;
import static org.assertj.core.api.Assertions.assertThat;

import io.vellamo.api.aggregate.Aggregator;
import io.vellamo.api.group.StateType;
import io.vellamo.api.internal.AggregationCode;
import io.vellamo.api.internal.Stage;
import io.vellamo.api.query.ErrorPolicy;
import io.vellamo.engine.aggregate.PartialResult;
import io.vellamo.engine.epoch.EpochPlan;
import io.vellamo.engine.group.EventCopies;
import io.vellamo.engine.group.ShardEvents;
import io.vellamo.engine.group.TestCodecs;
import io.vellamo.engine.time.Watermark;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Events of aggregations that are reduced in several places. */
final class ShareReductionTest {
  private static final EpochPlan PLAN = Plans.epoch(Watermark.NONE, "p0", "p1", "p2");

  // The buffers of partial results, of which each but the last of a result was added to.
  private final List<String> buffers = new ArrayList<>();

  @Test
  void division_ofTheRanges_doesNotChangeThePartialResults() {
    ShardEvents together = route(0, 1, 2);
    List<String> buffersTogether = takeBuffers();

    ShardEvents apart = ShardEvents.merge(List.of(route(1), route(0, 2)));

    assertThat(takeBuffers()).containsExactlyInAnyOrderElementsOf(buffersTogether);
    assertThat(apart.events())
        .hasSameSizeAs(together.events())
        .hasSize(3)
        .hasOnlyElementsOfType(PartialResult.class);
    assertThat(apart.sizeBeforeReduction()).isEqualTo(together.sizeBeforeReduction()).isEqualTo(6);
  }

  @Test
  void partialResults_areOfOneRange() {
    route(0, 1, 2);

    assertThat(takeBuffers()).contains("+0a+0b", "+1a+1b", "+2a+2b");
  }

  private List<String> takeBuffers() {
    List<String> taken = List.copyOf(buffers);
    buffers.clear();
    return taken;
  }

  /** Routes two events of one group from each range. */
  private ShardEvents route(int... ranges) {
    Aggregator<Object, String, String> texts = new Texts();
    @SuppressWarnings("unchecked") // it takes any events
    Aggregator<Object, Object, ?> any = (Aggregator<Object, Object, ?>) (Aggregator<?, ?, ?>) texts;
    AggregationCode code =
        new AggregationCode(Optional.empty(), List.of(any), (key, window, results) -> "row");
    Stage.Group group = new Stage.Group(event -> "a", Optional.empty(), code.operator(false), code);
    EpochRouter router =
        new EpochRouter(
            query(group),
            List.of(TestCodecs.KEYS),
            1,
            PLAN,
            ErrorPolicy.fail(),
            EventCopies.NONE,
            false);
    List<RangeOutput> outputs = new ArrayList<>();
    for (int range : ranges) {
      router.event(range + "a", range, 0);
      router.event(range + "b", range, 1);
      outputs.add(router.endRange(range));
    }
    assertThat(outputs).allSatisfy(output -> assertThat(output.isEmpty()).isTrue());
    RoutedShare share = router.finish(Arrays.stream(ranges).boxed().toList(), List.of());
    return Objects.requireNonNull(share.shards().get(0));
  }

  private final class Texts implements Aggregator<Object, String, String> {
    @Override
    public String zero() {
      return "";
    }

    @Override
    public String reduce(String buffer, Object event) {
      String after = buffer + "+" + event;
      buffers.add(after);
      return after;
    }

    @Override
    public String merge(String left, String right) {
      return left + right;
    }

    @Override
    public String finish(String buffer) {
      return buffer;
    }

    @Override
    public StateType<String> bufferType() {
      return StateType.of(String.class);
    }
  }
}
