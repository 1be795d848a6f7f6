package io.vellamo.samples.github;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.ObjectCodec;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;

/**
 * Reads a login from what event files call an actor.
 *
 * <p>GitHub's API has an object; GH Archive exports to tables have the same object as text; other
 * files have the login itself.
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
