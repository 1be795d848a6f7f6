package io.vellamo.cluster.checks;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class NodeChecksTest {
  private static final ConfiguredJournal SHARED =
      new ConfiguredJournal("shared", JournalKind.FENCED);
  private static final ConfiguredJournal PROXY = new ConfiguredJournal("proxy", JournalKind.PROXY);

  @Test
  void downingProvider_missing_isRefused() {
    assertThatThrownBy(() -> NodeChecks.requireDowningProvider(config("")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "pekko.cluster.downing-provider-class must name a downing provider, was []: without one, the shards of a node that crashes never move to another; set it to org.apache.pekko.cluster.sbr.SplitBrainResolverProvider");
  }

  @Test
  void downingProvider_configured_isAccepted() {
    Config config =
        config(
            "pekko.cluster.downing-provider-class = org.apache.pekko.cluster.sbr.SplitBrainResolverProvider");

    assertThatCode(() -> NodeChecks.requireDowningProvider(config)).doesNotThrowAnyException();
  }

  @Test
  void javaSerialization_switchedOn_isRefused() {
    Config config = config("pekko.actor.allow-java-serialization = on");

    assertThatThrownBy(() -> NodeChecks.requireNoJavaSerialization(config, SHARED))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "pekko.actor.allow-java-serialization must be off in a cluster, was [on]: any bytes that reach the port of a node could create objects there; remove the setting, and bind messages to other serializers");
  }

  @Test
  void javaSerialization_offOrForTheProxyOfAJournal_isAccepted() {
    Config on = config("pekko.actor.allow-java-serialization = on");

    assertThatCode(() -> NodeChecks.requireNoJavaSerialization(on, PROXY))
        .doesNotThrowAnyException();
    assertThatCode(() -> NodeChecks.requireNoJavaSerialization(config(""), SHARED))
        .doesNotThrowAnyException();
  }

  @Test
  void role_thatTheNodeLacks_isRefused() {
    assertThatThrownBy(() -> NodeChecks.requireRole("queries", Set.of("web", "dc-default")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "Node must have the role [queries] to run queries, has [dc-default, web]; add it to pekko.cluster.roles, or change vellamo.cluster.role");
  }

  @Test
  void role_thatTheNodeHasOrThatIsNotSet_isAccepted() {
    assertThatCode(() -> NodeChecks.requireRole("queries", Set.of("queries")))
        .doesNotThrowAnyException();
    assertThatCode(() -> NodeChecks.requireRole("", Set.of())).doesNotThrowAnyException();
  }

  private static Config config(String text) {
    return ConfigFactory.load(ConfigFactory.parseString(text));
  }
}
