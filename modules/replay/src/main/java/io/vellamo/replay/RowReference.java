package io.vellamo.replay;

import static java.util.Objects.requireNonNull;

import io.vellamo.api.sink.RowId;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A row of a query as sinks name it.
 *
 * @param id the row's identity
 * @param queryId the identity of the query that emitted it; null if it is not known. A query that
 *     started again with an empty journal has another one, and emitted other rows under the same
 *     row ids.
 * @param operator the name of the operator that emitted it; null for the one that its shard tells
 * @since 0.1
 */
public record RowReference(RowId id, @Nullable UUID queryId, @Nullable String operator) {
  private static final Pattern TEXT =
      Pattern.compile(
          "(?:(?<query>[^/]+)/)?(?:(?<id>\\p{XDigit}{8}-[\\p{XDigit}-]{27})/)?"
              + "(?<epoch>\\d{1,18})/(?<shard>-?\\d{1,9})/(?<index>\\d{1,18})(?:\\+\\d+)?");

  public RowReference {
    requireNonNull(id, "id");
  }

  /**
   * Returns a reference to a row.
   *
   * @param id the row's identity
   * @return the reference, without the query's identity and the operator
   */
  public static RowReference of(RowId id) {
    return new RowReference(id, null, null);
  }

  /**
   * Returns the row that a text names: {@link RowId#toString}, as in the header {@code
   * vellamo-row-id} of Kafka records; the same without the name of the query, as in {@code 12/3/0};
   * or the idempotency key of a webhook. The key of a request with several rows names its first
   * row.
   *
   * @param query the query's name
   * @param text the text
   * @return the reference
   * @throws IllegalArgumentException if the text has another form, or names another query
   */
  public static RowReference parse(String query, String text) {
    Matcher parts = TEXT.matcher(text);
    if (!parts.matches()) {
      throw new IllegalArgumentException(
          "row must be an id as sinks write it, EPOCH/SHARD/INDEX after the name of the query, was [%s]; in Kafka it is the header vellamo-row-id, at a webhook the Idempotency-Key"
              .formatted(text));
    }
    String named = parts.group("query");
    if (named != null && !named.equals(query)) {
      throw new IllegalArgumentException(
          "row must be one of query [%s], was [%s] of query [%s]; name that query"
              .formatted(query, text, named));
    }
    RowId id =
        new RowId(
            query,
            Long.parseLong(parts.group("epoch")),
            Integer.parseInt(parts.group("shard")),
            Long.parseLong(parts.group("index")));
    String queryId = parts.group("id");
    return new RowReference(id, queryId == null ? null : UUID.fromString(queryId), null);
  }

  /**
   * Returns this reference with the operator that emitted the row. It is needed only if operators
   * were added to the query after its first start: row ids count operators by their places in the
   * pipeline, the journal in the order in which they were added.
   *
   * @param name the operator's name
   * @return a copy
   */
  public RowReference withOperator(String name) {
    return new RowReference(id, queryId, requireNonNull(name, "name"));
  }
}
