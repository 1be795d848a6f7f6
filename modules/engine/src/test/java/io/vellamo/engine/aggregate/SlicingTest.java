package io.vellamo.engine.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import io.vellamo.api.window.TimeWindows;
import io.vellamo.api.window.Window;
import io.vellamo.engine.time.Millis;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The windows of an event, as the slices give them. */
final class SlicingTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "5|5|0|-1|-5",
        "5|5|0|0|0",
        "5|5|0|5|5",
        "12|5|2|-7|-18 -13 -8",
        "12|5|2|-1|-8 -3",
        "12|5|2|0|-8 -3",
        "12|5|2|3|-8 -3 2",
        "12|5|2|12|2 7 12",
        "5|5|-2|3|3"
      })
  void windowsOfATime_areThoseOfSpark(
      long width, long slide, long offset, long time, String starts) {
    assertThat(windows(slicing(width, slide, offset), time))
        .extracting(Object::toString)
        .containsExactly(starts.split(" "));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void windowsOfATime_areAllThatContainIt(long seed) {
    Random random = new Random(seed);
    for (int run = 0; run < 300; run++) {
      int width = 1 + random.nextInt(30);
      int slide = 1 + random.nextInt(width);
      int offset = random.nextInt(2 * slide - 1) - (slide - 1);
      Slicing slicing = slicing(width, slide, offset);
      long time = random.nextInt(200) - 100L;
      List<Long> expected = new ArrayList<>();
      for (long start = time - width + 1; start <= time; start++) {
        if (Math.floorMod(start - offset, slide) == 0) {
          expected.add(start);
        }
      }

      assertThat(windows(slicing, time))
          .as("%s, %s, seed %d", slicing, time, seed)
          .isEqualTo(expected);
      long slice = slicing.sliceStart(time);
      assertThat(slice).isBetween(time - slicing.slice() + 1, time);
      assertThat(slicing.lastEnd(slice)).isEqualTo(expected.get(expected.size() - 1) + width);
      long after = time + random.nextInt(40) - 20L;
      assertThat(slicing.firstWindowEndingAfter(after, slice))
          .as("%s, %s, after %s", slicing, time, after)
          .isEqualTo(firstEndingAfter(after, expected, slicing));
    }
  }

  /** If all windows of the slice end before, it is the first window of any slice. */
  private static long firstEndingAfter(long after, List<Long> starts, Slicing slicing) {
    long start = starts.get(0);
    while (start + slicing.width() <= after) {
      start += slicing.slide();
    }
    return start;
  }

  @ParameterizedTest
  @ValueSource(longs = {Millis.FIRST, Millis.FIRST + 1, 0, Millis.LAST - 1, Millis.LAST})
  void extremeTimes_haveWindows(long time) {
    for (long width : new long[] {1, 7, Duration.ofDays(365_000_000).toMillis()}) {
      long slide = Math.max(1, width / 3);
      Slicing slicing = slicing(width, slide, slide - 1);
      long slice = slicing.sliceStart(time);

      assertThat(slicing.firstWindow(slice))
          .isGreaterThan(slice - width)
          .isLessThanOrEqualTo(slice);
      assertThat(slicing.lastWindow(slice)).isGreaterThan(slice - slide).isLessThanOrEqualTo(slice);
      assertThat(slicing.lastEnd(slice)).isGreaterThan(slice).isLessThan(Millis.LAST);
      assertThat(slicing.firstWindowEndingAfter(Long.MIN_VALUE, slice))
          .isEqualTo(slicing.firstWindow(slice));
      assertThat(slicing.firstWindowEndingAfter(Long.MAX_VALUE, slice))
          .isGreaterThan(slicing.lastWindow(slice));
    }
  }

  @Test
  void slice_isTheGreatestCommonDivisor() {
    assertThat(slicing(12, 5, 2)).isEqualTo(new Slicing(12, 5, 1, 2));
    assertThat(slicing(60, 15, -5)).isEqualTo(new Slicing(60, 15, 15, 10));
    assertThat(slicing(60, 25, 0).slice()).isEqualTo(5);
  }

  private static List<Long> windows(Slicing slicing, long time) {
    long slice = slicing.sliceStart(time);
    List<Long> windows = new ArrayList<>();
    for (long start = slicing.firstWindow(slice);
        start <= slicing.lastWindow(slice);
        start += slicing.slide()) {
      windows.add(start);
    }
    return windows;
  }

  private static Slicing slicing(long width, long slide, long offset) {
    TimeWindows windows = Window.sliding(Duration.ofMillis(width), Duration.ofMillis(slide));
    return Slicing.of(windows.withOffset(Duration.ofMillis(offset)));
  }
}
