package io.vellamo.samples.run;

import io.vellamo.api.QueryBuilder;
import io.vellamo.api.query.StreamingQuery;
import io.vellamo.api.query.StreamingQueryException;
import io.vellamo.api.query.Trigger;
import io.vellamo.cli.terminal.Terminal;
import java.time.Duration;

/**
 * The first part of a run with a dashboard: the query reads slowly, and then waits for more, so
 * that there is something to see until the user presses Enter.
 *
 * <p><b>Threading</b> Used by one thread; another one waits for the end of the input.
 */
final class WatchedQuery {
  private static final Duration INTERVAL = Duration.ofMillis(200);
  private static final long EPOCHS_PER_SECOND = Duration.ofSeconds(1).dividedBy(INTERVAL);

  /** The number of epochs into which all events are divided: reading them takes 40 s. */
  private static final long EPOCHS = 200;

  private static final long LEAST_EVENTS = 10;

  private final StreamingQuery query;
  private final Terminal terminal;
  private final EnterKey enter;
  private volatile boolean allRead;
  private boolean toldEnd;

  private WatchedQuery(StreamingQuery query, Terminal terminal) {
    this.query = query;
    this.terminal = terminal;
    this.enter = EnterKey.listen(terminal.input());
  }

  /**
   * Starts a query.
   *
   * @param query the query, whose trigger and size of epochs are replaced
   * @param terminal tells the user what happens
   * @param events the number of all events, or less if it is not known
   */
  static WatchedQuery start(QueryBuilder query, Terminal terminal, long events) {
    long perEpoch = Math.max(LEAST_EVENTS, events / EPOCHS);
    terminal.print(
        "%s events a second are read, so that there is something to see; press Enter to read the rest at once"
            .formatted(Table.number(perEpoch * EPOCHS_PER_SECOND)));
    StreamingQuery started =
        query.trigger(Trigger.processingTime(INTERVAL)).maxEventsPerEpoch(perEpoch).start();
    WatchedQuery watched = new WatchedQuery(started, terminal);
    Thread waiting = new Thread(watched::awaitInput, "all-read");
    waiting.setDaemon(true);
    waiting.start();
    return watched;
  }

  private void awaitInput() {
    try {
      query.processAllAvailable();
      allRead = true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (StreamingQueryException | IllegalStateException e) {
      // The query has ended; whoever follows it learns why.
      allRead = false;
    }
  }

  StreamingQuery query() {
    return query;
  }

  /**
   * Returns whether the run must go on to its end: Enter was pressed, or everything is read and
   * nobody can press it. Tells the user once that everything is read.
   */
  boolean isOver() {
    if (enter.isPressed()) {
      return true;
    }
    if (allRead && enter.isAwaited() && !toldEnd) {
      toldEnd = true;
      terminal.print("All events are read, and the query waits for more; press Enter to end it");
    }
    return allRead && !enter.isAwaited();
  }
}
