package io.vellamo.connectors.file;

import java.io.IOException;

/** A line that does not have the form that its file asks for. The message is the reason. */
final class LineFaultException extends IOException {
  private static final long serialVersionUID = 1L;

  LineFaultException(String reason) {
    super(reason);
  }
}
