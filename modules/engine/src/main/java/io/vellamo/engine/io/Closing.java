package io.vellamo.engine.io;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The closing of several user objects: all are closed, even if some throw. */
final class Closing {
  private Closing() {}

  /** Closes all; throws the first exception, with the others suppressed. */
  static void all(List<? extends @Nullable AutoCloseable> open) {
    Throwable first = null;
    for (AutoCloseable each : open) {
      first = close(each, first);
    }
    if (first != null) {
      Closing.<RuntimeException>rethrow(first);
    }
  }

  /** Closes all after a failure, to which their exceptions are added as suppressed. */
  static void afterFailure(Throwable failure, List<? extends @Nullable AutoCloseable> open) {
    for (AutoCloseable each : open) {
      close(each, failure);
    }
  }

  private static @Nullable Throwable close(
      @Nullable AutoCloseable each, @Nullable Throwable before) {
    try {
      if (each != null) {
        each.close();
      }
      return before;
    } catch (Exception | Error e) {
      if (before == null) {
        return e;
      }
      if (before != e) {
        before.addSuppressed(e);
      }
      return before;
    }
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // as it was thrown
  private static <T extends Throwable> void rethrow(Throwable thrown) throws T {
    throw (T) thrown;
  }
}
