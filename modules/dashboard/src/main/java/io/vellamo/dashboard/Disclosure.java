package io.vellamo.dashboard;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vellamo.api.query.HotKeys;
import io.vellamo.api.query.ParkedGroup;
import io.vellamo.api.query.QueryHealth;
import io.vellamo.api.query.QueryHealth.Kind;
import io.vellamo.api.query.StreamingQueryException;
import io.vellamo.api.query.StreamingQueryProgress;
import io.vellamo.api.query.StreamingQueryStatus;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The JSON of reports that may hold users' data: with it, or without it if it is hidden. Keys,
 * messages of errors and descriptions of calls are data, as they quote keys and values.
 *
 * <p><b>Threading</b> Immutable and safe to share.
 */
final class Disclosure {
  /** The kinds of problems whose messages are made of figures and names only. */
  private static final Set<String> SAFE =
      Set.of(Kind.WATERMARK_HELD.name(), Kind.PARKED_GROUPS.name());

  private final boolean shown;

  Disclosure(boolean shown) {
    this.shown = shown;
  }

  /** Throws a {@link RequestException} if data is hidden. */
  void requireShown() {
    if (!shown) {
      throw RequestException.forbidden(
          "Keys, states and events are hidden; set vellamo.dashboard.show-data = on to show them");
    }
  }

  boolean isShown() {
    return shown;
  }

  /** Returns a report without its shards, which have an address of their own. */
  JsonNode progress(StreamingQueryProgress progress) {
    JsonNode tree = Json.tree(progress);
    tree.path("operators").forEach(operator -> ((ObjectNode) operator).remove("shards"));
    return tree;
  }

  JsonNode status(StreamingQueryStatus status) {
    ObjectNode tree = (ObjectNode) Json.tree(status);
    if (!shown) {
      tree.put("message", messageWithoutData(status));
      tree.path("calls").forEach(call -> ((ObjectNode) call).remove("description"));
      if (tree.path("outage") instanceof ObjectNode outage) {
        outage.remove("message");
      }
    }
    return tree;
  }

  private static String messageWithoutData(StreamingQueryStatus status) {
    if (status.outage().isPresent()) {
      return "Waiting for " + status.outage().get().description();
    }
    if (!status.calls().isEmpty()) {
      return "Waiting for a call to return";
    }
    // The message of a failure, which may quote data, follows a colon.
    int failure = status.message().indexOf(": ");
    return failure < 0 ? status.message() : status.message().substring(0, failure);
  }

  /** Returns the health; the messages that can quote data are replaced by the kinds if hidden. */
  JsonNode health(QueryHealth health) {
    JsonNode tree = Json.tree(health);
    if (!shown) {
      tree.path("problems")
          .forEach(
              problem -> {
                if (!SAFE.contains(problem.path("kind").asText())) {
                  ((ObjectNode) problem).put("message", problem.path("kind").asText());
                }
              });
    }
    return tree;
  }

  /** Returns the hot keys of an operator; without the keys themselves if they are hidden. */
  JsonNode hotKeys(HotKeys hotKeys) {
    JsonNode tree = Json.tree(hotKeys);
    if (!shown) {
      tree.path("byEvents").forEach(key -> ((ObjectNode) key).remove("key"));
      tree.path("byTime").forEach(key -> ((ObjectNode) key).remove("key"));
    }
    return tree;
  }

  /** Returns a parked group with the id by which actions name it. */
  JsonNode parked(ParkedGroup group, String id) {
    ObjectNode tree = (ObjectNode) Json.tree(group);
    tree.put("id", id);
    if (!shown) {
      tree.remove("key");
      tree.remove("message");
    }
    return tree;
  }

  /** Returns a failure, or null if there is none. */
  @Nullable JsonNode failure(@Nullable StreamingQueryException failure) {
    if (failure == null) {
      return null;
    }
    Throwable cause = failure.getCause();
    ObjectNode tree =
        Json.object()
            .put("epoch", failure.epoch())
            .put("cause", cause == null ? null : cause.getClass().getName());
    return shown ? tree.put("message", failure.getMessage()) : tree;
  }
}
