package io.vellamo.actors.runtime;

import io.vellamo.actors.calls.CallThreads;
import io.vellamo.actors.settings.VellamoSettings;
import java.util.concurrent.Executor;
import org.apache.pekko.actor.typed.ActorSystem;

/** A provider of the runtime of actor systems that are nodes of a cluster, found as a service. */
public interface RuntimeProvider {
  /**
   * Starts the runtime of a node.
   *
   * @param system the node
   * @param settings the configuration
   * @param threads call sources and sinks
   * @param background runs tasks that wait for a query, and users' callbacks, each on a thread of
   *     its own
   * @return the runtime
   */
  NodeRuntime create(
      ActorSystem<?> system, VellamoSettings settings, CallThreads threads, Executor background);
}
