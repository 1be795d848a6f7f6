package io.vellamo.actors.io;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The log of dead letters of queries without an output for them. */
public final class DeadLetterLog {
  private static final Logger LOG = LoggerFactory.getLogger(DeadLetterLog.class);

  private DeadLetterLog() {}

  /** Logs a message about dead letters. */
  public static void warn(String message) {
    LOG.warn(message);
  }
}
