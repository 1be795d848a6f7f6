package io.vellamo.dashboard;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An address of the REST interface.
 *
 * @param method the HTTP method
 * @param template the path, with parameters such as {@code {query}}
 * @param endpoint answers requests
 */
record HttpRoute(String method, String template, Endpoint endpoint) {

  /** An answer to the requests of one route. */
  @FunctionalInterface
  interface Endpoint {
    /**
     * Answers a request.
     *
     * @param request the request
     * @param parameters the segments in place of the template's parameters, in order
     * @throws RequestException if it can't be answered
     */
    HttpAnswer answer(DashboardRequest request, List<String> parameters);
  }

  static HttpRoute get(String template, Endpoint endpoint) {
    return new HttpRoute("GET", template, endpoint);
  }

  static HttpRoute post(String template, Endpoint endpoint) {
    return new HttpRoute("POST", template, endpoint);
  }

  /** Returns the parameters of a path, or null if the path has another form. */
  @Nullable List<String> match(List<String> path) {
    List<String> own = List.of(template.substring(1).split("/", -1));
    if (own.size() != path.size()) {
      return null;
    }
    List<String> parameters = new ArrayList<>();
    for (int i = 0; i < own.size(); i++) {
      if (own.get(i).startsWith("{")) {
        parameters.add(path.get(i));
      } else if (!own.get(i).equals(path.get(i))) {
        return null;
      }
    }
    return parameters;
  }
}
