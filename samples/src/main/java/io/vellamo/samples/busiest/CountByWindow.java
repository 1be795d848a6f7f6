package io.vellamo.samples.busiest;

import io.vellamo.api.process.Declarations;
import io.vellamo.api.process.EventTimer;
import io.vellamo.api.process.GroupContext;
import io.vellamo.api.process.GroupProcessor;
import io.vellamo.api.process.MapState;
import io.vellamo.api.process.MapVariable;
import io.vellamo.api.process.Timer;
import io.vellamo.api.process.Variables;
import io.vellamo.samples.github.GitHubEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;

/**
 * Counts the events of an actor in each window, and emits a count once the watermark has reached
 * the window's end. Several windows may be open at a time, each with a timer of its own.
 *
 * @param window the length of a window
 */
record CountByWindow(Duration window) implements GroupProcessor<String, GitHubEvent, ActorCount> {
  private static final MapVariable<Instant, Long> COUNTS =
      Variables.map("counts", Instant.class, Long.class);
  private static final EventTimer END = EventTimer.named("end");

  @Override
  public void declare(Declarations declarations) {
    declarations.use(COUNTS).use(END);
  }

  @Override
  public void onEvents(String actor, Iterator<GitHubEvent> events, GroupContext<ActorCount> group) {
    MapState<Instant, Long> counts = group.map(COUNTS);
    while (events.hasNext()) {
      Instant start = WindowStart.of(events.next().createdAt(), window);
      counts.merge(start, 1L, Long::sum);
      group.timers(END).set(start.toString(), start.plus(window));
    }
  }

  @Override
  public void onTimer(String actor, Timer end, GroupContext<ActorCount> group) {
    Instant start = end.time().minus(window);
    group
        .map(COUNTS)
        .get(start)
        .ifPresent(events -> group.emit(new ActorCount(start, actor, events), end.time()));
    group.map(COUNTS).remove(start);
  }
}
