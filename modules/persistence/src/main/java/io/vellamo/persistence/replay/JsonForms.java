package io.vellamo.persistence.replay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.vellamo.engine.group.GroupKey;
import io.vellamo.engine.group.StoredValue;
import io.vellamo.persistence.codec.KeyForms;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the journal holds of users, as JSON, without the users' classes. */
final class JsonForms {
  /** The tag in front of keys of users' classes. */
  static final byte CLASS_KEY = 16;

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final ObjectReader CBOR = KeyForms.trees();

  private JsonForms() {}

  /** Returns a state; null if there is none. What is not CBOR stays as it is, in Base64. */
  static @Nullable JsonNode ofState(byte @Nullable [] state) {
    return state == null ? null : ofCbor(state);
  }

  /** Returns rows or events in their order. */
  static List<JsonNode> ofValues(List<StoredValue> values) {
    return values.stream().map(value -> ofCbor(value.bytes())).toList();
  }

  /** Returns a key: text, a number, or what the key's class consists of. */
  static JsonNode ofKey(GroupKey key) {
    return KeyForms.json(key);
  }

  /** Returns a key as a command line shows it: text without quotes, anything else as JSON. */
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
