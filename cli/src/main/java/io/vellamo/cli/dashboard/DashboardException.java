package io.vellamo.cli.dashboard;

/** A dashboard that does not answer as one does; the message is the full explanation. */
final class DashboardException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  DashboardException(String message) {
    super(message);
  }
}
