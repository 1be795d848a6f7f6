package io.vellamo.connectors.aggregate;

import static io.vellamo.connectors.aggregate.AggregationRun.at;
import static io.vellamo.connectors.aggregate.AggregationRun.seconds;
import static io.vellamo.connectors.aggregate.AggregationRun.start;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.vellamo.api.EventStream;
import io.vellamo.api.aggregate.Aggregates;
import io.vellamo.api.query.ErrorPolicy;
import io.vellamo.api.window.Window;
import io.vellamo.testkit.StreamingQueryHarness;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Queries whose events are reduced before they reach their groups. */
final class ReducedEventsTest {
  private final Set<Long> bad = new TreeSet<>();
  private ErrorPolicy policy = ErrorPolicy.fail();

  @Test
  void eventsOfAnEpoch_areCountedOneByOne() {
    StreamingQueryHarness<Reading, String> query = query();

    query.add(at(1, 2, 3, 2, 1));

    assertThat(query.query().recentProgress())
        .extracting(epoch -> epoch.events().processed(), epoch -> epoch.operators().get(0).input())
        .contains(tuple(5L, 5L));
    query.add(at(10)).expectRows("a[0,10)=5");
  }

  @Test
  void failure_runsTheEpochAgain_withTheSameResult() {
    StreamingQueryHarness<Reading, String> query = query();
    bad.add(3L);

    query.addFailing("3 is bad", at(1, 2, 3));

    bad.clear();
    query.restart().add(at(10)).expectRows("a[0,10)=3");
  }

  @Test
  void groupsParkedByAnEarlierRun_keepTheirEvents() {
    policy = ErrorPolicy.park();
    StreamingQueryHarness<Reading, String> query = query();
    bad.add(2L);
    query.add(at(2)).expectNoRows();

    policy = ErrorPolicy.fail();
    bad.clear();
    query.restart().add(at(3, 4, 5)).add(Reading.at("b", 6)).expectNoRows();
    query.query().redrive("a");

    query.drain().add(at(10)).expectRows("a[0,10)=4", "b[0,10)=1");
  }

  private StreamingQueryHarness<Reading, String> query() {
    return start(this::counted, builder -> builder.onError(policy));
  }

  private EventStream<String> counted(EventStream<Reading> readings) {
    return readings
        .withWatermark(Reading::time, seconds(0))
        .groupBy(Reading::key, Window.tumbling(seconds(10)))
        .aggregate(Aggregates.countIf(this::isGood), AggregationRun::row);
  }

  private boolean isGood(Reading reading) {
    if (bad.contains(reading.second())) {
      throw new IllegalStateException(reading.second() + " is bad");
    }
    return true;
  }
}
