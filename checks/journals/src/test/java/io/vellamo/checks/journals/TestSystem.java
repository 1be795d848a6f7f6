package io.vellamo.checks.journals;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.vellamo.actors.Vellamo;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.pattern.Patterns;

/** An actor system on a journal, as an application would start it. */
final class TestSystem implements AutoCloseable {
  /** What the tests set besides: few shards, and many snapshots. */
  private static final String SMALL =
      """
      pekko.loglevel = ERROR
      vellamo.query.shards = 4
      vellamo.journal.least-snapshot-size = 4 KiB
      pekko.persistence.journal.plugin = ${vellamo.journal.plugin}
      pekko.persistence.snapshot-store.plugin = ${vellamo.journal.snapshot-plugin}
      """;

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final ActorSystem system;

  private TestSystem(ActorSystem system) {
    this.system = system;
  }

  static TestSystem start(TestedJournal journal) {
    return start(journal, "");
  }

  /** Starts a system with further settings. */
  static TestSystem start(TestedJournal journal, String further) {
    String settings = settings(journal, further);
    Config config = ConfigFactory.load(ConfigFactory.parseString(settings));
    return new TestSystem(ActorSystem.create("journals", config));
  }

  /** Returns all that a system is started with, for one in another process. */
  static String settings(TestedJournal journal, String further) {
    return journal.render(SMALL + further);
  }

  org.apache.pekko.actor.typed.ActorSystem<?> system() {
    return Adapter.toTyped(system);
  }

  Vellamo vellamo() {
    return Vellamo.get(system());
  }

  /** Starts a diary. */
  ActorRef diary(String id, boolean fromSnapshot) {
    return system.actorOf(Diary.props(id, fromSnapshot));
  }

  /** Waits for a diary's answer; throws a {@code CompletionException} if it is a failure. */
  Object ask(ActorRef diary, Object command) {
    return tell(diary, command).join();
  }

  /** Gives a diary a command; returns its answer to be. */
  CompletableFuture<Object> tell(ActorRef diary, Object command) {
    return Patterns.ask(diary, command, PATIENCE).toCompletableFuture();
  }

  @Override
  public void close() {
    system.terminate();
    system.getWhenTerminated().toCompletableFuture().join();
  }
}
