package io.vellamo.connectors.process;

import io.vellamo.api.process.Declarations;
import io.vellamo.api.process.GroupContext;
import io.vellamo.api.process.GroupProcessor;
import io.vellamo.api.process.Timer;
import io.vellamo.api.process.TimerName;
import io.vellamo.api.process.Variable;
import java.util.Iterator;
import java.util.function.Consumer;

/**
 * A processor made of functions, for one test. Its rows are texts.
 *
 * @param declarations declares its variables and timers
 * @param events receives the events of a group
 * @param timer receives a timer
 * @param <V> the events
 */
record Functions<V>(Consumer<Declarations> declarations, OnEvents<V> events, OnTimer timer)
    implements GroupProcessor<String, V, String> {
  /** A function of all events of a group. */
  interface OnEvents<V> {
    void call(String key, Iterator<V> events, GroupContext<String> group) throws Exception;
  }

  /** A function of one event of a group. */
  interface OnEvent<V> {
    void call(V event, GroupContext<String> group) throws Exception;
  }

  /** A function of a timer of a group. */
  interface OnTimer {
    void call(String key, Timer timer, GroupContext<String> group) throws Exception;
  }

  /** Returns a processor that does nothing with events and timers. */
  static <V> Functions<V> declaring(Consumer<Declarations> declarations) {
    return new Functions<>(
        declarations,
        (key, events, group) -> events.forEachRemaining(event -> {}),
        (key, timer, group) -> {
          throw new IllegalStateException("no timer must fire, was " + timer);
        });
  }

  static <V> Functions<V> of(Variable... variables) {
    return declaring(
        declarations -> {
          for (Variable variable : variables) {
            declarations.use(variable);
          }
        });
  }

  Functions<V> with(TimerName... timers) {
    return also(
        declared -> {
          for (TimerName each : timers) {
            declared.use(each);
          }
        });
  }

  Functions<V> also(Consumer<Declarations> more) {
    return new Functions<>(declarations.andThen(more), events, timer);
  }

  Functions<V> onEvents(OnEvents<V> function) {
    return new Functions<>(declarations, function, timer);
  }

  Functions<V> onEach(OnEvent<V> function) {
    return onEvents(
        (key, all, group) -> {
          while (all.hasNext()) {
            function.call(all.next(), group);
          }
        });
  }

  Functions<V> onTimers(OnTimer function) {
    return new Functions<>(declarations, events, function);
  }

  @Override
  public void declare(Declarations declared) {
    declarations.accept(declared);
  }

  @Override
  public void onEvents(String key, Iterator<V> all, GroupContext<String> group) throws Exception {
    events.call(key, all, group);
  }

  @Override
  public void onTimer(String key, Timer due, GroupContext<String> group) throws Exception {
    timer.call(key, due, group);
  }
}
