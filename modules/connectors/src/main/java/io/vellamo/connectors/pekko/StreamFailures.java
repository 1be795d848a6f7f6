package io.vellamo.connectors.pekko;

import io.vellamo.api.RetryableException;
import io.vellamo.api.SerializationException;
import io.vellamo.api.source.SourceException;
import java.util.concurrent.CompletionException;

/** The failures of streams that can be run again without loss. */
final class StreamFailures {
  private StreamFailures() {}

  /** Returns the failure of a source for that of its stream, which a later run may not have. */
  static Exception of(String source, Throwable thrown) {
    Throwable cause =
        thrown instanceof CompletionException && thrown.getCause() != null
            ? thrown.getCause()
            : thrown;
    if (cause instanceof SourceException known) {
      return known;
    }
    if (cause instanceof SerializationException || cause instanceof IllegalArgumentException) {
      return new SourceException(
          source,
          "Stream of source [%s] must give messages that can be stored, failed with [%s]; see the cause"
              .formatted(source, cause.getClass().getName()),
          cause);
    }
    return new RetryableException(
        "Stream of source [%s] must not fail, failed with [%s]; see the cause"
            .formatted(source, cause.getClass().getName()),
        cause);
  }
}
