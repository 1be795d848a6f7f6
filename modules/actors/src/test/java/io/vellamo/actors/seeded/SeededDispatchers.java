package io.vellamo.actors.seeded;

import com.typesafe.config.Config;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadFactory;
import org.apache.pekko.dispatch.DispatcherPrerequisites;
import org.apache.pekko.dispatch.ExecutorServiceConfigurator;
import org.apache.pekko.dispatch.ExecutorServiceFactory;

/** The executors of all dispatchers, which Pekko creates by the name of this class. */
public final class SeededDispatchers extends ExecutorServiceConfigurator {
  private final SeededTasks tasks;

  /** Creates the executors of a dispatcher, as Pekko expects it. */
  public SeededDispatchers(Config config, DispatcherPrerequisites prerequisites) {
    super(config, prerequisites);
    this.tasks = SeededSetup.of(prerequisites.settings()).tasks();
  }

  @Override
  public ExecutorServiceFactory createExecutorServiceFactory(String id, ThreadFactory threads) {
    return new ExecutorServiceFactory() {
      @Override
      public ExecutorService createExecutorService() {
        return new SeededExecutor(id, tasks);
      }
    };
  }
}
