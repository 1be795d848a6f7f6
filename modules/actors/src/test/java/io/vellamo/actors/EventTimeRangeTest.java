package io.vellamo.actors;

import io.vellamo.api.EventStream;
import io.vellamo.api.QueryBuilder;
import io.vellamo.api.group.GroupStateTimeout;
import io.vellamo.api.query.OutputMode;
import io.vellamo.connectors.memory.MemorySink;
import io.vellamo.connectors.memory.MemorySource;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Event times before 1970, between two milliseconds, and beyond what milliseconds can count. */
final class EventTimeRangeTest {
  record Reading(String key, @Nullable Instant time) {
    Instant known() {
      return Objects.requireNonNull(time);
    }
  }

  private static final Instant Y1900 = Instant.parse("1900-01-01T00:00:00Z");

  private final TestSystem system = TestSystem.start();
  private final MemorySource<Reading> readings = MemorySource.create();
  private final MemorySink<String> rows = MemorySink.create();

  @AfterEach
  void stop() {
    system.close();
  }

  @Test
  void timeouts_before1970_fire() {
    start(EventTimeRangeTest::timedOut)
        .add(at("a", Y1900))
        .expectRows("a seen")
        .add(at("b", Y1900.plusSeconds(30)))
        .expectRows("b seen", "a at 1900-01-01T00:00:20Z")
        .restart()
        .add(at("b", Y1900.plusSeconds(5)))
        .expectNoRows()
        .expectLate(1)
        .add(at("c", Y1900.plusSeconds(90)))
        .expectRows("c seen", "b at 1900-01-01T00:01:20Z")
        .close();
  }

  @Test
  void timeouts_ofTimesBeyondAllMilliseconds_work() {
    start(EventTimeRangeTest::timedOut)
        .add(at("a", Instant.MIN))
        .expectRows("a seen")
        .add(at("b", Instant.MAX))
        .expectRows("b seen", "a at +292278994-08-17T07:12:45.806Z")
        .restart()
        .add(at("c", Instant.MAX))
        .expectRows("c seen")
        .close();
  }

  @Test
  void dropDuplicatesWithEventTime_comparesNanoseconds_throughTwoOperatorsAndARestart() {
    Instant time = Y1900.plusNanos(1);
    start(
            stream ->
                stream
                    .dropDuplicatesWithEventTime(Reading::key)
                    .named("keys")
                    .dropDuplicatesWithEventTime(reading -> "all")
                    .named("all")
                    .map(
                        reading ->
                            reading.key() + Duration.between(Y1900, reading.known()).toNanos()))
        .add(at("a", time), at("a", time.plusNanos(1)), at("a", time), at("b", time))
        .expectRows("a1", "a2")
        .restart()
        .add(at("a", time), at("a", time.plusNanos(2)))
        .expectRows("a3")
        .close();
  }

  @Test
  void dropDuplicatesWithinWatermark_withoutTime_isForgotten() {
    Instant now = Instant.parse("2026-01-01T00:00:00Z");
    start(
            stream ->
                stream.dropDuplicatesWithinWatermark(Reading::key).map(reading -> reading.key()))
        .add(at("a", null), at("a", null))
        .expectRows("a")
        .expectGroups(1)
        .add(at("b", now))
        .expectRows("b")
        .expectGroups(1)
        .close();
  }

  private static EventStream<String> timedOut(EventStream<Reading> stream) {
    return stream
        .groupByKey(Reading::key)
        .flatMapGroupsWithState(
            OutputMode.APPEND,
            GroupStateTimeout.EVENT_TIME,
            Integer.class,
            (key, events, state) -> {
              if (state.hasTimedOut()) {
                return List.of(key + " at " + state.currentWatermark()).iterator();
              }
              Instant time = events.next().known();
              boolean isLast = time.equals(Instant.MAX);
              if (!isLast && !time.equals(Instant.MIN)) {
                state.setTimeoutTimestamp(time, Duration.ofSeconds(10));
              } else if (!isLast) {
                state.setTimeoutTimestamp(Y1900);
              }
              return List.of(key + " seen").iterator();
            });
  }

  private static Reading at(String key, @Nullable Instant time) {
    return new Reading(key, time);
  }

  private QuerySteps<Reading, String> start(
      Function<EventStream<Reading>, EventStream<String>> pipeline) {
    return QuerySteps.start(
        events -> readings.addTo(0, events),
        rows::rows,
        clock -> {
          QueryBuilder query =
              pipeline
                  .apply(
                      system
                          .vellamo()
                          .query("times")
                          .from(readings)
                          .withWatermark(Reading::time, Duration.ofSeconds(10)))
                  .to(rows);
          return query.clock(clock);
        });
  }
}
