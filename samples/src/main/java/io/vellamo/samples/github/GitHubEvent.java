package io.vellamo.samples.github;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * An event of an actor on GitHub, with the fields that the samples use.
 *
 * @param type the kind of event, such as {@code PushEvent}
 * @param actor the actor's login; read from a login, or from an object with a {@code login}, which
 *     may be written as text
 * @param createdAt the event time, in milliseconds; from 1971 to 9999, since timeouts must be after
 *     1970
 */
public record GitHubEvent(
    @JsonProperty(required = true) String type,
    @JsonProperty(required = true) @JsonDeserialize(using = LoginDeserializer.class) String actor,
    @JsonProperty(value = "created_at", required = true) Instant createdAt) {
  private static final Instant EARLIEST = Instant.parse("1971-01-01T00:00:00Z");
  private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999Z");

  public GitHubEvent {
    requireNonNull(type, "type");
    requireNonNull(actor, "actor");
    requireNonNull(createdAt, "createdAt");
    if (createdAt.isBefore(EARLIEST) || createdAt.isAfter(LATEST)) {
      throw new IllegalArgumentException(
          "createdAt must be from [%s] to [%s], was [%s]".formatted(EARLIEST, LATEST, createdAt));
    }
    createdAt = createdAt.truncatedTo(ChronoUnit.MILLIS);
  }
}
