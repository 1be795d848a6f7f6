package io.vellamo.connectors.file;

import io.vellamo.api.source.OffsetRange;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import org.jspecify.annotations.Nullable;

/**
 * Opens the files of ranges, wherever they have been moved, and makes sure of the open file that it
 * is the one.
 */
final class FileOpener implements Closeable {
  private final FileTracker tracker;
  private final SpareCursor cursors;
  private final FileFailures failures;

  FileOpener(FileTracker tracker, SpareCursor cursors, FileFailures failures) {
    this.tracker = tracker;
    this.cursors = cursors;
    this.failures = failures;
  }

  /** Opens the file of a range whose mark is that of its beginning. */
  Opened openAt(OffsetRange range) throws IOException {
    return open(range, range.from());
  }

  /** Opens the file of a range whose mark is that of its end, as plans have it. */
  EntryCursor open(OffsetRange range) throws IOException {
    return open(range, range.until()).cursor();
  }

  private Opened open(OffsetRange range, long markedAt) throws IOException {
    InputFile file = tracker.file(range, markedAt);
    Opened opened = file == null ? null : openIfSame(file, range, markedAt);
    if (opened != null) {
      return opened;
    }
    InputFile moved = tracker.fileAgain(range.partition());
    if (moved == null) {
      throw tracker.missing(range.partition());
    }
    opened = openIfSame(moved, range, markedAt);
    if (opened == null) {
      throw failures.replaced(moved.path(), markedAt);
    }
    return opened;
  }

  /** Returns null if the file is not there or another one. */
  private @Nullable Opened openIfSame(InputFile file, OffsetRange range, long markedAt)
      throws IOException {
    EntryCursor cursor;
    try {
      cursor = cursors.take(range.partition(), file.path(), range.from());
    } catch (NoSuchFileException e) {
      return null;
    } catch (IOException e) {
      throw failures.unreadable(file.path(), range, e);
    }
    // Compressed text has been looked at when it was listed; this would move it.
    boolean same =
        range.mark().isEmpty()
            || cursor.text().isCompressed()
            || FileMark.parse(range.mark()).matches(cursor.text(), markedAt);
    if (!same) {
      cursor.close();
      return null;
    }
    return new Opened(cursor, file);
  }

  void giveBack(EntryCursor cursor) throws IOException {
    cursors.giveBack(cursor);
  }

  @Override
  public void close() throws IOException {
    cursors.close();
  }

  /** A cursor and the file it reads. */
  record Opened(EntryCursor cursor, InputFile file) {}
}
