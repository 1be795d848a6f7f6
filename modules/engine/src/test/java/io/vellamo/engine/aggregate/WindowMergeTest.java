package io.vellamo.engine.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import io.vellamo.api.aggregate.Aggregator;
import io.vellamo.api.group.StateType;
import io.vellamo.api.internal.AggregationCode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Merged windows, compared with the slices of each window one by one. */
final class WindowMergeTest {
  private long merges;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void windows_areTheirSlicesInOrder(long seed) {
    Random random = new Random(seed);
    for (int run = 0; run < 100; run++) {
      int width = 1 + random.nextInt(12);
      int slide = 1 + random.nextInt(width);
      Map<Long, Object[]> slices = new HashMap<>();
      for (int slice = random.nextInt(20); slice > 0; slice--) {
        long start = random.nextInt(40);
        slices.put(start, new Object[] {text(start + " ")});
      }
      long[] starts = slices.keySet().stream().mapToLong(start -> start).sorted().toArray();
      WindowMerge merge = new WindowMerge(calls(), starts, slices::get);

      for (long window = -width; window < 45; window += slide) {
        if (random.nextInt(4) == 0) {
          continue;
        }
        Object[] merged = merge.merged(window, window + width);
        assertThat(merged == null ? "" : merged[0].toString())
            .as("[%d, %d) of %s, seed %d", window, window + width, slices.keySet(), seed)
            .isEqualTo(expected(starts, window, window + width));
      }
      // The buffers of slices are not changed.
      slices.forEach((start, buffers) -> assertThat(buffers[0]).hasToString(start + " "));
    }
  }

  @Test
  void cost_isAFewMergesForEachWindow_howeverManySlicesItHas() {
    int count = 10_000;
    int width = 1000;
    long[] starts = new long[count];
    for (int start = 0; start < count; start++) {
      starts[start] = start;
    }
    Object[] one = {text("")};
    WindowMerge merge = new WindowMerge(calls(), starts, start -> one);

    for (int window = 0; window < count; window++) {
      merge.merged(window, window + width);
    }

    assertThat(merges).isLessThan(7L * count);
  }

  private static StringBuilder text(String text) {
    return new StringBuilder(text);
  }

  private static String expected(long[] starts, long from, long to) {
    StringBuilder all = new StringBuilder();
    for (long start : starts) {
      if (start >= from && start < to) {
        all.append(start).append(' ');
      }
    }
    return all.toString();
  }

  private BufferCalls calls() {
    return new BufferCalls(
        new AggregationCode(Optional.empty(), List.of(new Texts()), (key, window, all) -> all));
  }

  /** Joins texts, in a mutable buffer. */
  private final class Texts implements Aggregator<Object, Object, Object> {
    @Override
    public Object zero() {
      return text("");
    }

    @Override
    public Object reduce(Object buffer, Object event) {
      return ((StringBuilder) buffer).append(event);
    }

    @Override
    public Object merge(Object left, Object right) {
      merges++;
      return ((StringBuilder) left).append((StringBuilder) right);
    }

    @Override
    public Object finish(Object buffer) {
      return buffer.toString();
    }

    @Override
    public StateType<Object> bufferType() {
      return StateType.of(Object.class);
    }
  }
}
