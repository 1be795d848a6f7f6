package io.vellamo.replay;

import com.fasterxml.jackson.databind.JsonNode;
import io.vellamo.engine.shard.ParkedEntry;
import io.vellamo.engine.shard.ParkedEvent;
import io.vellamo.persistence.codec.JsonForms;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A parked group: the reason for which its function is not called, and its pending events.
 *
 * @param sinceEpoch the epoch in which it was parked
 * @param error the class of the exception that its function threw
 * @param requested {@code REDRIVE} or {@code RELEASE} if that was requested and no epoch has
 *     executed it yet; null otherwise
 * @param events the pending events, in order
 * @since 0.1
 */
public record ParkedView(
    long sinceEpoch, String error, @Nullable String requested, List<JsonNode> events) {
  /** Copies the events. */
  public ParkedView {
    events = List.copyOf(events);
  }

  static ParkedView of(JsonForms forms, ParkedEntry group) {
    return new ParkedView(
        group.reason().sinceEpoch(),
        group.reason().error(),
        group.reason().request() == null ? null : group.reason().request().kind().name(),
        forms.ofValues(group.events().stream().map(ParkedEvent::event).toList()));
  }
}
