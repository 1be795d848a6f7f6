package io.vellamo.cli.dashboard;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Requests to a dashboard.
 *
 * <p><b>Failure</b> Whatever can't be answered is a {@link DashboardException}.
 */
final class DashboardClient {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final int OK = 200;
  private static final int UNAUTHORIZED = 401;
  private static final int FORBIDDEN = 403;
  private static final int NOT_FOUND = 404;

  private final HttpClient http = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
  private final ObjectMapper json = new ObjectMapper();
  private final URI address;

  DashboardClient(URI address) {
    this.address = address;
  }

  URI address() {
    return address;
  }

  /** Returns the queries that the dashboard shows, active and ended ones. */
  JsonNode queries() throws InterruptedException {
    HttpResponse<String> response = send("api/queries");
    JsonNode queries = response.statusCode() == OK ? parsed(response).path("queries") : null;
    if (queries == null || !queries.isArray()) {
      throw new DashboardException(
          "%s must be the address of a Vellamo dashboard, found something else that answered with [%d]; correct --url"
              .formatted(address, response.statusCode()));
    }
    return queries;
  }

  /** Returns an answer about a query; null if the query has just ended. */
  @Nullable JsonNode about(String query, String what) throws InterruptedException {
    HttpResponse<String> response = send(path(query, what));
    return response.statusCode() == NOT_FOUND ? null : parsed(successful(response));
  }

  /** Returns a text about a query; null if the query has just ended. */
  @Nullable String textAbout(String query, String what) throws InterruptedException {
    HttpResponse<String> response = send(path(query, what));
    return response.statusCode() == NOT_FOUND ? null : successful(response).body();
  }

  private static String path(String query, String what) {
    String encoded = URLEncoder.encode(query, StandardCharsets.UTF_8).replace("+", "%20");
    return "api/queries/" + encoded + "/" + what;
  }

  private HttpResponse<String> send(String path) throws InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(address.resolve(path)).timeout(TIMEOUT).build();
    HttpResponse<String> response;
    try {
      response = http.send(request, BodyHandlers.ofString(StandardCharsets.UTF_8));
    } catch (ConnectException e) {
      throw new DashboardException(
          "A dashboard must listen at %s, found nothing there; start one with VellamoDashboard.start, or name its address with --url"
              .formatted(address));
    } catch (IOException e) {
      throw new DashboardException(
          "%s must be the address of a Vellamo dashboard, found [%s]; correct --url"
              .formatted(address, reason(e)));
    }
    if (response.statusCode() == UNAUTHORIZED || response.statusCode() == FORBIDDEN) {
      throw new DashboardException(
          "%s must let everyone read, refused with [%d]: %s; name the dashboard's own address, if need be through ssh -L 7474:127.0.0.1:7474 HOST"
              .formatted(address, response.statusCode(), error(response)));
    }
    return response;
  }

  private static String reason(IOException failure) {
    String message = failure.getMessage();
    return message == null ? failure.getClass().getSimpleName() : message;
  }

  private HttpResponse<String> successful(HttpResponse<String> response) {
    if (response.statusCode() != OK) {
      throw new DashboardException(
          "%s must answer, failed with [%d]: %s"
              .formatted(response.uri(), response.statusCode(), error(response)));
    }
    return response;
  }

  /** Returns the message of a dashboard's error; that of another server may be a whole page. */
  private String error(HttpResponse<String> response) {
    return parsed(response).path("error").asText("it says nothing that a dashboard says");
  }

  private JsonNode parsed(HttpResponse<String> response) {
    try {
      return json.readTree(response.body());
    } catch (JsonProcessingException e) {
      return json.missingNode();
    }
  }
}
