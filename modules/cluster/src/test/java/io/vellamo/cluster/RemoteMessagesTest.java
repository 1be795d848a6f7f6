package io.vellamo.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.vellamo.cluster.message.ClusterMessage;
import io.vellamo.cluster.message.MessageForm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.LoggingTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorRefResolver;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Messages of all forms, as their golden files have them, from one actor system to another by
 * Artery.
 */
final class RemoteMessagesTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private ActorTestKit here;
  private ActorTestKit there;

  @BeforeEach
  void start() {
    here = kit("here", "io.vellamo.cluster.ClusterSerializer");
    there = kit("there", "io.vellamo.cluster.ClusterSerializer");
  }

  @AfterEach
  void stop() {
    here.shutdownTestKit();
    there.shutdownTestKit();
  }

  private static ActorTestKit kit(String name, String serializer) {
    Config remote =
        ConfigFactory.parseString(
            """
            pekko.actor.provider = remote
            pekko.actor.allow-java-serialization = off
            pekko.actor.serializers.vellamo-cluster = "%s"
            pekko.remote.artery { transport = tcp, canonical { hostname = 127.0.0.1, port = 0 } }
            """
                .formatted(serializer));
    return ActorTestKit.create(name, remote.withFallback(ConfigFactory.load()));
  }

  /** Returns a reference of one system to the actor of another. */
  private static <T> ActorRef<T> seenBy(ActorTestKit kit, ActorTestKit owner, ActorRef<T> ref) {
    return ActorRefResolver.get(kit.system())
        .resolveActorRef(ActorRefResolver.get(owner.system()).toSerializationFormat(ref));
  }

  private static ClusterSerializer serializer(ActorTestKit kit) {
    return new ClusterSerializer((ExtendedActorSystem) Adapter.toClassic(kit.system()));
  }

  private static List<String> manifests() {
    return ClusterSerializer.forms().stream().map(MessageForm::manifest).toList();
  }

  private static Path golden() throws Exception {
    return Path.of(
        Objects.requireNonNull(RemoteMessagesTest.class.getResource("/golden"), "golden").toURI());
  }

  /** Returns the message of a form's golden file. */
  private static ClusterMessage sample(ClusterSerializer serializer, String manifest)
      throws Exception {
    byte[] bytes = Files.readAllBytes(golden().resolve(manifest + ".bin"));
    return (ClusterMessage) serializer.fromBinary(bytes, manifest);
  }

  @Test
  void forms_allHaveAGoldenFile() throws Exception {
    assertThat(manifests()).doesNotHaveDuplicates();
    assertThat(goldenFiles()).containsExactlyInAnyOrderElementsOf(manifests());
  }

  private static List<String> goldenFiles() throws Exception {
    List<String> names = new ArrayList<>();
    try (Stream<Path> files = Files.list(golden())) {
      files.forEach(file -> names.add(file.getFileName().toString().replace(".bin", "")));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return names;
  }

  @Test
  void messages_ofAllForms_arriveAsTheyWereSent() throws Exception {
    ClusterSerializer sending = serializer(here);
    ClusterSerializer receiving = serializer(there);
    TestProbe<ClusterMessage> receiver = there.createTestProbe(ClusterMessage.class);
    ActorRef<ClusterMessage> remote = seenBy(here, there, receiver.ref());
    for (String manifest : manifests()) {
      ClusterMessage message = sample(sending, manifest);

      remote.tell(message);
      ClusterMessage received = receiver.receiveMessage(PATIENCE);

      assertThat(received).as(manifest).isNotSameAs(message).hasSameClassAs(message);
      assertThat(received)
          .as(manifest)
          .usingRecursiveComparison()
          .withEqualsForType(Object::equals, ActorRef.class)
          .isEqualTo(message);
      assertThat(receiving.toBinary(received)).as(manifest).isEqualTo(sending.toBinary(message));
    }
  }

  @Test
  void message_ofALaterVersion_isLoggedWithBothVersions_andTheNextOnesArrive() throws Exception {
    ActorTestKit later = kit("later", LaterSerializer.class.getName());
    TestProbe<ClusterMessage> receiver = there.createTestProbe(ClusterMessage.class);
    ClusterMessage message = sample(serializer(here), "home-heard-end-1");
    try {
      LoggingTestKit.error("Failed to deserialize message")
          .withCustom(
              event ->
                  String.valueOf(event.getThrowable())
                      .contains(
                          "which are [home-heard-end-1], has manifest [home-heard-end-2]; run versions of Vellamo"))
          .expect(
              there.system(),
              () -> {
                seenBy(later, there, receiver.ref()).tell(message);
                return null;
              });
      seenBy(here, there, receiver.ref()).tell(message);

      assertThat(receiver.receiveMessage(PATIENCE)).isEqualTo(message);
    } finally {
      later.shutdownTestKit();
    }
  }
}
