package io.vellamo.actors;

import io.vellamo.api.VellamoException;
import io.vellamo.engine.shard.InitialStateException;
import java.io.IOException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/** Words failures without repeating what foreign messages may quote of events, rows or state. */
final class Failures {
  private Failures() {}

  /**
   * Returns a failure in words. Messages of Vellamo, and of the platform about files and sockets,
   * are repeated; others are not, as they may hold payloads: they are in the cause.
   */
  static String describe(Throwable failure) {
    boolean trusted =
        failure instanceof VellamoException
            || failure instanceof InitialStateException
            || (failure instanceof IOException && failure.getClass().getName().startsWith("java."));
    String message = failure.getMessage();
    return trusted && message != null ? message : "[" + failure.getClass().getName() + "]";
  }

  /** Returns what a future failed with. */
  static Throwable unwrap(Throwable failure) {
    Throwable cause = failure.getCause();
    boolean wrapper =
        failure instanceof CompletionException || failure instanceof ExecutionException;
    return wrapper && cause != null ? unwrap(cause) : failure;
  }
}
