package io.vellamo.replay;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vellamo.engine.group.GroupKey;
import io.vellamo.persistence.codec.JacksonKeyCodec;
import io.vellamo.persistence.codec.JsonForms;
import io.vellamo.persistence.codec.RecordLayouts;
import io.vellamo.persistence.codec.StandardKeyCodec;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The key of a group, in the form of the journal.
 *
 * @since 0.1
 */
public final class ReplayKey {
  private static final StandardKeyCodec STANDARD = new StandardKeyCodec();
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Set<Class<?>> STANDARD_TYPES =
      Set.of(
          String.class,
          Integer.class,
          Long.class,
          Boolean.class,
          Double.class,
          UUID.class,
          Instant.class);

  private final GroupKey key;
  private final String text;

  ReplayKey(GroupKey key, String text) {
    this.key = key;
    this.text = text;
  }

  /**
   * Returns a key.
   *
   * @param key of a standard type, or of the class given to {@code groupByKey}; null is a key too
   * @return the key in the form of the journal
   */
  public static ReplayKey of(@Nullable Object key) {
    RecordLayouts layouts = new RecordLayouts();
    GroupKey groupKey =
        key == null || STANDARD_TYPES.contains(key.getClass())
            ? STANDARD.write(key)
            : JacksonKeyCodec.of(key.getClass(), layouts).write(key);
    return new ReplayKey(groupKey, new JsonForms(layouts).textOfKey(groupKey));
  }

  GroupKey groupKey() {
    return key;
  }

  /** Returns the standard keys that a text may denote, the likeliest first. */
  static List<GroupKey> candidates(String text) {
    List<GroupKey> keys = new ArrayList<>();
    keys.add(STANDARD.write(text));
    JsonNode json = json(text);
    if (json != null) {
      addJson(json, keys);
    }
    try {
      keys.add(STANDARD.write(Instant.parse(text)));
    } catch (DateTimeException e) {
      // Not an instant.
      keys.addAll(uuid(text));
    }
    return keys;
  }

  /** Returns a text as JSON, or null if it is not JSON. */
  static @Nullable JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      return null;
    }
  }

  private static void addJson(JsonNode json, List<GroupKey> keys) {
    if (json.isTextual()) {
      keys.add(STANDARD.write(json.textValue()));
    } else if (json.isNull()) {
      keys.add(STANDARD.write(null));
    } else if (json.isBoolean()) {
      keys.add(STANDARD.write(json.booleanValue()));
    } else if (json.isNumber()) {
      if (json.canConvertToExactIntegral() && json.canConvertToLong()) {
        keys.add(STANDARD.write(json.longValue()));
      }
      if (json.canConvertToExactIntegral() && json.canConvertToInt()) {
        keys.add(STANDARD.write(json.intValue()));
      }
      keys.add(STANDARD.write(json.doubleValue()));
    }
  }

  private static List<GroupKey> uuid(String text) {
    try {
      UUID uuid = UUID.fromString(text);
      return uuid.toString().equalsIgnoreCase(text) ? List.of(STANDARD.write(uuid)) : List.of();
    } catch (IllegalArgumentException e) {
      return List.of();
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ReplayKey that && key.equals(that.key);
  }

  @Override
  public int hashCode() {
    return key.hashCode();
  }

  /**
   * Returns the key in readable form.
   *
   * @return a string without quotes, any other key as JSON
   */
  @Override
  public String toString() {
    return text;
  }
}
