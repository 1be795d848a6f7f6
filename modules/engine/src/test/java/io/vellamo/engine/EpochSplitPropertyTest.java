package io.vellamo.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.vellamo.api.query.EventCounts;
import io.vellamo.engine.QuerySimulation.Reading;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Where epochs end, and where a query is restarted, must not matter to events within the delay. */
final class EpochSplitPropertyTest {
  @Property(tries = 300)
  void rows_areTheSame_howeverTheInputIsSplit(
      @ForAll("readings") List<Reading> readings, @ForAll("splits") List<Integer> split) {
    QuerySimulation whole = new QuerySimulation(readings);
    QuerySimulation parts = new QuerySimulation(readings);

    whole.run(List.of(Integer.MAX_VALUE));
    parts.run(split);

    assertThat(parts.rows()).containsExactlyInAnyOrderElementsOf(whole.rows());
    assertThat(parts.total()).isEqualTo(new EventCounts(readings.size(), 0, 0));
  }

  @Property(tries = 300)
  void rows_areTheSame_whenEveryEpochRunsTwice(
      @ForAll("readings") List<Reading> readings, @ForAll("splits") List<Integer> split) {
    QuerySimulation once = new QuerySimulation(readings);
    QuerySimulation twice = new QuerySimulation(readings);

    once.run(split);
    twice.runEachEpochTwice(split);

    assertThat(twice.rows()).containsExactlyElementsOf(once.rows());
  }

  @Property(tries = 300)
  void everything_isEmittedOnce_andNothingIsLeft(
      @ForAll("readings") List<Reading> readings, @ForAll("splits") List<Integer> split) {
    QuerySimulation simulation = new QuerySimulation(readings);

    simulation.run(split);

    assertThat(simulation.eventsInRows()).isEqualTo(readings.size());
    assertThat(simulation.groupsLeft()).isZero();
  }

  @Property(tries = 300)
  void rows_areTheSame_whateverTheOrderWithinTheDelay(
      @ForAll("readings") List<Reading> readings, @ForAll("splits") List<Integer> split) {
    List<Reading> inOrder = new ArrayList<>(readings);
    inOrder.sort(Comparator.comparingLong(Reading::timeMillis));
    QuerySimulation shuffled = new QuerySimulation(readings);
    QuerySimulation ordered = new QuerySimulation(inOrder);

    shuffled.run(split);
    ordered.run(split);

    assertThat(shuffled.rows()).containsExactlyInAnyOrderElementsOf(ordered.rows());
  }

  @Property(tries = 300)
  void everyEvent_isProcessedOrLate(
      @ForAll("anyReadings") List<Reading> readings, @ForAll("splits") List<Integer> split) {
    QuerySimulation simulation = new QuerySimulation(readings);

    simulation.run(split);

    EventCounts total = simulation.total();
    assertThat(total.processed() + total.late()).isEqualTo(readings.size());
    assertThat(simulation.eventsInRows()).isEqualTo(total.processed());
    assertThat(simulation.groupsLeft()).isZero();
  }

  /** Events of any age. */
  @Provide
  Arbitrary<List<Reading>> anyReadings() {
    return Combinators.combine(
            Arbitraries.longs().between(0, 4), Arbitraries.longs().between(1, 1_000_000))
        .as(Reading::new)
        .list()
        .ofMaxSize(60);
  }

  /** Events that are never older than the newest before them by more than the delay. */
  @Provide
  Arbitrary<List<Reading>> readings() {
    Arbitrary<long[]> steps =
        Combinators.combine(
                Arbitraries.longs().between(0, 4),
                Arbitraries.longs().between(0, 30_000),
                Arbitraries.longs().between(0, QuerySimulation.DELAY_MILLIS))
            .as((key, advance, behind) -> new long[] {key, advance, behind});
    return steps
        .list()
        .ofMaxSize(60)
        .map(
            drawn -> {
              List<Reading> readings = new ArrayList<>();
              long newest = 1_000_000;
              for (long[] step : drawn) {
                newest += step[1];
                readings.add(new Reading(step[0], newest - step[2]));
              }
              return readings;
            });
  }

  @Provide
  Arbitrary<List<Integer>> splits() {
    return Arbitraries.integers().between(1, 10).list().ofMinSize(1).ofMaxSize(8);
  }
}
