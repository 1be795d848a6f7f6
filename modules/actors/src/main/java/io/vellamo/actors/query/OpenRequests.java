package io.vellamo.actors.query;

import io.vellamo.engine.protocol.query.QueryInput;
import io.vellamo.engine.protocol.query.QueryRequest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The requests of users that a query's machine has taken and not answered, by id.
 *
 * <p><b>Threading</b> Used by the coordinator's actor only.
 */
final class OpenRequests {
  private final Map<Long, UserRequest<?>> open = new HashMap<>();
  private long lastId;

  /** Returns requests as an input of the machine. */
  QueryInput.Requested take(List<UserRequest<?>> requests) {
    List<QueryRequest> taken = new ArrayList<>(requests.size());
    for (UserRequest<?> request : requests) {
      lastId++;
      open.put(lastId, request);
      taken.add(request.request().apply(lastId));
    }
    return new QueryInput.Requested(taken);
  }

  /** Answers a request. */
  void answer(long id, Object answer) {
    UserRequest<?> request = open.remove(id);
    if (request != null) {
      request.complete(answer);
    }
  }
}
