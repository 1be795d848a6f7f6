package io.vellamo.connectors.file;

import java.io.IOException;

/**
 * An exception for a line that does not conform to the format of its file. The message is the
 * reason.
 */
final class LineFaultException extends IOException {
  private static final long serialVersionUID = 1L;

  LineFaultException(String reason) {
    super(reason);
  }
}
