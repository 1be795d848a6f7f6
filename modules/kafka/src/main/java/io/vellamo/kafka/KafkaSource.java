package io.vellamo.kafka;

import static java.util.Objects.requireNonNull;

import io.vellamo.api.query.NodeAccess;
import io.vellamo.api.source.EventSource;
import io.vellamo.api.source.SourceContext;
import io.vellamo.api.source.SourceException;
import io.vellamo.api.source.SourceReader;
import io.vellamo.connectors.file.JsonCodec;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * A source that reads Kafka topics, exactly once.
 *
 * <pre>{@code
 * KafkaSource<Click> clicks =
 *     KafkaSource.of("broker-1:9092,broker-2:9092", "clicks").json(Click.class);
 * }</pre>
 *
 * <p>Each partition of a topic is a source partition, named {@code clicks-3}. The query's journal
 * holds the offsets; consumer groups are not used. Records of aborted and of open transactions are
 * not read, unless the property {@code isolation.level} is {@code read_uncommitted}. Partitions
 * that are added, and topics that begin to match the pattern, are found while the query runs.
 *
 * <p>A record that can't be deserialized becomes a dead letter with topic, partition and offset.
 *
 * <p><b>Threading</b> Immutable; safe to share.
 *
 * <p><b>Failure</b> Brokers that can't be reached throw {@link io.vellamo.api.RetryableException}.
 * A missing topic or permission, and records that were deleted before they were read, see {@link
 * #whenDataIsLost}, throw {@link SourceException}.
 *
 * <p><b>Cost</b> One consumer with its fetch buffers, one admin client, one thread, and up to 32
 * MiB of records that were fetched ahead. The offsets of all partitions and the ids of their topics
 * are requested once per epoch, and every second while the query is idle; new records are signalled
 * by a fetch that the broker holds until there are some.
 *
 * @param <T> the events
 * @since 0.1
 */
public final class KafkaSource<T> implements EventSource<T> {
  private static final Duration POLL_INTERVAL = Duration.ofSeconds(1);
  private static final Duration DEFAULT_DISCOVERY_INTERVAL = Duration.ofSeconds(10);

  private final TopicSelection topics;
  private final ClientProperties properties;
  private final EventFormat<T> format;
  private final Options options;

  private KafkaSource(
      TopicSelection topics, ClientProperties properties, EventFormat<T> format, Options options) {
    this.topics = topics;
    this.properties = properties;
    this.format = format;
    this.options = options;
  }

  /**
   * Returns a source of the values of records, as bytes.
   *
   * @param bootstrapServers addresses of brokers, such as {@code broker-1:9092,broker-2:9092}
   * @param topics the topics, at least one
   * @return a source that begins at the earliest records
   */
  public static KafkaSource<byte[]> of(String bootstrapServers, String... topics) {
    return of(bootstrapServers, new TopicSelection(List.of(topics), null));
  }

  /**
   * Returns a source of the values of records, as bytes, of all topics whose names match a pattern.
   *
   * @param bootstrapServers addresses of brokers
   * @param topics the pattern of whole names
   * @return a source that begins at the earliest records
   */
  public static KafkaSource<byte[]> of(String bootstrapServers, Pattern topics) {
    return of(bootstrapServers, new TopicSelection(List.of(), requireNonNull(topics, "topics")));
  }

  private static KafkaSource<byte[]> of(String bootstrapServers, TopicSelection topics) {
    return new KafkaSource<>(
        topics,
        ClientProperties.of(bootstrapServers),
        new DeserializerFormat<>(
            ByteArrayDeserializer::new, ByteArrayDeserializer::new, ConsumerRecord::value),
        Options.DEFAULT);
  }

  /**
   * Returns this source with values read as JSON, by the rules of {@link
   * io.vellamo.connectors.file.JsonLines}.
   *
   * @param eventClass the class of the events
   * @param <E> the events
   * @return a source of the events
   */
  public <E> KafkaSource<E> json(Class<E> eventClass) {
    return json(JsonCodec.of(eventClass));
  }

  /**
   * Returns this source with values read as JSON by a codec, which may have another mapper or a
   * unit of numeric times.
   *
   * @param codec the codec
   * @param <E> the events
   * @return a source of the events
   */
  public <E> KafkaSource<E> json(JsonCodec<E> codec) {
    return with(new JsonFormat<>(requireNonNull(codec, "codec")));
  }

  /**
   * Returns this source with values read as texts in UTF-8.
   *
   * @return a source of the texts
   */
  public KafkaSource<String> strings() {
    return values(StringDeserializer::new);
  }

  /**
   * Returns this source with values read by a Kafka deserializer.
   *
   * @param deserializer creates the deserializer of each query; configured with the properties of
   *     this source
   * @param <V> the values
   * @return a source of the values
   */
  public <V> KafkaSource<V> values(Supplier<? extends Deserializer<V>> deserializer) {
    return map(ByteArrayDeserializer::new, deserializer, ConsumerRecord::value);
  }

  /**
   * Returns this source with records read whole: key, value, headers, timestamp and position.
   * Tombstones are events without a value.
   *
   * @param keys creates the deserializer of keys
   * @param values creates the deserializer of values
   * @param <K> the keys
   * @param <V> the values
   * @return a source of the records
   */
  public <K, V> KafkaSource<KafkaEvent<K, V>> events(
      Supplier<? extends Deserializer<K>> keys, Supplier<? extends Deserializer<V>> values) {
    return map(keys, values, KafkaEvent::of);
  }

  /**
   * Returns this source with events that a mapper creates from records.
   *
   * @param keys creates the deserializer of keys
   * @param values creates the deserializer of values
   * @param mapper returns the event of a record, and the same event if called again; a record for
   *     which it returns null or throws becomes a dead letter
   * @param <K> the keys
   * @param <V> the values
   * @param <E> the events
   * @return a source of the events
   */
  public <K, V, E> KafkaSource<E> map(
      Supplier<? extends Deserializer<K>> keys,
      Supplier<? extends Deserializer<V>> values,
      Function<ConsumerRecord<K, V>, @Nullable E> mapper) {
    requireNonNull(keys, "keys");
    requireNonNull(values, "values");
    requireNonNull(mapper, "mapper");
    return with(new DeserializerFormat<K, V, E>(keys, values, mapper));
  }

  private <E> KafkaSource<E> with(EventFormat<E> changed) {
    return new KafkaSource<>(topics, properties, changed, options);
  }

  private KafkaSource<T> with(Options changed) {
    return new KafkaSource<>(topics, properties, format, changed);
  }

  /**
   * Sets a property of Kafka's consumer, such as {@code security.protocol}. Deserializers receive
   * it too.
   *
   * @param name the property's name
   * @param value its value
   * @return a source with it
   * @throws IllegalArgumentException if the source sets this property itself
   */
  public KafkaSource<T> withProperty(String name, Object value) {
    return new KafkaSource<>(topics, properties.with(name, value), format, options);
  }

  /**
   * Sets properties of Kafka's consumer.
   *
   * @param more names and values
   * @return a source with them
   * @throws IllegalArgumentException if the source sets one of them itself
   */
  public KafkaSource<T> withProperties(Map<String, ?> more) {
    return new KafkaSource<>(topics, properties.with(more), format, options);
  }

  /**
   * Sets where a query begins that has not committed an epoch yet. Defaults to {@link
   * KafkaStart#earliest}.
   *
   * @param start the start
   * @return a source with it
   */
  public KafkaSource<T> startAt(KafkaStart start) {
    return with(options.withStart(requireNonNull(start, "start")));
  }

  /**
   * Sets the reaction to records that were deleted before the query read them. Defaults to {@link
   * WhenDataIsLost#FAIL}.
   *
   * @param reaction the reaction
   * @return a source with it
   */
  public KafkaSource<T> whenDataIsLost(WhenDataIsLost reaction) {
    return with(options.withReaction(requireNonNull(reaction, "reaction")));
  }

  /**
   * Reads topics that Kafka compacts, which are refused by default: of the records of a key, only
   * the last is sure to be read. Offsets without a record are counted in the metric {@code
   * offsetsWithoutRecord}.
   *
   * @return a source that reads what a compacted topic holds
   */
  public KafkaSource<T> allowCompaction() {
    return with(options.withCompaction());
  }

  /**
   * Sets how often the source looks for new partitions and topics. Defaults to 10 s.
   *
   * @param interval not negative; zero looks before each epoch
   * @return a source with it
   * @throws IllegalArgumentException if {@code interval} is negative
   */
  public KafkaSource<T> withDiscoveryInterval(Duration interval) {
    requireNonNull(interval, "interval");
    if (interval.isNegative()) {
      throw new IllegalArgumentException(
          "interval must not be negative, was [%s]".formatted(interval));
    }
    return with(options.withDiscovery(interval));
  }

  /**
   * Sets a consumer group under which committed positions are reported, so that monitoring tools
   * show the query's lag. The query does not read them.
   *
   * @param group the group's id; no consumer may use it
   * @return a source with it
   */
  public KafkaSource<T> withReportedOffsets(String group) {
    return with(options.withReport(requireNonNull(group, "group")));
  }

  @Override
  public String description() {
    return "Kafka[" + topics.description() + "]";
  }

  @Override
  public NodeAccess nodeAccess() {
    return NodeAccess.shared();
  }

  @Override
  public Optional<Duration> pollInterval() {
    return Optional.of(POLL_INTERVAL);
  }

  @Override
  public SourceReader<T> open(SourceContext context) throws InterruptedException {
    KafkaFailures failures = new KafkaFailures(description(), "Source", SourceException::new);
    String clientId = "vellamo-" + context.queryName();
    Map<String, Object> consumerProperties = properties.consumer(clientId);
    Admin admin;
    try {
      admin = Admin.create(properties.admin(clientId));
    } catch (KafkaException e) {
      throw failures.of("create a client", e);
    }
    TopicDirectory directory =
        new TopicDirectory(admin, topics, properties.readsCommitted(), failures);
    try {
      LostData lost = new LostData(options.reaction, failures);
      StartOffsets starts =
          new StartOffsets(options.start, directory, topics.pattern() != null, context.committed());
      CompactedTopics compacted =
          new CompactedTopics(directory, failures, options.allowsCompaction);
      if (lost.isAccepted()) {
        directory.await(StartOffsets.topics(context.committed()));
      }
      KafkaPlanner planner =
          new KafkaPlanner(directory, starts, lost, compacted, context.clock(), options.discovery);
      planner.discover();
      RecordDecoder<T> decoder = format.open(consumerProperties);
      PartitionFetcher fetcher =
          new PartitionFetcher(
              new KafkaConsumer<>(consumerProperties),
              clientId + "-kafka",
              context.signal(),
              failures);
      OffsetReport report = options.report == null ? null : new OffsetReport(admin, options.report);
      return new KafkaReader<>(planner, directory, fetcher, decoder, lost, report);
    } catch (KafkaException e) {
      directory.close();
      throw failures.of("open topics [%s]".formatted(topics.description()), e);
    } catch (RuntimeException | InterruptedException e) {
      directory.close();
      throw e;
    }
  }

  /** The options of a source. */
  private record Options(
      KafkaStart start,
      WhenDataIsLost reaction,
      boolean allowsCompaction,
      Duration discovery,
      @Nullable String report) {
    static final Options DEFAULT =
        new Options(
            KafkaStart.earliest(), WhenDataIsLost.FAIL, false, DEFAULT_DISCOVERY_INTERVAL, null);

    Options withStart(KafkaStart changed) {
      return new Options(changed, reaction, allowsCompaction, discovery, report);
    }

    Options withReaction(WhenDataIsLost changed) {
      return new Options(start, changed, allowsCompaction, discovery, report);
    }

    Options withCompaction() {
      return new Options(start, reaction, true, discovery, report);
    }

    Options withDiscovery(Duration changed) {
      return new Options(start, reaction, allowsCompaction, changed, report);
    }

    Options withReport(String changed) {
      return new Options(start, reaction, allowsCompaction, discovery, changed);
    }
  }
}
