package io.vellamo.connectors.file;

import io.vellamo.api.source.SourcePartition;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A pool of at most one cursor: keeps the last one returned if its position is expensive to reach
 * again, since compressed text can only be read from its beginning.
 */
final class SpareCursor {
  private final TextFormat format;
  private final int maxBytes;
  private @Nullable EntryCursor spare;

  SpareCursor(TextFormat format, int maxBytes) {
    this.format = format;
    this.maxBytes = maxBytes;
  }

  /** Returns a cursor at an offset, which the caller returns or closes. */
  EntryCursor take(SourcePartition partition, Path file, long offset) throws IOException {
    EntryCursor cursor = spare;
    spare = null;
    if (cursor != null && !cursor.canServe(partition, offset)) {
      cursor.close();
      cursor = null;
    }
    if (cursor == null) {
      cursor = EntryCursor.open(partition, file, format, maxBytes);
    }
    try {
      cursor.seek(offset);
      return cursor;
    } catch (IOException e) {
      cursor.close();
      throw e;
    }
  }

  void giveBack(EntryCursor cursor) throws IOException {
    close();
    if (cursor.canServe(cursor.partition(), cursor.position())) {
      spare = cursor;
    } else {
      cursor.close();
    }
  }

  void close() throws IOException {
    if (spare != null) {
      spare.close();
      spare = null;
    }
  }
}
