package io.vellamo.persistence.codec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.vellamo.api.SerializationException;
import io.vellamo.engine.group.GroupKey;
import io.vellamo.engine.group.Layouts;
import io.vellamo.engine.group.StoredValue;
import io.vellamo.persistence.codec.record.RecordLayout;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * JSON forms of a query's keys, states, rows and events, made without the users' classes. Bytes
 * that are neither CBOR nor of a known layout are shown in Base64.
 *
 * <p><b>Threading</b> Safe to share.
 */
public final class JsonForms {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final ObjectReader CBOR = JacksonMappers.trees();
  private static final StandardKeyCodec STANDARD_KEYS = new StandardKeyCodec();

  private final Layouts layouts;
  private final List<String> buffers;

  private JsonForms(Layouts layouts, List<String> buffers) {
    this.layouts = layouts;
    this.buffers = buffers;
  }

  /**
   * Creates forms of a query's values.
   *
   * @param layouts the layouts in the query's journal
   */
  public JsonForms(Layouts layouts) {
    this(layouts, List.of());
  }

  /** Returns forms that show the buffers of an operator, if it is an aggregation, by name. */
  public JsonForms ofOperator(String name) {
    return new JsonForms(layouts, layouts.buffers(name));
  }

  /** Returns a state, or only its size if a user's codec wrote it; null if there is none. */
  public @Nullable JsonNode ofState(byte @Nullable [] state) {
    if (state == null) {
      return null;
    }
    if (AggregationForms.isAggregation(state)) {
      return new AggregationForms(this::ofState, buffers).of(state);
    }
    return OwnStateCodec.isOwn(state)
        ? NODES.textNode("[%d bytes]".formatted(OwnStateCodec.sizeOf(state)))
        : ofCbor(state, VersionTag.length(VersionTag.versionOf(state)));
  }

  /**
   * Returns whether a user's codec or an aggregation wrote a state, so that only its bytes can be
   * compared.
   */
  public static boolean isOpaque(byte @Nullable [] state) {
    return state != null && (OwnStateCodec.isOwn(state) || AggregationForms.isAggregation(state));
  }

  /** Returns whether a state, or a value of a map, holds the buffers of an aggregation. */
  public static boolean isAggregation(byte @Nullable [] state) {
    return state != null && AggregationForms.isAggregation(state);
  }

  /** Returns the key of an entry: if it holds the buffers of an aggregation, a time. */
  public JsonNode ofEntryKey(GroupKey key, byte[] value) {
    return AggregationForms.isBuffers(value) && STANDARD_KEYS.read(key) instanceof Long start
        ? NODES.textNode(Instant.ofEpochMilli(start).toString())
        : ofKey(key);
  }

  /** Returns rows or events in their order. */
  public List<JsonNode> ofValues(List<StoredValue> values) {
    return values.stream().map(JsonForms::ofValue).toList();
  }

  private static JsonNode ofValue(StoredValue value) {
    try {
      return CBOR.readTree(StoredTypes.byName(value, "value"));
    } catch (IOException | SerializationException e) {
      return NODES.binaryNode(value.bytes());
    }
  }

  /**
   * Returns a key as JSON: a string, number, boolean or null, or the properties of the key's class.
   */
  public JsonNode ofKey(GroupKey key) {
    byte[] bytes = key.bytes();
    if (isOfClass(key)) {
      return RecordLayout.isIdAt(bytes, 0)
          ? ofCbor(bytes, 0)
          : ofCbor(Arrays.copyOfRange(bytes, 1, bytes.length), 0);
    }
    Object value = STANDARD_KEYS.read(key);
    if (value == null) {
      return NODES.nullNode();
    }
    return value instanceof Number || value instanceof Boolean
        ? JSON.valueToTree(value)
        : NODES.textNode(value.toString());
  }

  /** Returns a key as text: a string without quotes, any other key as JSON. */
  public String textOfKey(GroupKey key) {
    JsonNode json = ofKey(key);
    return json.isTextual() ? json.textValue() : json.toString();
  }

  /** Returns whether a key is of a user's class rather than of a standard type. */
  public static boolean isOfClass(GroupKey key) {
    return key.bytes()[0] == JacksonKeyCodec.VALUE || RecordLayout.isIdAt(key.bytes(), 0);
  }

  private JsonNode ofCbor(byte[] bytes, int start) {
    try {
      return CBOR.readTree(layouts.byName(bytes, start));
    } catch (IOException | SerializationException e) {
      return NODES.binaryNode(bytes);
    }
  }
}
