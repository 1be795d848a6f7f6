package io.vellamo.actors;

import static java.util.Objects.requireNonNull;

import com.typesafe.config.Config;
import io.vellamo.actors.query.Queries;
import io.vellamo.actors.query.QueryMonitor;
import io.vellamo.actors.query.QuerySpec;
import io.vellamo.actors.query.RunningQuery;
import io.vellamo.actors.query.SystemQueryClock;
import io.vellamo.actors.query.VellamoSettings;
import io.vellamo.api.QueryStart;
import io.vellamo.api.plan.QueryPlan;
import io.vellamo.api.query.DeliveryGuarantee;
import io.vellamo.api.query.QueryClock;
import io.vellamo.api.query.StreamingQuery;
import io.vellamo.api.sink.SinkGuarantee;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Extension;
import org.apache.pekko.actor.typed.ExtensionId;
import org.apache.pekko.actor.typed.Props;

/**
 * Stateful queries on an actor system.
 *
 * <pre>{@code
 * StreamingQuery query =
 *     Vellamo.get(system)
 *         .query("sessions")
 *         .from(JsonLines.source(path, Click.class))
 *         .withWatermark(Click::time, Duration.ofMinutes(20))
 *         .groupByKey(Click::user)
 *         .flatMapGroupsWithState(APPEND, EVENT_TIME, Sessions.class, new Sessionize())
 *         .to(JsonLines.sink(out))
 *         .start();
 * }</pre>
 *
 * <p><b>Threading</b> Safe to share; one instance an actor system.
 *
 * @since 0.1
 */
public final class Vellamo implements Extension {
  private final ActorSystem<?> system;
  private final VellamoSettings settings;
  private final QueryClock clock;
  private final ActorRef<Queries.Command> queries;
  private final Map<String, StreamingQuery> active = new ConcurrentHashMap<>();

  private Vellamo(ActorSystem<?> system) {
    this.system = system;
    this.settings = VellamoSettings.from(system.settings().config());
    this.clock = new SystemQueryClock(system);
    this.queries = system.systemActorOf(Queries.create(), "vellamo", Props.empty());
  }

  /**
   * Returns Vellamo on an actor system, started when first asked for.
   *
   * @param system where queries run
   * @return the one instance of that system
   * @throws IllegalArgumentException if a setting below {@code vellamo} is out of range
   */
  public static Vellamo get(ActorSystem<?> system) {
    return Id.INSTANCE.apply(system);
  }

  /**
   * Returns the beginning of a query.
   *
   * @param name identifies the query and its journal: letters, digits, {@code . _ -}, at most 100,
   *     beginning with a letter or digit
   * @return a query that needs a source
   * @throws IllegalArgumentException if {@code name} has another form
   */
  public QueryStart query(String name) {
    return QueryStart.of(name, this::start);
  }

  private StreamingQuery start(QueryPlan plan) {
    requireJournal();
    QuerySpec spec = QuerySpecs.of(plan, settings, plan.clock().orElse(clock), system);
    QueryMonitor monitor = new QueryMonitor(plan.name(), settings.recentProgress());
    StreamingQuery query = new RunningQuery(monitor, guarantee(plan), queries);
    if (active.putIfAbsent(plan.name(), query) != null) {
      throw new IllegalStateException(
          "Query [%s] is running already; stop it first, or choose another name"
              .formatted(plan.name()));
    }
    query.whenTerminated().whenComplete((ok, failure) -> active.remove(plan.name(), query));
    queries.tell(new Queries.Command.Start(spec, monitor));
    return query;
  }

  private void requireJournal() {
    Config config = system.settings().config();
    if (settings.journalPlugin().isEmpty()
        && config.getString("pekko.persistence.journal.plugin").isEmpty()) {
      throw new IllegalStateException(
          "vellamo.journal.plugin or pekko.persistence.journal.plugin must name a journal, both are"
              + " empty; add vellamo-embedded-journal and set the former to"
              + " \"vellamo.embedded-journal.journal\"");
    }
  }

  private static DeliveryGuarantee guarantee(QueryPlan plan) {
    if (!plan.source().isReplayable()) {
      return DeliveryGuarantee.AT_MOST_ONCE;
    }
    return plan.sink().guarantee() == SinkGuarantee.AT_LEAST_ONCE
        ? DeliveryGuarantee.AT_LEAST_ONCE
        : DeliveryGuarantee.EXACTLY_ONCE;
  }

  /**
   * Finds Vellamo on an actor system; Pekko asks for it.
   *
   * @since 0.1
   */
  public static final class Id extends ExtensionId<Vellamo> {
    private static final Id INSTANCE = new Id();

    private Id() {}

    /**
     * Returns the one instance of this id.
     *
     * @return the id
     */
    public static Id instance() {
      return INSTANCE;
    }

    @Override
    public Vellamo createExtension(ActorSystem<?> system) {
      return new Vellamo(requireNonNull(system, "system"));
    }
  }
}
