package io.vellamo.kafka;

import io.vellamo.api.QueryStart;
import io.vellamo.api.group.GroupStateTimeout;
import io.vellamo.api.query.OutputMode;
import io.vellamo.api.query.StreamingQuery;
import io.vellamo.api.sink.DeadLetter;
import io.vellamo.connectors.file.JsonCodec;
import io.vellamo.connectors.file.NumericTimes;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.LongSerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** The code of the page on Kafka. */
final class KafkaExample {
  record Click(String user, String page) {}

  record Clicks(String user, long count) {}

  private KafkaExample() {}

  static StreamingQuery count(QueryStart query, String brokers, String input, String output) {
    KafkaSource<Click> clicks = KafkaSource.of(brokers, input).json(Click.class);
    KafkaSink<Clicks> counts = KafkaSink.<Clicks>json(brokers, output).withKey(Clicks::user);
    KafkaSink<DeadLetter> letters =
        KafkaSink.of(brokers, output, StringSerializer::new, DeadLetter::toString);

    return query
        .from(clicks)
        .groupByKey(Click::user, String.class)
        .flatMapGroupsWithState(
            OutputMode.UPDATE,
            GroupStateTimeout.NONE,
            Long.class,
            (user, events, state) -> {
              long count = state.optional().orElse(0L);
              for (; events.hasNext(); events.next()) {
                count++;
              }
              state.update(count);
              return List.of(new Clicks(user, count)).iterator();
            })
        .to(counts)
        .deadLettersTo(letters.withTransactionalId("clicks-letters"))
        .start();
  }

  static KafkaSource<Click> avro(String brokers, String topic, String registry) {
    return KafkaSource.of(brokers, topic)
        .withProperty("schema.registry.url", registry)
        .map(
            ByteArrayDeserializer::new,
            RegistryAvro::new,
            consumed ->
                consumed.value() == null
                    ? null
                    : new Click(
                        consumed.value().get("user").toString(),
                        consumed.value().get("page").toString()));
  }

  static List<KafkaSource<?>> sources(String brokers, Deserializer<Object> avro) {
    KafkaSource<byte[]> source = KafkaSource.of(brokers, "clicks");
    return List.of(
        source.strings(),
        source.json(JsonCodec.of(Click.class).withNumericTimes(NumericTimes.MILLISECONDS)),
        source.events(StringDeserializer::new, StringDeserializer::new),
        source.map(StringDeserializer::new, StringDeserializer::new, consumed -> consumed.key()),
        KafkaSource.of(brokers, Pattern.compile("clicks-.*")),
        source.startAt(KafkaStart.latest()),
        source.startAt(KafkaStart.at(Instant.parse("2026-11-01T00:00:00Z"))),
        source.startAt(KafkaStart.at(Map.of(new TopicPartition("clicks", 0), 1_000L))),
        source.whenDataIsLost(WhenDataIsLost.CONTINUE),
        source.allowCompaction(),
        source.withReportedOffsets("vellamo-clicks"),
        source
            .withProperty("security.protocol", "SASL_SSL")
            .withProperty("sasl.mechanism", "PLAIN"),
        source.withProperty("schema.registry.url", "http://registry:8081").values(() -> avro));
  }

  static List<KafkaSink<Clicks>> sinks(String brokers) {
    KafkaSink<Clicks> sink = KafkaSink.json(brokers, "counts");
    return List.of(
        sink.withKey(Clicks::user),
        sink.withKey(LongSerializer::new, Clicks::count),
        sink.withTopic(row -> row.count() > 100 ? "busy" : "counts"),
        sink.withProperty("compression.type", "lz4"),
        sink.atLeastOnce());
  }
}
