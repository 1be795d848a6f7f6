package io.vellamo.journal;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/** ActorSystems that use the embedded journal. */
final class Systems {

  private Systems() {}

  static Config config(String directory) {
    return ConfigFactory.parseMap(
            Map.of(
                "pekko.persistence.journal.plugin", "vellamo.embedded-journal.journal",
                "pekko.persistence.snapshot-store.plugin",
                    "vellamo.embedded-journal.snapshot-store",
                "pekko.actor.allow-java-serialization", "on",
                "pekko.actor.warn-about-java-serializer-usage", "off",
                "pekko.loglevel", "OFF",
                "pekko.stdout-loglevel", "OFF",
                "vellamo.embedded-journal.dir", directory))
        .withFallback(ConfigFactory.load());
  }

  static ActorSystem<Void> start(Path directory) {
    return start(config(directory.toString()));
  }

  static ActorSystem<Void> start(Config config) {
    return ActorSystem.create(Behaviors.empty(), "journal-test", config);
  }

  static void stop(ActorSystem<?> system) {
    system.terminate();
    await(system.getWhenTerminated());
  }

  static <T> T await(CompletionStage<T> stage) {
    return stage.toCompletableFuture().orTimeout(30, TimeUnit.SECONDS).join();
  }
}
