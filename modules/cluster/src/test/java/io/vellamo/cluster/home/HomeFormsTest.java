package io.vellamo.cluster.home;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import io.vellamo.cluster.ClusterSerializer;
import io.vellamo.cluster.message.MessageForm;
import io.vellamo.engine.group.GroupKey;
import io.vellamo.engine.protocol.query.QueryNews;
import io.vellamo.engine.protocol.query.QueryRequest;
import io.vellamo.engine.shard.ParkRequest;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
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
final class HomeFormsTest {
  private static final UUID HANDLE = new UUID(1, 2);
  private static final UUID HOME = new UUID(3, 4);
  private static final UUID RUN = new UUID(5, 6);

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

  private static <T> ActorRef<T> ref(String name) {
    return ActorRefResolver.get(kit.system())
        .resolveActorRef("pekko://nodes@127.0.0.1:2551/system/%s#42".formatted(name));
  }

  private static List<Object> messages() {
    return List.of(
        new HomeCommand.Register(
            HANDLE,
            RUN,
            7,
            "pekko://nodes@127.0.0.1:2551",
            new Fingerprint(List.of("query [q]", "sink [s]")),
            ref("handle")),
        new HomeCommand.Ask(
            HANDLE,
            3,
            new QueryRequest.Park(4, 1, GroupKey.of(new byte[] {1, 2}), ParkRequest.Kind.REDRIVE)),
        new HomeCommand.StopRun(HANDLE, Duration.ofSeconds(30)),
        new HomeCommand.HeardEnd(HANDLE),
        new HandleCommand.Registered(
            7, HOME, RUN, ref("home"), List.of(new QueryNews.Started(RUN), new QueryNews.Idle())),
        new HandleCommand.Refused("other definition"),
        new HandleCommand.Told(HOME, new QueryNews.Status("Waiting", true, false)),
        new HandleCommand.Answered(4, 1, true, new byte[] {1, 2, 3}),
        new HandleCommand.RunEnded(new RunOutcome("it failed", 9, "a call"), ref("home")));
  }

  @Test
  void messages_areOfAllKinds() {
    assertThat(messages().stream().map(Object::getClass))
        .containsExactlyInAnyOrderElementsOf(
            HomeForms.all().stream().<Class<?>>map(MessageForm::type).distinct().toList());
  }

  @Test
  void messages_areWrittenAsTheirGoldenFiles() throws IOException {
    for (Object message : messages()) {
      String manifest = serializer.manifest(message);

      assertThat(HexFormat.of().formatHex(serializer.toBinary(message)))
          .as(manifest)
          .isEqualTo(HexFormat.of().formatHex(golden(manifest)));
    }
  }

  @Test
  void goldenFiles_areReadAsTheirMessages() throws IOException {
    for (Object message : messages()) {
      String manifest = serializer.manifest(message);

      assertThat(serializer.fromBinary(golden(manifest), manifest))
          .as(manifest)
          .usingRecursiveComparison()
          .isEqualTo(message);
    }
  }

  @Test
  void messagesWithoutOptionalParts_areReadAsTheyAre() {
    Stream.of(
            new HomeCommand.Register(
                HANDLE, null, 1, "here", new Fingerprint(List.of()), ref("handle")),
            new HandleCommand.RunEnded(RunOutcome.STOPPED, ref("home")))
        .forEach(
            message ->
                assertThat(
                        serializer.fromBinary(
                            serializer.toBinary(message), serializer.manifest(message)))
                    .isEqualTo(message));
  }

  private static byte[] golden(String manifest) throws IOException {
    try (InputStream file =
        HomeFormsTest.class.getResourceAsStream("/golden/%s.bin".formatted(manifest))) {
      return file == null ? new byte[0] : file.readAllBytes();
    }
  }
}
