package io.vellamo.kafka;

import static java.util.Objects.requireNonNull;

import io.vellamo.api.query.NodeAccess;
import io.vellamo.api.query.OutputMode;
import io.vellamo.api.sink.ParallelSink;
import io.vellamo.api.sink.ShardRange;
import io.vellamo.api.sink.ShardWriter;
import io.vellamo.api.sink.SinkContext;
import io.vellamo.api.sink.SinkException;
import io.vellamo.api.sink.SinkGuarantee;
import io.vellamo.connectors.file.JsonCodec;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/**
 * A sink that writes rows as records of a topic, in ranges of shards at the same time. Each range
 * has a transaction for each epoch.
 *
 * <pre>{@code
 * KafkaSink<Session> sessions =
 *     KafkaSink.<Session>json("broker-1:9092", "sessions").withKey(Session::user);
 * }</pre>
 *
 * <p>A consumer with {@code isolation.level=read_committed} sees each row exactly once, after the
 * query has committed its epoch. The transaction also stores the number of its epoch, as the
 * committed offset of a consumer group with the name of the transactional id, so that an epoch that
 * is written again after a crash is skipped. A transaction that Kafka aborts, for example because
 * it took longer than {@code transaction.timeout.ms}, is written again from the query's journal.
 *
 * <p>Each record has a header {@code vellamo-row-id} with the row's identity.
 *
 * <p><b>Threading</b> Immutable; safe to share.
 *
 * <p><b>Failure</b> Brokers that can't be reached and aborted transactions throw {@link
 * io.vellamo.api.RetryableException}. A missing topic or permission, a row that can't be written,
 * and another run that writes with the same transactional id throw {@link SinkException}.
 *
 * <p><b>Cost</b> One producer and one admin client for each range ({@code
 * vellamo.query.sink-ranges}). An epoch with rows costs three requests and the writes of a
 * transaction for each range that has any.
 *
 * @param <U> the rows
 * @since 0.1
 */
public final class KafkaSink<U> implements ParallelSink<U> {
  /** The header that holds a row's identity, as text. */
  public static final String ROW_ID_HEADER = "vellamo-row-id";

  private static final long DEFAULT_TRANSACTION_TIMEOUT_MILLIS = 60_000;
  private static final int DEFAULT_MAX_BLOCK_MILLIS = 30_000;

  private final String topic;
  private final ClientProperties properties;
  private final RowFormat<U> format;
  private final boolean transactional;
  private final @Nullable String transactionalId;

  private KafkaSink(
      String topic,
      ClientProperties properties,
      RowFormat<U> format,
      boolean transactional,
      @Nullable String transactionalId) {
    this.topic = topic;
    this.properties = properties;
    this.format = format;
    this.transactional = transactional;
    this.transactionalId = transactionalId;
  }

  /**
   * Returns a sink that writes rows as JSON, by the rules of {@link
   * io.vellamo.connectors.file.JsonLines}.
   *
   * @param bootstrapServers addresses of brokers, such as {@code broker-1:9092,broker-2:9092}
   * @param topic the topic, which must exist
   * @param <U> the rows
   * @return a sink that writes records without keys, exactly once
   */
  public static <U> KafkaSink<U> json(String bootstrapServers, String topic) {
    JsonCodec<Object> codec = JsonCodec.of(Object.class);
    Serializer<U> serializer = (to, row) -> codec.write(row);
    return of(bootstrapServers, topic, () -> serializer, row -> row);
  }

  /**
   * Returns a sink that writes rows with a Kafka serializer.
   *
   * @param bootstrapServers addresses of brokers
   * @param topic the topic, which must exist
   * @param serializer creates the serializer of each query; configured with the properties of this
   *     sink
   * @param value returns the value of a row; null for a tombstone
   * @param <U> the rows
   * @param <V> the values
   * @return a sink that writes records without keys, exactly once
   */
  public static <U, V> KafkaSink<U> of(
      String bootstrapServers,
      String topic,
      Supplier<? extends Serializer<V>> serializer,
      Function<? super U, ? extends @Nullable V> value) {
    requireNonNull(topic, "topic");
    requireNonNull(serializer, "serializer");
    requireNonNull(value, "value");
    RowFormat<U> format =
        new RowFormat<>(row -> topic, null, new RowPart<U, V>(serializer, value), null);
    return new KafkaSink<>(topic, ClientProperties.of(bootstrapServers), format, true, null);
  }

  private KafkaSink<U> with(RowFormat<U> changed) {
    return new KafkaSink<>(topic, properties, changed, transactional, transactionalId);
  }

  /**
   * Sets the keys of records to texts.
   *
   * @param key returns the key of a row; null for a record without a key
   * @return a sink with it
   */
  public KafkaSink<U> withKey(Function<? super U, @Nullable String> key) {
    return withKey(StringSerializer::new, key);
  }

  /**
   * Sets the keys of records.
   *
   * @param serializer creates the serializer of each query
   * @param key returns the key of a row; null for a record without a key
   * @param <K> the keys
   * @return a sink with it
   */
  public <K> KafkaSink<U> withKey(
      Supplier<? extends Serializer<K>> serializer,
      Function<? super U, ? extends @Nullable K> key) {
    requireNonNull(serializer, "serializer");
    return with(format.withKey(new RowPart<U, K>(serializer, requireNonNull(key, "key"))));
  }

