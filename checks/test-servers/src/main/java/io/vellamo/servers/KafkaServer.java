package io.vellamo.servers;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.jspecify.annotations.Nullable;

/**
 * A Kafka broker and controller in this JVM, on free local ports. It can be stopped and started
 * again on the same ports, with the same data. Whoever uses it needs {@code kafka_2.13} on the
 * class path.
 *
 * <p>The only class that knows the classes of Kafka's server, which are no public API.
 */
public final class KafkaServer implements AutoCloseable {
  private static final String CONTROLLER = "CONTROLLER";
  private static final String CLIENTS = "PLAINTEXT";

  private final Map<String, String> properties;
  private final Map<String, String> addresses;
  private @Nullable KafkaRaftServer server;

  private KafkaServer(Map<String, String> properties, Map<String, String> addresses) {
    this.properties = properties;
    this.addresses = addresses;
  }

  /**
   * Starts a broker.
   *
   * @param directory holds its data; those of an earlier broker are used again
   * @return a broker that answers
   */
  public static KafkaServer start(Path directory) {
    return start(directory, Map.of(), Map.of());
  }

  /**
   * Starts a broker with further listeners.
   *
   * @param directory holds its data; those of an earlier broker are used again
   * @param listeners the security protocols of further listeners by name, in upper case
   * @param more further properties of the broker
   * @return a broker that answers
   */
  public static KafkaServer start(
      Path directory, Map<String, String> listeners, Map<String, String> more) {
    try {
      Map<String, String> protocols = new HashMap<>(listeners);
      protocols.put(CLIENTS, "PLAINTEXT");
      Map<String, String> addresses = new HashMap<>();
      Iterator<Integer> ports = Processes.freePorts(protocols.size() + 1);
      for (String listener : protocols.keySet()) {
        addresses.put(listener, "localhost:" + ports.next());
      }
      String controller = "localhost:" + ports.next();
      Path data = directory.toAbsolutePath().resolve("data");
      Map<String, String> properties = properties(data);
      properties.putAll(listeners(protocols, addresses, controller));
      properties.putAll(more);
      if (!Files.exists(data.resolve("meta.properties"))) {
        format(data);
      }
      KafkaServer started = new KafkaServer(properties, Map.copyOf(addresses));
      started.restart();
      return started;
    } catch (Exception e) {
      throw new IllegalStateException("Kafka must start in [%s]".formatted(directory), e);
    }
  }

  private static Map<String, String> properties(Path data) {
    Map<String, String> properties = new HashMap<>();
    properties.put("process.roles", "broker,controller");
    properties.put("node.id", "1");
    properties.put("log.dirs", data.toString());
    properties.put("offsets.topic.replication.factor", "1");
    properties.put("offsets.topic.num.partitions", "2");
    properties.put("transaction.state.log.replication.factor", "1");
    properties.put("transaction.state.log.min.isr", "1");
    properties.put("transaction.state.log.num.partitions", "2");
    properties.put("transaction.abort.timed.out.transaction.cleanup.interval.ms", "500");
    properties.put("share.coordinator.state.topic.replication.factor", "1");
    properties.put("share.coordinator.state.topic.min.isr", "1");
    properties.put("group.initial.rebalance.delay.ms", "0");
    properties.put("log.cleaner.dedupe.buffer.size", "2097152");
    properties.put("log.cleaner.backoff.ms", "100");
    properties.put("log.retention.check.interval.ms", "200");
    // Records have times of any year; a topic that drops old ones says so itself.
    properties.put("log.retention.ms", "-1");
    properties.put("log.initial.task.delay.ms", "200");
    properties.put("auto.create.topics.enable", "false");
    return properties;
  }

  private static Map<String, String> listeners(
      Map<String, String> protocols, Map<String, String> addresses, String controller) {
    StringBuilder advertised = new StringBuilder();
    StringBuilder map = new StringBuilder(CONTROLLER + ":PLAINTEXT");
    protocols.forEach(
        (name, protocol) -> {
          advertised.append(name).append("://").append(addresses.get(name)).append(',');
          map.append(',').append(name).append(':').append(protocol);
        });
    return Map.of(
        "controller.quorum.voters",
        "1@" + controller,
        "controller.listener.names",
        CONTROLLER,
        "listeners",
        advertised + CONTROLLER + "://" + controller,
        "advertised.listeners",
        advertised.substring(0, advertised.length() - 1),
        "inter.broker.listener.name",
        CLIENTS,
        "listener.security.protocol.map",
        map.toString());
  }

  private static void format(Path data) throws Exception {
    new Formatter()
        .setPrintStream(
            new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8))
        .setClusterId(Uuid.randomUuid().toString())
        .setNodeId(1)
        .addDirectory(data.toString())
        .setMetadataLogDirectory(data.toString())
        .setControllerListenerName(CONTROLLER)
        .run();
  }

  /**
   * Returns the address for clients without security.
   *
   * @return host and port
   */
  public String address() {
    return address(CLIENTS);
  }

  /**
   * Returns the address of a listener.
   *
   * @param listener its name
   * @return host and port
   */
  public String address(String listener) {
    String address = addresses.get(listener);
    if (address == null) {
      throw new IllegalArgumentException(
          "listener must be one of %s, was [%s]".formatted(addresses.keySet(), listener));
    }
    return address;
  }

  /** Stops the broker. Its data stay. */
  public void stop() {
    KafkaRaftServer running = server;
    if (running != null) {
      running.shutdown();
      running.awaitShutdown();
      server = null;
    }
  }

  /** Starts the stopped broker again, on the same ports and with the same data. */
  public void restart() {
    KafkaRaftServer started = new KafkaRaftServer(new KafkaConfig(properties), Time.SYSTEM);
    started.startup();
    server = started;
  }

  /** Stops the broker. Its data stay; the owner of the directory removes them. */
  @Override
  public void close() {
    stop();
  }
}
