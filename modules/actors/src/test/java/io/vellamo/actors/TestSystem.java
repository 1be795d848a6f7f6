package io.vellamo.actors;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.persistence.testkit.PersistenceTestKitSnapshotPlugin;

/** An actor system whose journal lives as long as it does, and serializes all it is given. */
final class TestSystem implements AutoCloseable {
  private static final String JOURNAL =
      """
      pekko.persistence.journal.plugin = "pekko.persistence.journal.inmem"
      pekko.persistence.journal.inmem.test-serialization = on
      pekko.loglevel = WARNING
      vellamo.query.shards = 4
      """;

  private final ActorTestKit testKit;

  private TestSystem(Config config) {
    testKit = ActorTestKit.create(config);
  }

  static TestSystem start() {
    return start("");
  }

  /** Starts a system with further settings. */
  static TestSystem start(String settings) {
    Config config =
        ConfigFactory.parseString(settings)
            .withFallback(ConfigFactory.parseString(JOURNAL))
            .withFallback(PersistenceTestKitSnapshotPlugin.config())
            .withFallback(ConfigFactory.load());
    return new TestSystem(config);
  }

  Vellamo vellamo() {
    return Vellamo.get(testKit.system());
  }

  ActorTestKit testKit() {
    return testKit;
  }

  @Override
  public void close() {
    testKit.shutdownTestKit();
  }
}