  /**
   * Sets the topic by row. The topic of this sink stays the one under which the epochs are stored.
   *
   * @param topicOf returns the topic of a row
   * @return a sink with it
   */
  public KafkaSink<U> withTopic(Function<? super U, String> topicOf) {
    return with(format.withTopic(requireNonNull(topicOf, "topicOf")));
  }

  /**
   * Sets the timestamps of records. Defaults to the time at which a record is sent.
   *
   * @param timestamp returns the timestamp of a row
   * @return a sink with it
   */
  public KafkaSink<U> withTimestamp(Function<? super U, Instant> timestamp) {
    return with(format.withTimestamp(requireNonNull(timestamp, "timestamp")));
  }

  /**
   * Sets a property of Kafka's producer, such as {@code compression.type}. Serializers receive it
   * too.
   *
   * @param name the property's name
   * @param value its value
   * @return a sink with it
   * @throws IllegalArgumentException if the sink sets this property itself
   */
  public KafkaSink<U> withProperty(String name, Object value) {
    return withProperties(Map.of(name, value));
  }

  /**
   * Sets properties of Kafka's producer.
   *
   * @param more names and values
   * @return a sink with them
   * @throws IllegalArgumentException if the sink sets one of them itself
   */
  public KafkaSink<U> withProperties(Map<String, ?> more) {
    return new KafkaSink<>(topic, properties.with(more), format, transactional, transactionalId);
  }

  /**
   * Sets the transactional id. Defaults to {@code vellamo-<query>-<topic>}. The id of a range of
   * shards has the number of its first shard appended, as in {@code vellamo-visits-counts-16}.
   *
   * @param id unique among all sinks of all queries that write to the same brokers, and the same
   *     for all runs of a query
   * @return a sink with it
   */
  public KafkaSink<U> withTransactionalId(String id) {
    return new KafkaSink<>(topic, properties, format, transactional, requireNonNull(id, "id"));
  }

  /**
   * Returns this sink without transactions: rows are visible at once to every consumer, and rows of
   * an epoch that was not committed are written again after a crash.
   *
   * @return a sink that writes at least once
   */
  public KafkaSink<U> atLeastOnce() {
    return new KafkaSink<>(topic, properties, format, false, transactionalId);
  }

  @Override
  public String description() {
    return "Kafka[" + topic + "]";
  }

  @Override
  public SinkGuarantee guarantee() {
    return transactional ? SinkGuarantee.TRANSACTIONAL : SinkGuarantee.AT_LEAST_ONCE;
  }

  @Override
  public NodeAccess nodeAccess() {
    return NodeAccess.shared();
  }

  @Override
  public ShardWriter<U> open(SinkContext context, ShardRange shards, long owner)
      throws InterruptedException {
    KafkaFailures failures = new KafkaFailures(description(), "Sink", SinkException::new);
    if (context.mode() == OutputMode.COMPLETE && format.key() == null) {
      throw failures.lasting(
          "Sink [%s] must have a key in mode [COMPLETE], as only the last record of each key is part of the whole result; set one with withKey, or use another mode"
              .formatted(description()),
          null);
    }
    String clientId = "vellamo-" + context.queryName();
    Map<String, Object> producerProperties = properties.producer(clientId);
    producerProperties.putIfAbsent(ProducerConfig.MAX_BLOCK_MS_CONFIG, DEFAULT_MAX_BLOCK_MILLIS);
    try {
      requireTopic(clientId, failures);
      if (!transactional) {
        return new AtLeastOnceWriter<>(
            new RowSender<>(format, producerProperties, failures), failures);
      }
      String id =
          transactionalId == null
              ? "vellamo-" + context.queryName() + "-" + topic
              : transactionalId;
      return opened(id, shards, context, producerProperties, failures);
    } catch (KafkaException e) {
      throw failures.of("open topic [%s]".formatted(topic), e);
    }
  }

  private EpochTransaction<U> opened(
      String id,
      ShardRange shards,
      SinkContext context,
      Map<String, Object> producerProperties,
      KafkaFailures failures)
      throws InterruptedException {
    Object timeoutMillis =
        producerProperties.getOrDefault(
            ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, DEFAULT_TRANSACTION_TIMEOUT_MILLIS);
    boolean isRange = !shards.equals(ShardRange.ALL);
    String ofRange = isRange ? id + "-" + shards.first() : id;
    producerProperties.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, ofRange);
    Map<String, Object> admin = properties.admin("vellamo-" + context.queryName());
    EpochTransaction<U> transaction =
        new EpochTransaction<>(
            new RowSender<>(format, producerProperties, failures),
            EpochMarker.of(ofRange, topic, admin),
            Admin.create(admin),
            context,
            Duration.ofMillis(Long.parseLong(timeoutMillis.toString())),
            failures);
    try {
      transaction.open(isRange ? EpochMarker.of(id, topic, admin) : null);
      return transaction;
    } catch (RuntimeException | InterruptedException e) {
      transaction.close();
      throw e;
    }
  }

  private void requireTopic(String clientId, KafkaFailures failures) throws InterruptedException {
    try (Admin admin = Admin.create(properties.admin(clientId))) {
      admin.describeTopics(List.of(topic)).allTopicNames().get();
    } catch (ExecutionException e) {
      throw failures.of("describe topic [%s]".formatted(topic), e);
    }
  }
}
