package io.vellamo.actors;

import io.vellamo.actors.calls.CallThreads;
import io.vellamo.actors.local.LocalRuntime;
import io.vellamo.actors.runtime.NodeRuntime;
import io.vellamo.actors.runtime.RuntimeProvider;
import io.vellamo.actors.settings.VellamoSettings;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.concurrent.Executor;
import org.apache.pekko.actor.typed.ActorSystem;

/** The choice of an actor system's runtime by {@code pekko.actor.provider}. */
final class Runtimes {
  private static final String PROVIDER = "pekko.actor.provider";
  private static final Set<String> CLUSTER =
      Set.of("cluster", "org.apache.pekko.cluster.ClusterActorRefProvider");

  private Runtimes() {}

  /**
   * Starts the runtime of an actor system.
   *
   * @throws IllegalStateException if it is a node of a cluster, and there is no runtime for those
   */
  static NodeRuntime create(
      ActorSystem<?> system, VellamoSettings settings, CallThreads threads, Executor background) {
    String provider = system.settings().config().getString(PROVIDER);
    if (!CLUSTER.contains(provider)) {
      return new LocalRuntime(system, settings, threads, background);
    }
    return provider(system.dynamicAccess().classLoader())
        .create(system, settings, threads, background);
  }

  /** Returns the provider of the runtime for clusters. */
  static RuntimeProvider provider(ClassLoader classes) {
    return ServiceLoader.load(RuntimeProvider.class, classes)
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "Queries on nodes of a cluster need the artifact io.vellamo:vellamo-cluster, it is not on the classpath, and %s is [cluster]; add it, or set %s = local to run queries on each node by itself"
                        .formatted(PROVIDER, PROVIDER)));
  }
}
