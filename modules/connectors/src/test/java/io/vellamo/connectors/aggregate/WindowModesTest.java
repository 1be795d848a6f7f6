package io.vellamo.connectors.aggregate;

import static io.vellamo.connectors.aggregate.AggregationRun.counting;
import static io.vellamo.connectors.aggregate.AggregationRun.seconds;

import io.vellamo.api.query.OutputMode;
import io.vellamo.api.window.Window;
import io.vellamo.testkit.StreamingQueryHarness;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rows of windows in each mode, and the epochs that emit them. */
final class WindowModesTest {
  @Test
  void append_emitsAWindowOnceTheWatermarkHasReachedItsEnd() {
    StreamingQueryHarness<Reading, String> query =
        counting(10, Window.tumbling(seconds(5)), OutputMode.APPEND);
    query.add(Reading.at(10), Reading.at(11), Reading.at(15));
    query.expectNoRows();
    query.add(Reading.at(25));
    query.expectRows("a[10,15)=2");
    query.add(Reading.at(10));
    query.expectNoRows();
  }

  @Test
  void update_emitsTheWindowsThatChanged() {
    StreamingQueryHarness<Reading, String> query =
        counting(10, Window.tumbling(seconds(5)), OutputMode.UPDATE);
    query.add(Reading.at(10), Reading.at(11), Reading.at(15));
    query.expectRows("a[10,15)=2", "a[15,20)=1");
    query.add(Reading.at(25));
    query.expectRows("a[25,30)=1");
  }

  @Test
  void sessions_mergeAndEndOnceTheWatermarkHasPassedTheirEnd() {
    StreamingQueryHarness<Reading, String> query =
        counting(0, Window.session(seconds(10)), OutputMode.APPEND);
    query.add(Reading.at(100), Reading.at(115), Reading.at(108));
    query.add(Reading.at(125));
    query.expectNoRows();
    query.add(Reading.at(136));
    query.expectRows("a[100,135)=4");
  }

  @ParameterizedTest
  @CsvSource({"5,5,0", "12,5,2", "60,1,0", "10,4,-3", "7,7,3"})
  void slidingWindows_equalTheSumOverAllWindows(long width, long slide, long offset) {
    var windows = Window.sliding(seconds(width), seconds(slide)).withOffset(seconds(offset));
    StreamingQueryHarness<Reading, String> query = counting(30, windows, OutputMode.APPEND);
    Random random = new Random(width * 31 + slide);
    TreeMap<String, Integer> expected = new TreeMap<>();
    List<Reading> batch = new ArrayList<>();
    for (int event = 0; event < 400; event++) {
      long second = -300L + event + random.nextInt(30);
      String key = "k" + random.nextInt(3);
      batch.add(Reading.at(key, second));
      for (long start = Math.floorDiv(second - width, slide) * slide - 2 * slide + offset;
          start <= second;
          start += slide) {
        if (start <= second && second < start + width) {
          expected.merge(key + "[" + start + "," + (start + width) + ")", 1, Integer::sum);
        }
      }
      if (random.nextInt(20) == 0) {
        query.add(batch.toArray(new Reading[0]));
        batch.clear();
      }
    }
    batch.add(Reading.at("end", 100_000));
    query.add(batch.toArray(new Reading[0]));
    query.expectRows(
        expected.entrySet().stream()
            .map(each -> each.getKey() + "=" + each.getValue())
            .toArray(String[]::new));
  }
}
