package io.vellamo.webhook;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.vellamo.api.sink.EpochRows;
import io.vellamo.api.sink.RowId;
import io.vellamo.api.sink.SinkContext;
import io.vellamo.api.sink.SinkException;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The requests for the rows of a query. */
final class RowRequests<U> {
  private final WebhookSettings<U> settings;
  private final String identity;

  /**
   * Creates the requests of a query. The query's identity is part of the keys: a query that starts
   * again with an empty journal emits other rows under the same row ids.
   */
  RowRequests(WebhookSettings<U> settings, SinkContext context) {
    this.settings = settings;
    this.identity =
        URLEncoder.encode(context.queryName(), StandardCharsets.UTF_8) + "/" + context.queryId();
  }

  /** Returns the idempotency key of a row. */
  String key(RowId id) {
    return identity + "/" + id.epoch() + "/" + id.shard() + "/" + id.index();
  }

  /** Returns the request for some rows of an epoch. */
  HttpRequest request(EpochRows<? extends U> rows, List<Integer> indexes) {
    String key = key(rows.id(indexes.get(0)));
    boolean isBatch = settings.form().batch() > 0;
    HttpRequest.Builder request =
        HttpRequest.newBuilder(settings.endpoint())
            .timeout(settings.timeout())
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", isBatch ? key + "+" + indexes.size() : key);
    settings.headers().forEach(request::setHeader);
    return request.POST(BodyPublishers.ofByteArray(body(rows, indexes, isBatch))).build();
  }

  private byte[] body(EpochRows<? extends U> rows, List<Integer> indexes, boolean isBatch) {
    RequestForm<U> form = settings.form();
    List<Object> bodies = new ArrayList<>(indexes.size());
    indexes.forEach(index -> bodies.add(form.body().apply(rows.row(index))));
    try {
      return form.mapper().writeValueAsBytes(isBatch ? bodies : bodies.get(0));
    } catch (JsonProcessingException e) {
      e.clearLocation();
      throw new SinkException(
          settings.description(),
          "Body for a row of class [%s] must be one that Jackson can write, is of class [%s]; use a"
                  .formatted(
                      rows.row(indexes.get(0)).getClass().getName(),
                      bodies.get(0).getClass().getName())
              + " record, or set another mapper",
          null);
    }
  }
}
