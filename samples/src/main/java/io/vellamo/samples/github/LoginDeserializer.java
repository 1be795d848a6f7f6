package io.vellamo.samples.github;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.ObjectCodec;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;

/**
 * A deserializer that reads a login from the {@code actor} of an event file.
 *
 * <p>GitHub's API writes an object; exports of GH Archive to tables write the same object as text;
 * other files have the login itself.
 */
final class LoginDeserializer extends JsonDeserializer<String> {
  @Override
  public String deserialize(JsonParser parser, DeserializationContext context) throws IOException {
    JsonNode actor = parser.readValueAsTree();
    if (actor.isTextual() && actor.textValue().startsWith("{")) {
      actor = parse(actor.textValue(), parser.getCodec());
    }
    JsonNode login = actor.isObject() ? actor.path("login") : actor;
    if (!login.isTextual() || login.textValue().isEmpty()) {
      return context.reportInputMismatch(
          String.class, "actor must be a login or an object with a login");
    }
    return login.textValue();
  }

  private static JsonNode parse(String json, ObjectCodec codec) throws IOException {
    try (JsonParser inner = codec.getFactory().createParser(json)) {
      return codec.readTree(inner);
    }
  }
}
