package io.vellamo.api.process;

import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * A user's operator with any number of state variables and timers per group. Equivalent to Spark's
 * {@code StatefulProcessor} and Flink's {@code KeyedProcessFunction}.
 *
 * <pre>{@code
 * final class CountVisits implements GroupProcessor<String, Visit, Visits> {
 *   private static final ValueVariable<Long> COUNT = Variables.value("count", Long.class);
 *   private static final ProcessingTimer IDLE = ProcessingTimer.named("idle");
 *
 *   public void declare(Declarations declarations) {
 *     declarations.use(COUNT).use(IDLE);
 *   }
 *
 *   public void onEvents(String user, Iterator<Visit> visits, GroupContext<Visits> group) {
 *     visits.forEachRemaining(
 *         visit -> group.value(COUNT).update(group.value(COUNT).orElse(0L) + 1));
 *     group.timers(IDLE).setAfter(Duration.ofMinutes(30));
 *   }
 *
 *   public void onTimer(String user, Timer timer, GroupContext<Visits> group) {
 *     group.emit(new Visits(user, group.value(COUNT).get()));
 *     group.value(COUNT).remove();
 *   }
 * }
 * }</pre>
 *
 * <p><b>Order</b> In an epoch, a group is called once with its new events, in source order, and
 * then once for each of its timers that are due, in ascending order of time.
 *
 * <p><b>Threading</b> One instance serves all groups, from several threads at once: it must be
 * stateless. A group is called by one thread at a time.
 *
 * <p><b>Time</b> Events are dropped as late only if the processor declares timers or expiries in
 * event time, or if its rows go to an operator that depends on event time.
 *
 * <p><b>Failure</b> If a method throws, the query's error policy applies, and nothing of the call
 * is kept.
 *
 * @param <K> the key type
 * @param <V> the event type
 * @param <U> the row type
 * @since 0.1
 */
public interface GroupProcessor<K extends @Nullable Object, V, U> {
  /**
   * Declares the variables and timers. Called once, when the query is built.
   *
   * @param declarations receives the declarations
   */
  void declare(Declarations declarations);

  /**
   * Processes the new events of a group.
   *
   * @param key the group's key
   * @param events at least one event; can be read once
   * @param group the group
   * @throws Exception if the call fails
   */
  void onEvents(K key, Iterator<V> events, GroupContext<U> group) throws Exception;

  /**
   * Processes a timer that is due. The timer is no longer set; it may be set again. Does nothing by
   * default.
   *
   * @param key the group's key
   * @param timer the timer
   * @param group the group
   * @throws Exception if the call fails
   */
  default void onTimer(K key, Timer timer, GroupContext<U> group) throws Exception {}
}
