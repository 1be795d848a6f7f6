package io.vellamo.persistence.codec;

import java.io.PrintWriter;
import java.io.StringWriter;

/** Shows everything that a failure would write into a log. */
final class Payloads {
  private Payloads() {}

  /** Returns messages and causes. */
  static String trace(Throwable failure) {
    StringWriter trace = new StringWriter();
    failure.printStackTrace(new PrintWriter(trace, true));
    return trace.toString();
  }
}
