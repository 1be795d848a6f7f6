package io.vellamo.dashboard;

import java.util.List;

/** The choice of a route by path and method. */
final class HttpRouter {
  private final List<HttpRoute> routes;

  HttpRouter(List<HttpRoute> routes) {
    this.routes = List.copyOf(routes);
  }

  /**
   * Answers a request.
   *
   * @throws RequestException if there is no route, or its endpoint throws it
   */
  HttpAnswer answer(DashboardRequest request) {
    boolean known = false;
    for (HttpRoute route : routes) {
      List<String> parameters = route.match(request.path());
      if (parameters != null && route.method().equals(request.method())) {
        return route.endpoint().answer(request, parameters);
      }
      known |= parameters != null;
    }
    if (known) {
      throw RequestException.methodNotAllowed(
          "The method must be the one that openapi.json names, was [%s]"
              .formatted(request.method()));
    }
    throw RequestException.notFound(
        "No such address [/%s]; openapi.json lists them"
            .formatted(String.join("/", request.path())));
  }

  List<HttpRoute> routes() {
    return routes;
  }
}
