package io.vellamo.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.vellamo.api.RetryableException;
import io.vellamo.kafka.KafkaExample.Click;
import io.vellamo.kafka.OpenedTopics.Letter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The example of the page on Kafka that reads Avro with schemas from a registry. */
final class RegistryAvroTest {
  private static final int ID = 7;
  private static final Schema SCHEMA =
      SchemaBuilder.record("Click")
          .fields()
          .requiredString("user")
          .requiredString("page")
          .endRecord();

  private final KafkaBroker broker = KafkaBroker.shared();
  private HttpServer registry;

  @BeforeEach
  void startRegistry() throws IOException {
    registry = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    registry.createContext(
        "/schemas/ids/" + ID + "/schema",
        exchange -> {
          byte[] text = SCHEMA.toString().getBytes(UTF_8);
          exchange.sendResponseHeaders(200, text.length);
          exchange.getResponseBody().write(text);
          exchange.close();
        });
    registry.start();
  }

  @AfterEach
  void stopRegistry() {
    registry.stop(0);
  }

  private KafkaSource<Click> clicks(String topic) {
    return KafkaExample.avro(
        broker.servers(), topic, "http://127.0.0.1:" + registry.getAddress().getPort());
  }

  private static byte[] avro(int id, String user, String page) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(0);
    bytes.write(ByteBuffer.allocate(4).putInt(id).array());
    GenericRecord click = new GenericData.Record(SCHEMA);
    click.put("user", user);
    click.put("page", page);
    BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
    new GenericDatumWriter<GenericRecord>(SCHEMA).write(click, encoder);
    encoder.flush();
    return bytes.toByteArray();
  }

  private void write(String topic, byte[]... values) throws Exception {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", broker.servers()),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      for (byte[] value : values) {
        producer.send(new ProducerRecord<>(topic, value)).get();
      }
    }
  }

  @Test
  void values_areReadBySchemasOfTheRegistry_othersAreDeadLetters() throws Exception {
    String topic = broker.topic(1);
    byte[] cut = ByteBuffer.allocate(6).put(0, (byte) 0).putInt(1, ID).put(5, (byte) 40).array();
    write(topic, avro(ID, "ada", "/"), cut, "text".getBytes(UTF_8), avro(8, "eve", "/a"));

    try (OpenedTopics<Click> opened = OpenedTopics.open(clicks(topic))) {
      opened.epoch();

      assertThat(opened.events).containsExactly(new Click("ada", "/"));
      assertThat(opened.letters).extracting(Letter::offset).containsExactly(1L, 2L, 3L);
      assertThat(opened.letters)
          .extracting(Letter::reason)
          .containsOnly(
              "value must be readable by [RegistryAvro], failed with [SerializationException]");
    }
  }

  @Test
  void registryThatCantBeReached_isWaitedFor_andLosesNoRecord() throws Exception {
    String topic = broker.topic(1);
    write(topic, avro(ID, "ada", "/"));
    registry.stop(0);

    try (OpenedTopics<Click> opened = OpenedTopics.open(clicks(topic))) {
      assertThatThrownBy(opened::epoch)
          .isInstanceOf(RetryableException.class)
          .hasMessage(
              "Deserializer [RegistryAvro] must reach what it needs, such as a schema registry,"
                  + " failed with [RetryableException]; check it and the network");
      assertThat(opened.letters).isEmpty();
    }
  }
}
