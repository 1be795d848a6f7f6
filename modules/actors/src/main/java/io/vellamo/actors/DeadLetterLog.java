package io.vellamo.actors;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The log of dead letters of queries without an output for them. */
final class DeadLetterLog {
  private static final Logger LOG = LoggerFactory.getLogger(DeadLetterLog.class);

  private DeadLetterLog() {}

  static void warn(String message) {
    LOG.warn(message);
  }
}
