package io.vellamo.dashboard;

import com.sun.net.httpserver.HttpExchange;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request, below the path at which the dashboard is mounted.
 *
 * @param method the HTTP method
 * @param path the decoded segments of the path
 * @param query the decoded parameters
 */
record DashboardRequest(String method, List<String> path, Map<String, String> query) {

  static DashboardRequest of(HttpExchange exchange) {
    String mountedAt = exchange.getHttpContext().getPath();
    String raw = exchange.getRequestURI().getRawPath();
    String below = raw.startsWith(mountedAt) ? raw.substring(mountedAt.length()) : raw;
    return new DashboardRequest(
        exchange.getRequestMethod(),
        segments(below.startsWith("/") ? below.substring(1) : below),
        parameters(exchange.getRequestURI().getRawQuery()));
  }

  /** Returns a parameter from 1 to a maximum, or the default if it is not given. */
  int number(String name, int defaultValue, int max) {
    String text = query.get(name);
    if (text == null) {
      return defaultValue;
    }
    try {
      int number = Integer.parseInt(text);
      if (number >= 1 && number <= max) {
        return number;
      }
    } catch (NumberFormatException e) {
      // The message below tells.
    }
    throw RequestException.badRequest(
        "%s must be a number from 1 to %s, was [%s]".formatted(name, max, text));
  }

  private static List<String> segments(String path) {
    List<String> segments = new ArrayList<>();
    // The limit keeps a last, empty segment: the empty text is a valid key.
    for (String segment : path.split("/", -1)) {
      // URLDecoder is for forms, where a plus means a space.
      segments.add(decoded(segment.replace("+", "%2B")));
    }
    return segments;
  }

  private static Map<String, String> parameters(@Nullable String raw) {
    Map<String, String> parameters = new HashMap<>();
    if (raw != null) {
      for (String parameter : raw.split("&", -1)) {
        int equals = parameter.indexOf('=');
        if (equals > 0) {
          parameters.put(
              decoded(parameter.substring(0, equals)), decoded(parameter.substring(equals + 1)));
        }
      }
    }
    return parameters;
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw RequestException.badRequest(
          "The address must be encoded as RFC 3986 says, was [%s]".formatted(text));
    }
  }
}
