package io.vellamo.dashboard;

/**
 * An answer to a request.
 *
 * @param status the HTTP status
 * @param type the media type
 * @param body the text
 */
record HttpAnswer(int status, String type, String body) {
  private static final String JSON = "application/json";

  static HttpAnswer json(Object value) {
    return new HttpAnswer(200, JSON, Json.write(value));
  }

  static HttpAnswer json(int status, Object value) {
    return new HttpAnswer(status, JSON, Json.write(value));
  }

  static HttpAnswer error(RequestException failure) {
    return json(
        failure.status(),
        Json.object()
            .put("status", failure.status())
            .put("error", String.valueOf(failure.getMessage())));
  }

  static HttpAnswer text(String body) {
    return new HttpAnswer(200, "text/plain; charset=utf-8", body);
  }
}
