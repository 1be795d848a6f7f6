package io.vellamo.samples.guide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.dynatrace.hash4j.distinctcount.HyperLogLog;
import com.dynatrace.hash4j.hashing.Hasher64;
import com.dynatrace.hash4j.hashing.Hashing;
import io.vellamo.api.aggregate.Aggregate;
import io.vellamo.api.aggregate.Aggregator;
import io.vellamo.api.group.StateSerializer;
import io.vellamo.api.group.StateType;
import io.vellamo.sketches.Sketches;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The aggregates of the guide's page about sketches. */
final class PageViewsTest {
  record PageView(String user, String page, long millis) {}

  static final class DistinctVisits implements Aggregator<PageView, HyperLogLog, Long> {
    private static final Hasher64 HASHER = Hashing.komihash5_0();

    @Override
    public HyperLogLog zero() {
      return HyperLogLog.create(12);
    }

    @Override
    public HyperLogLog reduce(HyperLogLog sketch, PageView view) {
      long user = HASHER.hashCharsToLong(view.user());
      long page = HASHER.hashCharsToLong(view.page());
      return sketch.add(HASHER.hashLongLongToLong(user, page));
    }

    @Override
    public HyperLogLog merge(HyperLogLog left, HyperLogLog right) {
      return left.add(right);
    }

    @Override
    public Long finish(HyperLogLog sketch) {
      return Math.round(sketch.getDistinctCountEstimate());
    }

    @Override
    public StateType<HyperLogLog> bufferType() {
      return StateType.of(HyperLogLog.class).codec(new HyperLogLogBytes());
    }
  }

  static final class HyperLogLogBytes implements StateSerializer<HyperLogLog> {
    @Override
    public byte[] write(HyperLogLog sketch) {
      return sketch.getState().clone();
    }

    @Override
    public HyperLogLog read(byte[] bytes, int version) {
      return HyperLogLog.wrap(bytes.clone());
    }
  }

  private static final List<PageView> VIEWS =
      IntStream.range(0, 3_000)
          .mapToObj(i -> new PageView("user " + i % 300, "page " + i % 7, i % 100))
          .toList();

  @Test
  void sketches_ofPageViews_areWithinTheirErrors() {
    var users = Sketches.approxCountDistinct(PageView::user);
    var exactly = Sketches.approxCountDistinct(PageView::user, 16);
    var time = Sketches.percentiles(PageView::millis);
    var median = time.at(0.5);
    var slowest = time.at(0.99);

    assertThat((double) result(users)).isCloseTo(300, within(12.0));
    assertThat((double) result(exactly)).isCloseTo(300, within(4.0));
    assertThat(result(median)).isCloseTo(49, within(2.0));
    assertThat(result(slowest)).isCloseTo(98, within(1.0));
  }

  @Test
  void ownSketch_countsPairs_alsoAfterMergeAndRecovery() throws Exception {
    var visits = Aggregate.of("visits", new DistinctVisits());

    DistinctVisits aggregator = new DistinctVisits();
    HyperLogLog left = aggregator.zero();
    HyperLogLog right = aggregator.zero();
    for (PageView view : VIEWS) {
      left = aggregator.reduce(left, view);
      right = aggregator.reduce(right, new PageView("late " + view.user(), view.page(), 0));
    }
    HyperLogLogBytes form = new HyperLogLogBytes();
    HyperLogLog merged = aggregator.merge(form.read(form.write(left), 1), right);

    assertThat((double) result(visits)).isCloseTo(2_100, within(110.0));
    assertThat((double) aggregator.finish(merged)).isCloseTo(4_200, within(210.0));
  }

  private static <R> R result(Aggregate<PageView, R> aggregate) {
    Object buffer = aggregate.aggregator().zero();
    for (PageView view : VIEWS) {
      buffer = aggregate.aggregator().reduce(buffer, view);
    }
    return aggregate.finish(buffer);
  }
}
