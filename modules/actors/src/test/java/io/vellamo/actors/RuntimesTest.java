package io.vellamo.actors;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URL;
import java.net.URLClassLoader;
import org.junit.jupiter.api.Test;

final class RuntimesTest {
  @Test
  void providerOfTheRuntimeForClusters_thatIsMissing_isNamedWithItsArtifact() throws Exception {
    try (URLClassLoader empty = new URLClassLoader(new URL[0], null)) {
      assertThatThrownBy(() -> Runtimes.provider(empty))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage(
              "Queries on nodes of a cluster need the artifact io.vellamo:vellamo-cluster, it is not"
                  + " on the classpath, and pekko.actor.provider is [cluster]; add it, or set"
                  + " pekko.actor.provider = local to run queries on each node by itself");
    }
  }
}
