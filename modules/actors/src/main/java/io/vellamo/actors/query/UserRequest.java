package io.vellamo.actors.query;

import io.vellamo.engine.protocol.query.QueryRequest;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongFunction;

/**
 * A user's request to a query, with the future that the user waits for. The future stays here; the
 * machine knows the request by its id.
 *
 * @param <T> the type of the answer
 * @param request creates the request, given its id
 * @param answer completes with the answer
 */
public record UserRequest<T>(LongFunction<QueryRequest> request, CompletableFuture<T> answer) {
  /** Completes the answer. */
  @SuppressWarnings("unchecked") // each request has one type of answer
  public void complete(Object value) {
    answer.complete((T) value);
  }
}
