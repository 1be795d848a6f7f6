package io.vellamo.persistence.codec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vellamo.api.query.ParkedGroup;
import io.vellamo.engine.group.GroupKey;
import io.vellamo.engine.group.GroupOperator;
import io.vellamo.engine.group.Utf8;
import io.vellamo.engine.live.GroupTexts;
import io.vellamo.engine.shard.GroupContent;
import io.vellamo.engine.shard.GroupContent.VariableContent;
import io.vellamo.engine.variable.EntryKey;
import io.vellamo.engine.variable.SlotEntry;
import io.vellamo.engine.variable.SlotType;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A writer of groups of running queries as JSON, made without the users' classes.
 *
 * <p><b>Threading</b> Safe to share.
 */
public enum GroupJson implements GroupTexts {
  /** The only instance. */
  INSTANCE;

  @Override
  public String json(
      GroupOperator<?, ?, ?, ?> operator, String name, long epoch, GroupContent group) {
    JsonForms forms = new JsonForms(operator.stateCodec().layouts()).ofOperator(name);
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("operator", name);
    json.put("epoch", epoch);
    json.set("key", forms.ofKey(group.key()));
    json.set("state", forms.ofState(group.state()));
    json.put("timeout", instant(group.timeoutMillis()));
    ArrayNode variables = json.putArray("variables");
    group.variables().forEach(variable -> variables.add(variable(forms, variable)));
    json.set("parked", parked(group.parked()));
    return json.toString();
  }

  private static @Nullable String instant(@Nullable Long millis) {
    return millis == null ? null : Instant.ofEpochMilli(millis).toString();
  }

  private static ObjectNode variable(JsonForms forms, VariableContent variable) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("name", variable.name());
    json.put("kind", variable.type().kind().name());
    ArrayNode entries = json.putArray("entries");
    variable.entries().forEach(entry -> entries.add(entry(forms, variable.type(), entry)));
    return json;
  }

  /** Returns an entry with the properties that its kind has. */
  private static ObjectNode entry(JsonForms forms, SlotType type, SlotEntry entry) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    EntryKey key = entry.key();
    switch (type.kind()) {
      case VALUE, LIST -> json.set("value", forms.ofState(entry.value()));
      case MAP -> {
        json.set("key", forms.ofEntryKey(GroupKey.of(key.bytes()), entry.value()));
        json.set("value", forms.ofState(entry.value()));
      }
      // A byte precedes the tag.
      case TIMERS -> json.put("tag", key.equals(EntryKey.NONE) ? null : Utf8.text(key.bytes(), 1));
    }
    if (entry.dueMillis() != SlotEntry.NEVER) {
      json.put("due", instant(entry.dueMillis()));
    }
    return json;
  }

  private static @Nullable JsonNode parked(@Nullable ParkedGroup parked) {
    if (parked == null) {
      return null;
    }
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("sinceEpoch", parked.sinceEpoch());
    json.put("error", parked.error());
    json.put("events", parked.events());
    return json;
  }
}
