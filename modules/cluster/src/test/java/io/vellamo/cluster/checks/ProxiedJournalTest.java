package io.vellamo.cluster.checks;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.persistence.Persistence;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The test of a journal that runs on another node, through Pekko's proxy. */
final class ProxiedJournalTest {
  private static final String PROXY = "pekko.persistence.journal.proxy";

  private static final String NODE =
      """
      pekko.actor.provider = cluster
      pekko.remote.artery.canonical { hostname = 127.0.0.1, port = 0 }
      # The proxy's messages have no other form.
      pekko.actor { allow-java-serialization = on, warn-about-java-serializer-usage = off }
      pekko.persistence.journal { plugin = pekko.persistence.journal.proxy, proxy.init-timeout = 30s }
      """;

  @TempDir Path directory;

  // Set by each test.
  private @Nullable ActorTestKit target;
  private @Nullable ActorTestKit other;

  @AfterEach
  void stop() {
    requireNonNull(other, "other").shutdownTestKit();
    requireNonNull(target, "target").shutdownTestKit();
  }

  @Test
  void embeddedJournal_refusesTheSecondWriteOfAnotherNode() {
    assertThat(probe("vellamo.embedded-journal.journal")).isTrue();
  }

  @Test
  void journalInMemory_acceptsTheSecondWriteOfAnotherNode() {
    assertThat(probe("pekko.persistence.journal.inmem")).isFalse();
  }

  private boolean probe(String journal) {
    ActorTestKit first =
        node(
            """
            vellamo.embedded-journal.dir = "%s"
            %s { start-target-journal = on, target-journal-plugin = "%s" }
            """
                .formatted(directory, PROXY, journal));
    target = first;
    Persistence.get(first.system()).journalFor(PROXY, ConfigFactory.empty());
    ActorTestKit second =
        node(
            "%s { target-journal-plugin = \"%s\", target-journal-address = \"%s\" }"
                .formatted(PROXY, journal, first.system().address()));
    other = second;
    return JournalProbe.refusesSecondWrite(
        second.system(),
        new ProbeWriter.Log(PROXY, "pekko.persistence.no-snapshot-store", "vellamo-probe|other"),
        Duration.ofSeconds(30));
  }

  private static ActorTestKit node(String settings) {
    Config config = ConfigFactory.load(ConfigFactory.parseString(NODE + settings));
    return ActorTestKit.create("ProxiedJournalTest", config);
  }
}
