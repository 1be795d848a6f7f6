package io.vellamo.samples.run;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.vellamo.actors.Vellamo;
import io.vellamo.dashboard.DashboardSettings;
import io.vellamo.dashboard.VellamoDashboard;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.slf4j.LoggerFactory;

/** An actor system with a journal in a directory, from start to close. */
public final class RunningSystem implements AutoCloseable {
  private final ActorSystem<Void> system;

  private RunningSystem(ActorSystem<Void> system) {
    this.system = system;
  }

  /**
   * Starts a system.
   *
   * @param journal the directory of its journal
   * @param settings further settings by config path
   */
  public static RunningSystem start(Path journal, Map<String, String> settings) {
    // First: otherwise threads of the actor system initialize logging concurrently, and SLF4J
    // prints warnings.
    LoggerFactory.getILoggerFactory();
    Map<String, String> directory = Map.of("vellamo.embedded-journal.dir", journal.toString());
    Config config =
        ConfigFactory.parseMap(directory)
            .withFallback(ConfigFactory.parseMap(settings))
            .withFallback(ConfigFactory.parseResources("samples.conf"))
            .withFallback(ConfigFactory.load());
    return new RunningSystem(ActorSystem.create(Behaviors.empty(), "samples", config));
  }

  /** Returns the extension of the system. */
  public Vellamo vellamo() {
    return Vellamo.get(system);
  }

  /**
   * Starts a dashboard that shows keys and states, and ends with the system.
   *
   * @param port the port; 0 for a free one
   * @return the address of its page
   * @throws BadInputException if the port is in use
   */
  URI startDashboard(int port) {
    try {
      return VellamoDashboard.start(
              system,
              DashboardSettings.from(system.settings().config()).withPort(port).withShowData(true))
          .address();
    } catch (UncheckedIOException e) {
      throw new BadInputException(
          "--dashboard must be a free port, found [%d] in use; name another one, or 0 for a free one"
              .formatted(port));
    }
  }

  /** Returns when the journal is closed, so that the directory can be opened again. */
  @Override
  public void close() {
    system.terminate();
    system.getWhenTerminated().toCompletableFuture().join();
  }
}
