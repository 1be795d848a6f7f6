package io.vellamo.kafka;

import io.vellamo.api.RetryableException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/**
 * A deserializer of Avro in the form that schema registries have agreed on: a zero, the id of the
 * schema that the value was written with, in four bytes, and the value.
 */
final class RegistryAvro implements Deserializer<GenericRecord> {
  private static final int HEADER_BYTES = 5;

  private final HttpClient client = HttpClient.newHttpClient();
  private final Map<Integer, GenericDatumReader<GenericRecord>> readers = new HashMap<>();
  private String registry = "";

  @Override
  public void configure(Map<String, ?> properties, boolean isKey) {
    registry = String.valueOf(Objects.requireNonNull(properties.get("schema.registry.url"), "url"));
  }

  @Override
  public @Nullable GenericRecord deserialize(String topic, byte @Nullable [] bytes) {
    if (bytes == null) {
      return null;
    }
    if (bytes.length < HEADER_BYTES || bytes[0] != 0) {
      throw new SerializationException("value must begin with a zero and the id of a schema");
    }
    int id = ByteBuffer.wrap(bytes).getInt(1);
    try {
      return reader(id)
          .read(
              null,
              DecoderFactory.get()
                  .binaryDecoder(bytes, HEADER_BYTES, bytes.length - HEADER_BYTES, null));
    } catch (IOException e) {
      throw new SerializationException("value must be readable by schema [%d]".formatted(id), e);
    }
  }

  private GenericDatumReader<GenericRecord> reader(int id) {
    return readers.computeIfAbsent(id, none -> new GenericDatumReader<>(schema(id)));
  }

  private Schema schema(int id) {
    HttpResponse<String> response;
    try {
      response =
          client.send(
              HttpRequest.newBuilder(URI.create(registry + "/schemas/ids/" + id + "/schema"))
                  .build(),
              BodyHandlers.ofString());
    } catch (IOException e) {
      throw new RetryableException("Registry [%s] must answer".formatted(registry), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RetryableException("Registry [%s] was interrupted".formatted(registry), e);
    }
    if (response.statusCode() != 200) {
      throw new SerializationException(
          "schema [%d] must be registered, registry answered [%d]"
              .formatted(id, response.statusCode()));
    }
    return new Schema.Parser().parse(response.body());
  }
}
