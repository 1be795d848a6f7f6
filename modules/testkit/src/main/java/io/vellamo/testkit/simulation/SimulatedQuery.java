package io.vellamo.testkit.simulation;

import static java.util.Objects.requireNonNull;

import io.vellamo.api.QueryBuilder;
import java.util.function.Function;

/**
 * Simulations of a user's query: each seed decides about the order of everything that happens,
 * about failures, crashes, clocks and runs that go on beside a new one.
 *
 * <pre>{@code
 * SimulatedQuery.of(
 *         world -> {
 *           Table table = new Table();
 *           world.rowsAtSink(table::rows);
 *           return world
 *               .query("visits")
 *               .from(world.source(clicks))
 *               .groupByKey(Click::user)
 *               .flatMapGroupsWithState(APPEND, NONE, Visits.class, new CountVisits())
 *               .to(table.sink());
 *         })
 *     .seeds(1, 500)
 *     .verify();
 * }</pre>
 *
 * <p>After a phase with faults, everything must be processed. Then it is checked that
 *
 * <ul>
 *   <li>each epoch gave the sink the same rows whenever it was written,
 *   <li>the rows at the sink are those of all epochs, each once unless the sink is {@link
 *       io.vellamo.api.sink.SinkGuarantee#AT_LEAST_ONCE},
 *   <li>a recovery from the journal gives what the shards hold, and no write of a run that a later
 *       one has replaced is in the journal,
 *   <li>the user's own checks hold.
 * </ul>
 *
 * <p><b>Threading</b> Everything runs on the calling thread. Immutable.
 *
 * <p><b>Failure</b> The first seed that fails ends {@link #verify} with an {@link AssertionError},
 * which shows the steps of the simulation in words.
 *
 * @since 0.1
 */
public final class SimulatedQuery {
  private final Function<SimulatedWorld, QueryBuilder> query;
  private final long first;
  private final long count;

  private SimulatedQuery(Function<SimulatedWorld, QueryBuilder> query, long first, long count) {
    this.query = query;
    this.first = first;
    this.count = count;
  }

  /**
   * Returns simulations of a query under 100 seeds.
   *
   * @param query builds the query, with sources and sinks that have no content yet; called for each
   *     seed
   * @return simulations that have not begun
   */
  public static SimulatedQuery of(Function<SimulatedWorld, QueryBuilder> query) {
    return new SimulatedQuery(requireNonNull(query, "query"), 1, 100);
  }

  /**
   * Returns simulations under other seeds.
   *
   * @param from the first seed
   * @param seeds the number of seeds, positive
   * @return simulations that have not begun
   */
  public SimulatedQuery seeds(long from, long seeds) {
    if (seeds < 1) {
      throw new IllegalArgumentException("seeds must be positive, was [%d]".formatted(seeds));
    }
    return new SimulatedQuery(query, from, seeds);
  }

  /**
   * Runs the simulations.
   *
   * @throws AssertionError if a seed fails, with the trace of the smallest simulation of that seed
   *     that fails: the one with the fewest kinds of faults and the fewest steps with faults
   */
  public void verify() {
    for (long seed = first; seed < first + count; seed++) {
      SeedResult result = SeedResult.of(seed, this::run);
      if (result.failure() != null) {
        throw failed(Shrinking.of(seed, this::run, false));
      }
    }
  }

  private void run(long seed, SeedReduction reduction, Trace trace) {
    Simulation simulation = new Simulation(seed, reduction, new SimulatedJournal(), trace);
    SimulatedWorld world = new SimulatedWorld(simulation);
    simulation.run(world.scenario(query.apply(world)));
  }

  private static AssertionError failed(SeedResult result) {
    String message =
        "Seed [%d] failed; repeat it with seeds(%d, 1). These are the steps of its smallest simulation that fails: %s%n%s"
            .formatted(
                result.seed(), result.seed(), result.reduction().description(), result.describe());
    return new AssertionError(message, result.failure());
  }
}
