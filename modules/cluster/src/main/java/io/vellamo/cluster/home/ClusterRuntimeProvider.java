package io.vellamo.cluster.home;

import io.vellamo.actors.calls.CallThreads;
import io.vellamo.actors.runtime.NodeRuntime;
import io.vellamo.actors.runtime.RuntimeProvider;
import io.vellamo.actors.settings.VellamoSettings;
import java.util.concurrent.Executor;
import org.apache.pekko.actor.typed.ActorSystem;

/** The provider of {@link ClusterRuntime}; created as a service. */
public final class ClusterRuntimeProvider implements RuntimeProvider {
  /** Creates the provider. */
  public ClusterRuntimeProvider() {}

  @Override
  public NodeRuntime create(
      ActorSystem<?> system, VellamoSettings settings, CallThreads threads, Executor background) {
    return new ClusterRuntime(system, settings, threads, background);
  }
}
