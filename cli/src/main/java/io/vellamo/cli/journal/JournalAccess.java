package io.vellamo.cli.journal;

import io.vellamo.cli.terminal.Progress;
import io.vellamo.cli.terminal.Terminal;
import io.vellamo.replay.JournalReplay;
import io.vellamo.replay.JournalReshard;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.apache.pekko.actor.BootstrapSetup;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.slf4j.LoggerFactory;

/** A journal that is open while a command runs. */
final class JournalAccess implements AutoCloseable {
  private final ActorSystem<Void> system;
  private final Terminal terminal;

  private JournalAccess(ActorSystem<Void> system, Terminal terminal) {
    this.system = system;
    this.terminal = terminal;
  }

  static JournalAccess open(JournalOptionsMixin options, Terminal terminal) {
    return open(options, terminal, JournalAccess.class.getClassLoader());
  }

  /** Opens a journal; a class loader finds the classes of its events. */
  static JournalAccess open(
      JournalOptionsMixin options, Terminal terminal, ClassLoader classLoader) {
    // Otherwise threads of the actor system initialize logging concurrently, and SLF4J reports it.
    LoggerFactory.getILoggerFactory();
    BootstrapSetup setup = BootstrapSetup.create(options.config()).withClassloader(classLoader);
    return new JournalAccess(
        ActorSystem.create(Behaviors.<Void>empty(), "vellamo-cli", setup), terminal);
  }

  /** Returns the result of a request to the journal, and shows progress meanwhile. */
  <T> T ask(Function<JournalReplay, CompletionStage<T>> question) {
    try (Progress progress = terminal.progress("Shards", -1)) {
      JournalReplay replay =
          JournalReplay.on(system).withProgress((done, shards) -> progress.reached(done, shards));
      return question.apply(replay).toCompletableFuture().join();
    }
  }

  /** Returns the result of a change of the journal, and shows progress meanwhile. */
  <T> T change(Function<JournalReshard, CompletionStage<T>> change) {
    try (Progress progress = terminal.progress("Shards", -1)) {
      JournalReshard journal =
          JournalReshard.on(system).withProgress((done, shards) -> progress.reached(done, shards));
      return change.apply(journal).toCompletableFuture().join();
    }
  }

  @Override
  public void close() {
    system.terminate();
    system.getWhenTerminated().toCompletableFuture().join();
  }
}
