package io.vellamo.connectors.file;

import io.vellamo.api.source.OffsetRange;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import org.jspecify.annotations.Nullable;

/**
 * An opener of the files of ranges, which finds moved files and verifies the identity of each
 * opened file.
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

  /** Opens the file of a range whose mark is that of the range's start. */
  Opened openAt(OffsetRange range) throws IOException {
    return open(range, range.from());
  }

  /** Opens the file of a planned range, whose mark is that of the range's end. */
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

  /** Returns null if the file is missing or is a different one. */
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
    // Compressed text was checked when it was listed; a check here would move its position.
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
