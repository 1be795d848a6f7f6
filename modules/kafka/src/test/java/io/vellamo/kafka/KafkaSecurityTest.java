package io.vellamo.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vellamo.api.sink.SinkContext;
import io.vellamo.api.sink.SinkException;
import io.vellamo.api.sink.SinkWriter;
import io.vellamo.api.source.SourceException;
import io.vellamo.servers.KafkaServer;
import io.vellamo.testkit.ListEpochRows;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** A broker whose listener demands TLS, and SASL/PLAIN over it. */
@TestInstance(Lifecycle.PER_CLASS)
final class KafkaSecurityTest {
  private static final String LISTENER = "SECURE";
  private static final String STORE_PASSWORD = "password-of-the-store";

  private Path directory;
  private KafkaServer server;
  private KafkaBroker broker;

  @BeforeAll
  void start(@TempDir Path temporary) throws Exception {
    directory = temporary;
    Path store = keyStore();
    String login = "org.apache.kafka.common.security.plain.PlainLoginModule required";
    server =
        KafkaServer.start(
            directory.resolve("kafka"),
            Map.of(LISTENER, "SASL_SSL"),
            Map.of(
                "listener.name.secure.sasl.enabled.mechanisms",
                "PLAIN",
                "listener.name.secure.plain.sasl.jaas.config",
                login + " user_ada=\"lovelace\";",
                "listener.name.secure.ssl.keystore.location",
                store.toString(),
                "listener.name.secure.ssl.keystore.type",
                "PKCS12",
                "listener.name.secure.ssl.keystore.password",
                STORE_PASSWORD));
    broker = new KafkaBroker(server);
  }

  @AfterAll
  void stop() {
    server.close();
  }

  /** Returns a store with a key and its certificate for localhost. */
  private Path keyStore() throws Exception {
    Path store = directory.resolve("store.p12");
    Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
    List<String> command =
        List.of(
            keytool.toString(),
            "-genkeypair",
            "-alias",
            "broker",
            "-keyalg",
            "RSA",
            "-dname",
            "CN=localhost",
            "-ext",
            "san=dns:localhost",
            "-storetype",
            "PKCS12",
            "-keystore",
            store.toString(),
            "-storepass",
            STORE_PASSWORD);
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("keytool.log").toFile())
            .start();
    assertThat(process.waitFor()).isZero();
    return store;
  }

  private Map<String, String> security(String password) {
    return Map.of(
        "security.protocol",
        "SASL_SSL",
        "sasl.mechanism",
        "PLAIN",
        "sasl.jaas.config",
        "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"ada\""
            + " password=\""
            + password
            + "\";",
        "ssl.truststore.location",
        directory.resolve("store.p12").toString(),
        "ssl.truststore.type",
        "PKCS12",
        "ssl.truststore.password",
        STORE_PASSWORD);
  }

  private KafkaSource<String> source(String topic, Map<String, String> properties) {
    return KafkaSource.of(server.address(LISTENER), topic).strings().withProperties(properties);
  }

  private KafkaSink<String> sink(String topic, Map<String, String> properties) {
    KafkaSink<String> sink =
        KafkaSink.of(server.address(LISTENER), topic, StringSerializer::new, row -> row);
    return sink.withProperties(properties);
  }

  private static SinkContext context(String query) {
    return new SinkContext(query, new UUID(1, 1), 0);
  }

  @Test
  void source_readsAsTheUserThatItsPropertiesName() throws Exception {
    String topic = broker.topic("read", 2, Map.of());
    broker.write(topic, 0, "a");
    broker.write(topic, 1, "b");

    try (OpenedTopics<String> opened = OpenedTopics.open(source(topic, security("lovelace")))) {
      opened.epoch();

      assertThat(opened.events).containsExactlyInAnyOrder("a", "b");
    }
  }

  @Test
  void sink_writesAsTheUserThatItsPropertiesName() throws Exception {
    String topic = broker.topic("written", 1, Map.of());
    try (SinkWriter<String> writer = sink(topic, security("lovelace")).open(context("q"))) {
      writer.write(new ListEpochRows<>("q", 1, List.of("a", "b")));

      assertThat(writer.metrics()).containsEntry("rowsWritten", 2L);
    }

    assertThat(broker.committedValues(topic)).containsExactly("a", "b");
  }

  @Test
  void wrongPassword_isRefusedByName() throws Exception {
    String topic = broker.topic("refused", 1, Map.of());

    assertThatThrownBy(() -> OpenedTopics.open(source(topic, security("byron"))))
        .isInstanceOf(SourceException.class)
        .hasMessage(
            "Source [Kafka[refused]] must be able to describe topic [refused], but Kafka refused its"
                + " identity; check the security properties")
        .hasMessageNotContaining("byron");
    assertThatThrownBy(() -> sink(topic, security("byron")).open(context("q")))
        .isInstanceOf(SinkException.class)
        .hasMessageContaining("but Kafka refused its identity; check the security properties");
  }
}
