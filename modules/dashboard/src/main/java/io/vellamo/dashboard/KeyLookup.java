package io.vellamo.dashboard;

import com.fasterxml.jackson.databind.JsonNode;
import io.vellamo.api.query.CommittedGroup;
import io.vellamo.api.query.GroupPage;
import io.vellamo.api.query.StreamingQuery;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The search for a group by its key as typed: text, a number, or JSON for keys of a class. */
final class KeyLookup {
  private static final int PAGE = 1000;

  private final int searchLimit;

  KeyLookup(int searchLimit) {
    this.searchLimit = searchLimit;
  }

  /** Returns the group of a key, or empty if the operator keeps none. */
  Optional<CommittedGroup> find(StreamingQuery query, String operator, String text) {
    boolean accepted = false;
    for (Object key : candidates(text)) {
      try {
        Optional<CommittedGroup> group = BoundedAnswer.result(query.state(operator, key));
        if (group.isPresent()) {
          return group;
        }
        accepted = true;
      } catch (IllegalArgumentException e) {
        // Not a class of the operator's keys.
      }
    }
    JsonNode json = Json.read(text);
    return !accepted || (json != null && json.isContainerNode())
        ? search(query, operator, text, json)
        : Optional.empty();
  }

  private Optional<CommittedGroup> search(
      StreamingQuery query, String operator, String text, @Nullable JsonNode json) {
    int read = 0;
    GroupPage page;
    try {
      page = BoundedAnswer.result(query.groups(operator, PAGE));
    } catch (IllegalArgumentException e) {
      throw RequestException.notFound(String.valueOf(e.getMessage()));
    }
    while (true) {
      for (CommittedGroup group : page.groups()) {
        JsonNode key = keyOf(group);
        if (read++ >= searchLimit) {
          return Optional.empty();
        }
        if (key.equals(json) || (key.isTextual() && key.textValue().equals(text))) {
          return Optional.of(group);
        }
      }
      if (page.next().isEmpty() || read >= searchLimit) {
        return Optional.empty();
      }
      page = BoundedAnswer.result(query.groups(operator, page.next().get(), PAGE));
    }
  }

  private static JsonNode keyOf(CommittedGroup group) {
    JsonNode json = Json.read(group.json());
    return json == null ? Json.object() : json.path("key");
  }

  /** Returns the keys of standard types that a text may denote, the likeliest first. */
  static List<@Nullable Object> candidates(String text) {
    List<@Nullable Object> keys = new ArrayList<>();
    keys.add(text);
    JsonNode json = Json.read(text);
    if (json != null && json.isIntegralNumber() && json.canConvertToLong()) {
      keys.add(json.longValue());
      if (json.canConvertToInt()) {
        keys.add(json.intValue());
      }
    }
    if (json != null && json.isNumber()) {
      keys.add(json.doubleValue());
    } else if (json != null && json.isBoolean()) {
      keys.add(json.booleanValue());
    } else if (json != null && json.isNull()) {
      keys.add(null);
    } else if (json != null && json.isTextual()) {
      keys.add(json.textValue());
    }
    addUuid(text, keys);
    try {
      keys.add(Instant.parse(text));
    } catch (DateTimeException e) {
      // Not an instant.
    }
    return Collections.unmodifiableList(keys);
  }

  private static void addUuid(String text, List<@Nullable Object> keys) {
    try {
      UUID uuid = UUID.fromString(text);
      // UUID accepts short forms as well, which are hardly meant.
      if (uuid.toString().equals(text.toLowerCase(Locale.ROOT))) {
        keys.add(uuid);
      }
    } catch (IllegalArgumentException e) {
      // Not a UUID.
    }
  }
}
