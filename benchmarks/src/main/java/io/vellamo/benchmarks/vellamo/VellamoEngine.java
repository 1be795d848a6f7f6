package io.vellamo.benchmarks.vellamo;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.vellamo.actors.Vellamo;
import io.vellamo.api.EventStream;
import io.vellamo.api.aggregate.Aggregates;
import io.vellamo.api.group.GroupStateTimeout;
import io.vellamo.api.query.OutputMode;
import io.vellamo.api.query.StreamingQuery;
import io.vellamo.api.query.Trigger;
import io.vellamo.api.window.TimeWindows;
import io.vellamo.api.window.Window;
import io.vellamo.benchmarks.workload.AlertState;
import io.vellamo.benchmarks.workload.Engine;
import io.vellamo.benchmarks.workload.Event;
import io.vellamo.benchmarks.workload.Job;
import io.vellamo.benchmarks.workload.OpenWindows;
import io.vellamo.benchmarks.workload.Row;
import io.vellamo.benchmarks.workload.SequenceReader;
import io.vellamo.benchmarks.workload.SessionState;
import io.vellamo.benchmarks.workload.Workload;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/**
 * An engine that runs each workload as one query on its own actor system.
 *
 * <p>All settings except the journal, the hosting and the log level are the defaults, or as set by
 * {@code -D}.
 *
 * @param hosting the value of {@code vellamo.query.hosting}
 * @param durable whether the journal is the embedded one; else it is Pekko's in-memory journal
 * @param windows whether W3 is computed by windows instead of by a function with its own state
 */
public record VellamoEngine(Hosting hosting, boolean durable, boolean windows) implements Engine {
  /** The values of {@code vellamo.query.hosting}. */
  public enum Hosting {
    /** An actor for each group. */
    ACTOR,
    /** The shard calls its groups itself. */
    INLINE;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private static final Duration WINDOW = Duration.ofMillis(OpenWindows.LENGTH_MILLIS);

  @Override
  public String name() {
    return "vellamo, "
        + hosting
        + ", "
        + (durable ? "journal" : "memory")
        + (windows ? ", windows" : "");
  }

  @Override
  public void run(Job job) throws Exception {
    ActorSystem<Done> system =
        ActorSystem.create(Behaviors.empty(), "benchmark", config(job.scratch()));
    try {
      CompletableFuture<Void> allCommitted = new CompletableFuture<>();
      EventStream<Row> rows = rows(job, Vellamo.get(system), allCommitted);
      boolean paced = job.meter().pace().isPaced();
      StreamingQuery query =
          rows.to(new TallySink(job.meter().tally()))
              .trigger(paced ? Trigger.asap() : Trigger.drain())
              .start();
      if (paced) {
        CompletableFuture.anyOf(allCommitted, query.whenTerminated().toCompletableFuture()).join();
        query.stop();
      } else {
        query.awaitTermination();
      }
      job.meter().end();
    } finally {
      system.terminate();
      system.getWhenTerminated().toCompletableFuture().join();
    }
  }

  private EventStream<Row> rows(Job job, Vellamo vellamo, CompletableFuture<Void> allCommitted) {
    return switch (job.workload()) {
      case W1, W2, W3, W4 ->
          ofDataSet(job.workload(), events(job, job.dataSet(), vellamo, allCommitted));
      case Q5 -> GeneratedQueries.hotItems(events(job, job.auctionHouse(), vellamo, allCommitted));
      case Q7 ->
          GeneratedQueries.highestBids(events(job, job.auctionHouse(), vellamo, allCommitted));
      case Q8 -> GeneratedQueries.newUsers(events(job, job.auctionHouse(), vellamo, allCommitted));
      case Q11 -> GeneratedQueries.sessions(events(job, job.auctionHouse(), vellamo, allCommitted));
      case Q12 ->
          GeneratedQueries.bidsOfBidders(events(job, job.auctionHouse(), vellamo, allCommitted));
      case YSB -> GeneratedQueries.campaigns(events(job, job.ads(), vellamo, allCommitted));
    };
  }

  private static <T> EventStream<T> events(
      Job job,
      SequenceReader.Parts<T> parts,
      Vellamo vellamo,
      CompletableFuture<Void> allCommitted) {
    return vellamo.query("workload").from(new PartsSource<>(job, parts, allCommitted));
  }

  private EventStream<Row> ofDataSet(Workload workload, EventStream<Event> events) {
    return switch (workload) {
      case W1 ->
          timed(events)
              .groupByKey(Event::key)
              .flatMapGroupsWithState(
                  OutputMode.APPEND,
                  GroupStateTimeout.EVENT_TIME,
                  SessionState.class,
                  new CloseInTime<>(SessionState::with));
      case W2 ->
          events
              .groupByKey(Event::key)
              .flatMapGroupsWithState(
                  OutputMode.APPEND, GroupStateTimeout.NONE, AlertState.class, new RaiseAlerts());
      case W3 -> windows ? counts(events, Window.tumbling(WINDOW)) : countsByFunction(events);
      case W4 -> counts(events, Window.sliding(Workload.LONG_WINDOW, WINDOW));
      case Q5, Q7, Q8, Q11, Q12, YSB -> throw new AssertionError("has no data set: " + workload);
    };
  }

  private static EventStream<Row> counts(EventStream<Event> events, TimeWindows windows) {
    return timed(events)
        .groupBy(Event::key, windows)
        .aggregate(
            Aggregates.count(),
            (key, window, count) -> new Row(key, window.start().toEpochMilli(), count, 0, 0));
  }

  private static EventStream<Row> countsByFunction(EventStream<Event> events) {
    return timed(events)
        .groupByKey(Event::key)
        .flatMapGroupsWithState(
            OutputMode.APPEND,
            GroupStateTimeout.EVENT_TIME,
            OpenWindows.class,
            new CloseInTime<>(OpenWindows::with));
  }

  private static EventStream<Event> timed(EventStream<Event> events) {
    return events.withWatermark(
        event -> Instant.ofEpochMilli(event.timeMillis()), Workload.WATERMARK_DELAY);
  }

  private Config config(Path scratch) {
    String journal =
        durable
            ? "vellamo.embedded-journal.dir = \"%s\"".formatted(scratch.toAbsolutePath())
            : "pekko.persistence.journal.plugin = \"pekko.persistence.journal.inmem\"";
    return ConfigFactory.parseString(
            """
            %s
            vellamo.query.hosting = %s
            pekko.loglevel = WARNING
            """
                .formatted(journal, hosting))
        .withFallback(ConfigFactory.load());
  }
}
