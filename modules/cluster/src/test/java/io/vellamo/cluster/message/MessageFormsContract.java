package io.vellamo.cluster.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import io.vellamo.cluster.ClusterSerializer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorRefResolver;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Reads messages as earlier versions wrote them, from {@code golden/<manifest>.bin}.
 *
 * <p>A file that exists is never changed: a new layout gets a new manifest and a new file, whose
 * bytes the test of the missing file shows.
 */
public abstract class MessageFormsContract {
  private static ActorTestKit kit;
  private static ClusterSerializer serializer;

  @BeforeAll
  static void start() {
    kit =
        ActorTestKit.create(
            "forms",
            ConfigFactory.parseString(
                    "pekko.actor.provider = remote, pekko.remote.artery.canonical { hostname = 127.0.0.1, port = 0 }")
                .withFallback(ConfigFactory.load()));
    serializer = new ClusterSerializer((ExtendedActorSystem) Adapter.toClassic(kit.system()));
  }

  @AfterAll
  static void stop() {
    kit.shutdownTestKit();
  }

  /** Returns a reference to an actor of another node. */
  protected static <T> ActorRef<T> ref(String name) {
    return ActorRefResolver.get(kit.system())
        .resolveActorRef("pekko://nodes@127.0.0.1:2551/system/%s#42".formatted(name));
  }

  /** Returns a message of each kind. */
  protected abstract List<ClusterMessage> messages();

  /** Returns the forms that are tested. */
  protected abstract List<MessageForm<?>> forms();

  /** Returns what a message is after it was written and read. */
  protected static Object sent(ClusterMessage message) {
    ByteBuffer bytes = ByteBuffer.allocateDirect(256 * 1024);
    serializer.toBinary(message, bytes);
    return serializer.fromBinary(bytes.flip(), serializer.manifest(message));
  }

  @Test
  final void messages_areOfAllKinds() {
    assertThat(messages().stream().map(Object::getClass).distinct())
        .containsExactlyInAnyOrderElementsOf(
            forms().stream().<Class<?>>map(MessageForm::type).distinct().toList());
  }

  @Test
  final void messages_areWrittenAsTheirGoldenFiles() throws IOException {
    for (ClusterMessage message : messages()) {
      String manifest = serializer.manifest(message);

      assertThat(HexFormat.of().formatHex(serializer.toBinary(message)))
          .as(manifest)
          .isEqualTo(HexFormat.of().formatHex(golden(manifest)));
    }
  }

  @Test
  final void goldenFiles_areReadAsTheirMessages() throws IOException {
    for (ClusterMessage message : messages()) {
      String manifest = serializer.manifest(message);

      assertThat(serializer.fromBinary(golden(manifest), manifest))
          .as(manifest)
          .usingRecursiveComparison()
          .isEqualTo(message);
    }
  }

  @Test
  final void message_ofAnUnknownKind_isRefused() {
    assertThatThrownBy(() -> serializer.fromBinary(new byte[0], "later-1"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(
            "message must be of a kind that this node knows, has manifest [later-1]");
  }

  private static byte[] golden(String manifest) throws IOException {
    try (InputStream file =
        MessageFormsContract.class.getResourceAsStream("/golden/%s.bin".formatted(manifest))) {
      return file == null ? new byte[0] : file.readAllBytes();
    }
  }
}
