package io.vellamo.kafka;

import static java.util.Objects.requireNonNull;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * The user's properties of Kafka's clients, completed for each client.
 *
 * @param bootstrapServers the addresses of brokers
 * @param extra the user's properties
 */
record ClientProperties(String bootstrapServers, Map<String, Object> extra) {
  private static final Set<String> FIXED =
      Set.of(
          CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG,
          ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG,
          ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG,
          ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
          ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
          ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG,
          ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG,
          ProducerConfig.TRANSACTIONAL_ID_CONFIG,
          ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
          ProducerConfig.ACKS_CONFIG);

  ClientProperties {
    requireNonNull(bootstrapServers, "bootstrapServers");
    if (bootstrapServers.isBlank()) {
      throw new IllegalArgumentException(
          "bootstrapServers must name a broker as host:port, was [%s]".formatted(bootstrapServers));
    }
    extra = Map.copyOf(extra);
  }

  static ClientProperties of(String bootstrapServers) {
    return new ClientProperties(bootstrapServers, Map.of());
  }

  /** Returns these properties with one more. */
  ClientProperties with(String name, Object value) {
    requireNonNull(name, "name");
    requireNonNull(value, "value");
    if (FIXED.contains(name)) {
      throw new IllegalArgumentException(
          "name [%s] must not be a property that the source or sink sets itself, which are %s; use its methods"
              .formatted(name, FIXED.stream().sorted().toList()));
    }
    Map<String, Object> more = new HashMap<>(extra);
    more.put(name, value);
    return new ClientProperties(bootstrapServers, more);
  }

  ClientProperties with(Map<String, ?> properties) {
    ClientProperties all = this;
    for (Map.Entry<String, ?> property : properties.entrySet()) {
      all = all.with(property.getKey(), property.getValue());
    }
    return all;
  }

  /** Returns whether aborted records and records of open transactions are hidden. */
  boolean readsCommitted() {
    Object level = extra.get(ConsumerConfig.ISOLATION_LEVEL_CONFIG);
    return level == null || level.equals("read_committed");
  }

  Map<String, Object> consumer(String clientId) {
    Map<String, Object> all = common(clientId);
    all.putIfAbsent(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    all.putIfAbsent(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 2_000);
    all.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
    all.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
    all.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    all.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
    all.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    return all;
  }

  Map<String, Object> producer(String clientId) {
    Map<String, Object> all = common(clientId);
    all.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
    all.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
    all.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    all.put(ProducerConfig.ACKS_CONFIG, "all");
    return all;
  }

  /** Returns the properties that an admin client knows; others would be logged as unknown. */
  Map<String, Object> admin(String clientId) {
    Map<String, Object> all = common(clientId);
    all.keySet().retainAll(AdminClientConfig.configNames());
    all.putIfAbsent(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 30_000);
    return all;
  }

  private Map<String, Object> common(String clientId) {
    Map<String, Object> all = new HashMap<>(extra);
    all.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, List.of(bootstrapServers.split(",")));
    all.putIfAbsent(CommonClientConfigs.CLIENT_ID_CONFIG, clientId);
    return all;
  }
}
