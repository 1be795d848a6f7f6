package io.vellamo.persistence.codec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.vellamo.engine.group.GroupKey;
import java.io.IOException;
import java.util.Arrays;

/** Readable forms of grouping keys, made without the users' classes. */
public final class KeyForms {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final ObjectReader CBOR = JacksonMappers.trees();
  private static final StandardKeyCodec STANDARD_KEYS = new StandardKeyCodec();

  private KeyForms() {}

  /** Returns a reader of users' values in the journal that does not need their classes. */
  public static ObjectReader trees() {
    return CBOR;
  }

  /**
   * Returns a key as JSON: a string, number, boolean or null, or the properties of the key's class.
   */
  public static JsonNode json(GroupKey key) {
    byte[] bytes = key.bytes();
    if (bytes[0] == JacksonKeyCodec.VALUE) {
      try {
        return CBOR.readTree(Arrays.copyOfRange(bytes, 1, bytes.length));
      } catch (IOException e) {
        return NODES.binaryNode(bytes);
      }
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
  public static String text(GroupKey key) {
    JsonNode json = json(key);
    return json.isTextual() ? json.textValue() : json.toString();
  }
}
