package io.vellamo.dashboard;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The checks that a request passes before it is answered: that its host is one of the dashboard's,
 * that it comes from the dashboard's page or from no page, and that an action has the token.
 *
 * <p><b>Threading</b> Immutable and safe to share.
 */
final class RequestGuard {
  private static final String BEARER = "Bearer ";

  private final Set<String> hosts;
  private final String token;

  RequestGuard(DashboardSettings settings) {
    hosts = new HashSet<>(List.of("localhost", "127.0.0.1", "[::1]"));
    hosts.add(lower(settings.host()));
    settings.allowedHosts().forEach(host -> hosts.add(lower(host)));
    token = settings.token();
  }

  /**
   * Checks a request.
   *
   * @throws RequestException if it must not be answered
   */
  void check(HttpExchange exchange) {
    Headers headers = exchange.getRequestHeaders();
    String authority = single(headers, "Host");
    if (authority == null || !hosts.contains(hostOf(authority))) {
      throw RequestException.forbidden(
          "The host must be one of the dashboard's, was [%s]; add its name to vellamo.dashboard.allowed-hosts"
              .formatted(authority));
    }
    String origin = headers.getFirst("Origin");
    if (origin != null && !authority.equalsIgnoreCase(authorityOf(origin))) {
      throw RequestException.forbidden(
          "The origin must be the dashboard's own page, was [%s]; other pages can't read it"
              .formatted(origin));
    }
    checkSite(exchange, headers);
    if (!exchange.getRequestMethod().equals("GET")) {
      checkToken(headers);
    }
  }

  /** Refuses requests that a foreign page makes without an origin, as those for images are. */
  private static void checkSite(HttpExchange exchange, Headers headers) {
    String site = headers.getFirst("Sec-Fetch-Site");
    boolean foreign = site != null && !site.equals("same-origin") && !site.equals("none");
    boolean followsLink =
        "navigate".equals(headers.getFirst("Sec-Fetch-Mode"))
            && exchange.getRequestMethod().equals("GET");
    if (foreign && !followsLink) {
      throw RequestException.forbidden(
          "The request must come from the dashboard's own page, its site was [%s]".formatted(site));
    }
  }

  private void checkToken(Headers headers) {
    if (token.isEmpty()) {
      throw RequestException.forbidden(
          "Actions are off; set vellamo.dashboard.token to switch them on");
    }
    String given = headers.getFirst("Authorization");
    byte[] expected = (BEARER + token).getBytes(StandardCharsets.UTF_8);
    if (given == null || !MessageDigest.isEqual(expected, given.getBytes(StandardCharsets.UTF_8))) {
      throw RequestException.unauthorized(
          "An action needs the header Authorization: Bearer with the token of vellamo.dashboard.token, found [%s]"
              .formatted(given == null ? "no such header" : "another one"));
    }
  }

  private static @Nullable String single(Headers headers, String name) {
    List<String> values = headers.get(name);
    return values == null || values.size() != 1 ? null : values.get(0);
  }

  private static String hostOf(String authority) {
    int colon = authority.lastIndexOf(':');
    boolean hasPort = colon > authority.lastIndexOf(']');
    return lower(hasPort ? authority.substring(0, colon) : authority);
  }

  private static @Nullable String authorityOf(String origin) {
    try {
      return URI.create(origin).getRawAuthority();
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private static String lower(String host) {
    return host.toLowerCase(Locale.ROOT);
  }
}
