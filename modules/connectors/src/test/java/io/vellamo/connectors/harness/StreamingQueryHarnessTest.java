package io.vellamo.connectors.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vellamo.api.group.GroupState;
import io.vellamo.api.group.GroupStateTimeout;
import io.vellamo.api.query.OutputMode;
import io.vellamo.api.query.StreamingQueryException;
import io.vellamo.connectors.memory.MemorySink;
import io.vellamo.connectors.memory.MemorySource;
import io.vellamo.testkit.StreamingQueryHarness;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the driver of whole queries says when something is not as expected. */
final class StreamingQueryHarnessTest {
  record Count(String word, int count) {}

  private final MemorySource<String> words = MemorySource.create();
  private final MemorySink<Count> rows = MemorySink.create();

  // From start on.
  private StreamingQueryHarness<String, Count> query;

  @BeforeEach
  void start() {
    query =
        StreamingQueryHarness.start(
            events -> words.addTo(0, events),
            rows::rows,
            start ->
                start
                    .from(words)
                    .filter(word -> Integer.parseInt("0" + word.substring(1)) == 0)
                    .groupByKey(word -> word)
                    .flatMapGroupsWithState(
                        OutputMode.UPDATE,
                        GroupStateTimeout.NONE,
                        Integer.class,
                        StreamingQueryHarnessTest::count)
                    .to(rows));
  }

  @Test
  void rows_notAsExpected_messageShowsBoth() {
    query.add("a", "b");

    assertThatThrownBy(() -> query.expectRows(count("a", 1), count("a", 1)))
        .isInstanceOf(AssertionError.class)
        .hasMessage(
            "rows must be [Count[word=a, count=1], Count[word=a, count=1]] in any order, were"
                + " [Count[word=a, count=1], Count[word=b, count=1]]; missing [Count[word=a,"
                + " count=1]], unexpected [Count[word=b, count=1]]");
    query.expectNoRows();
  }

  @Test
  void numbers_notAsExpected_messageShowsBoth() {
    query.add("a", "b");

    assertThatThrownBy(() -> query.expectGroups(1))
        .hasMessage("number of groups must be [1], was [2]");
    assertThatThrownBy(() -> query.expectChanges(1, 0))
        .hasMessage("number of updated groups must be [1], was [2]");
    assertThatThrownBy(() -> query.expectChanges(2, 1))
        .hasMessage("number of removed groups must be [1], was [0]");
    assertThatThrownBy(() -> query.expectLate(3))
        .hasMessage("number of late events must be [3], was [0]");
  }

  @Test
  void changes_areCountedOnce_alsoOverARestart() {
    query.add("a").add("a").restart().add("b");

    query.expectChanges(3, 0).expectChanges(0, 0).drain().expectChanges(0, 0);
  }

  @Test
  void failure_thatWasNotExpected_isThrown() {
    assertThatThrownBy(() -> query.add("a", "ax")).isInstanceOf(StreamingQueryException.class);
  }

  @Test
  void failure_withAnotherMessage_messageShowsBoth() {
    assertThatThrownBy(() -> query.addFailing("another", "ax"))
        .isInstanceOf(AssertionError.class)
        .hasMessageStartingWith(
            "the query must fail because of a [java.lang.Throwable] whose message contains [another],"
                + " failed with [io.vellamo.api.query.StreamingQueryException: Query [under-test]"
                + " failed in epoch [1]: ");
  }

  @Test
  void clock_movesByAdvanceOnly() {
    query.add("a").advance(Duration.ofMinutes(1)).add("a");

    assertThat(query.query().recentProgress())
        .extracting(epoch -> epoch.timestamp())
        .containsExactly(Instant.EPOCH, Instant.EPOCH.plusSeconds(60));
    assertThat(query.clock().instant()).isEqualTo(Instant.EPOCH.plusSeconds(60));
  }

  private static Count count(String word, int count) {
    return new Count(word, count);
  }

  private static Iterator<Count> count(
      String word, Iterator<String> events, GroupState<Integer> state) {
    int count = state.optional().orElse(0);
    for (; events.hasNext(); events.next()) {
      count++;
    }
    state.update(count);
    return List.of(count(word, count)).iterator();
  }
}
