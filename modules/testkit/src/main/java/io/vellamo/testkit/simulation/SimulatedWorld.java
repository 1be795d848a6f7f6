package io.vellamo.testkit.simulation;

import static java.util.Objects.requireNonNull;

import io.vellamo.api.QueryBuilder;
import io.vellamo.api.QueryStart;
import io.vellamo.api.query.QueryClock;
import io.vellamo.api.sink.SinkGuarantee;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The surroundings of a user's query in one simulation.
 *
 * <p><b>Threading</b> Used by one thread.
 *
 * @since 0.1
 */
public final class SimulatedWorld {
  private final Simulation simulation;
  private final PlanCapture capture = new PlanCapture();
  private final List<SimulatedSource<?>> sources = new ArrayList<>();
  private final List<SimulatedSink<?>> sinks = new ArrayList<>();
  private final List<Runnable> checks = new ArrayList<>();
  private @Nullable Supplier<? extends Collection<?>> rows;

  SimulatedWorld(Simulation simulation) {
    this.simulation = simulation;
  }

  /**
   * Returns the beginning of the query.
   *
   * @param name the query's name
   * @return a query that needs a source; the simulation starts it
   */
  public QueryStart query(String name) {
    return QueryStart.of(name, capture);
  }

  /**
   * Returns a source with one partition, whose events become available little by little.
   *
   * @param events all its events, in order
   * @param <T> the event type
   * @return a source none of whose events is available yet
   */
  public <T> SimulatedSource<T> source(List<T> events) {
    return added(SimulatedSource.of(events));
  }

  /**
   * Returns a source whose events become available little by little.
   *
   * @param events the events of each partition, in order, by the partition's name
   * @param <T> the event type
   * @return a source none of whose events is available yet
   */
  public <T> SimulatedSource<T> source(Map<String, List<T>> events) {
    return added(SimulatedSource.of(events));
  }

  private <T> SimulatedSource<T> added(SimulatedSource<T> source) {
    sources.add(source);
    return source;
  }

  /**
   * Returns a sink in memory, which is checked as the query's sink. Its writes may fail after some
   * rows.
   *
   * @param guarantee what the sink guarantees if an epoch is written again
   * @param <U> the row type
   * @return a sink without rows
   */
  public <U> SimulatedSink<U> sink(SinkGuarantee guarantee) {
    SimulatedSink<U> sink = SimulatedSink.of(guarantee);
    sinks.add(sink);
    rows = sink::rows;
    return sink;
  }

  /**
   * Sets how the rows at the query's own sink are read, to be compared with those that the query
   * has written.
   *
   * @param atSink returns all rows at the sink, in any order
   */
  public void rowsAtSink(Supplier<? extends Collection<?>> atSink) {
    rows = requireNonNull(atSink, "atSink");
  }

  /**
   * Adds a check.
   *
   * @param check runs once everything is processed; throws an {@link AssertionError} if something
   *     does not hold
   */
  public void afterwards(Runnable check) {
    checks.add(requireNonNull(check, "check"));
  }

  /**
   * Returns the simulation's clock.
   *
   * @return the clock of the query's processing time
   */
  public QueryClock clock() {
    return simulation.clock();
  }

  /** Returns what is simulated. */
  Scenario scenario(QueryBuilder query) {
    return new UserScenario(simulation, capture.plan(query), sources, sinks, rows, checks);
  }
}
