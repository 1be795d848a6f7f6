package io.vellamo.dashboard;

/** A request that can't be answered as asked. */
final class RequestException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final int status;

  private RequestException(int status, String message) {
    super(message);
    this.status = status;
  }

  static RequestException badRequest(String message) {
    return new RequestException(400, message);
  }

  static RequestException unauthorized(String message) {
    return new RequestException(401, message);
  }

  static RequestException forbidden(String message) {
    return new RequestException(403, message);
  }

  static RequestException notFound(String message) {
    return new RequestException(404, message);
  }

  static RequestException methodNotAllowed(String message) {
    return new RequestException(405, message);
  }

  static RequestException conflict(String message) {
    return new RequestException(409, message);
  }

  static RequestException unavailable(String message) {
    return new RequestException(503, message);
  }

  /** Returns the HTTP status. */
  int status() {
    return status;
  }
}
