package io.vellamo.replay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.vellamo.engine.group.GroupKey;
import io.vellamo.engine.group.StoredValue;
import io.vellamo.persistence.codec.KeyForms;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** JSON forms of users' keys, states, rows and events, made without the users' classes. */
final class JsonForms {
  /** The tag of keys of users' classes. */
  static final byte CLASS_KEY = 16;

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final ObjectReader CBOR = KeyForms.trees();

  private JsonForms() {}

  /** Returns a state; null if there is none. Bytes that are not CBOR are shown in Base64. */
  static @Nullable JsonNode ofState(byte @Nullable [] state) {
    return state == null ? null : ofCbor(state);
  }

  /** Returns rows or events in their order. */
  static List<JsonNode> ofValues(List<StoredValue> values) {
    return values.stream().map(value -> ofCbor(value.bytes())).toList();
  }

  /** Returns a key: a string, number, boolean or null, or the properties of the key's class. */
  static JsonNode ofKey(GroupKey key) {
    return KeyForms.json(key);
  }

  /** Returns a key as a command line shows it: a string without quotes, any other key as JSON. */
  static String textOfKey(GroupKey key) {
    return KeyForms.text(key);
  }

  private static JsonNode ofCbor(byte[] bytes) {
    try {
      return CBOR.readTree(bytes);
    } catch (IOException e) {
      return NODES.binaryNode(bytes);
    }
  }
}
