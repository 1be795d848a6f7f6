package io.vellamo.engine.protocol.query;

import static io.vellamo.engine.group.TestCodecs.key;
import static org.assertj.core.api.Assertions.assertThat;

import io.vellamo.api.query.HotKeys.HotKey;
import io.vellamo.engine.group.GroupKey;
import io.vellamo.engine.group.TestCodecs;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The groups with the largest amounts of two periods. */
final class HotGroupsTest {
  private final HotGroups groups = new HotGroups(100);

  @Test
  void largest_areThoseOfThisPeriodAndTheOneBefore() {
    add("old", 900);
    groups.nextPeriod();
    add("a", 30);
    add("b", 50);
    groups.nextPeriod();
    add("a", 40);
    add("c", 10);

    assertThat(largest(2))
        .containsExactly(new HotKey("a", 70, 0, 70 / 130.0), new HotKey("b", 50, 0, 50 / 130.0));
    assertThat(largest(9)).extracting(HotKey::key).containsExactly("a", "b", "c");
  }

  @Test
  void nothing_hasNoLargest() {
    assertThat(largest(9)).isEmpty();
  }

  private void add(String text, long amount) {
    groups.addTotal(amount);
    groups.add(key(text), amount);
  }

  private List<HotKey> largest(int most) {
    return groups.largest(most, HotGroupsTest::text, 1);
  }

  private static String text(GroupKey key) {
    return String.valueOf(TestCodecs.KEYS.read(key));
  }
}
