package io.vellamo.actors.calls;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigValueFactory;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.dispatch.DefaultDispatcherPrerequisites;
import org.apache.pekko.dispatch.DispatcherConfigurator;
import org.apache.pekko.dispatch.DispatcherPrerequisites;
import org.apache.pekko.dispatch.Dispatchers;
import org.apache.pekko.dispatch.MonitorableThreadFactory;

/**
 * The dispatchers on which functions run: one for each query, so that functions that block or
 * compute for long do not hold up other queries. Each has the settings of {@code
 * vellamo.function-dispatcher}; its threads start with its first task, and end a second after the
 * query.
 *
 * <p>The threads are daemons: a function that never returns does not keep the JVM alive.
 */
public final class FunctionThreads {
  private static final String TEMPLATE = "vellamo.function-dispatcher";

  private FunctionThreads() {}

  /** Registers the dispatcher of a query, unless an earlier run has; returns its id in Pekko. */
  public static String of(ActorSystem<?> system, String query) {
    Dispatchers dispatchers = Adapter.toClassic(system).dispatchers();
    String id = TEMPLATE + "." + query;
    Config config =
        system
            .settings()
            .config()
            .getConfig(TEMPLATE)
            .withValue("id", ConfigValueFactory.fromAnyRef(id))
            .withFallback(dispatchers.defaultDispatcherConfig());
    // Returns false and registers nothing if an earlier run has registered it.
    dispatchers.registerConfigurator(
        id, new DispatcherConfigurator(config, withDaemons(dispatchers.prerequisites())));
    return id;
  }

  /** Returns the handler of uncaught exceptions that Pekko's own threads have. */
  public static Thread.UncaughtExceptionHandler onUncaught(ActorSystem<?> system) {
    return threads(Adapter.toClassic(system).dispatchers().prerequisites()).exceptionHandler();
  }

  private static DispatcherPrerequisites withDaemons(DispatcherPrerequisites given) {
    MonitorableThreadFactory threads = threads(given);
    MonitorableThreadFactory daemons =
        new MonitorableThreadFactory(
            threads.name(),
            true,
            threads.contextClassLoader(),
            threads.exceptionHandler(),
            threads.counter());
    return new DefaultDispatcherPrerequisites(
        daemons,
        given.eventStream(),
        given.scheduler(),
        given.dynamicAccess(),
        given.settings(),
        given.mailboxes(),
        given.defaultExecutionContext());
  }

  private static MonitorableThreadFactory threads(DispatcherPrerequisites given) {
    return (MonitorableThreadFactory) given.threadFactory();
  }
}
