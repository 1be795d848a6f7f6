package io.vellamo.connectors.file;

import io.vellamo.api.source.EventCollector;
import io.vellamo.api.source.OffsetRange;
import io.vellamo.api.source.Offsets;
import io.vellamo.api.source.RangeReader;
import io.vellamo.api.source.SourceException;
import io.vellamo.api.source.SourceReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * A reader of the files of a source.
 *
 * <p>Planning and reading overlap on two threads, so each has its own cursors.
 */
final class FileReader<T> implements SourceReader<T> {
  private final FilePlanner planner;
  private final EntryDecoder<T> decoder;
  private final FileOpener opener;
  private final FileFailures failures;

  FileReader(
      FilePlanner planner, EntryDecoder<T> decoder, FileOpener opener, FileFailures failures) {
    this.planner = planner;
    this.decoder = decoder;
    this.opener = opener;
    this.failures = failures;
  }

  @Override
  public Offsets latest() throws IOException {
    return planner.latest();
  }

  @Override
  public List<OffsetRange> plan(Offsets from, Offsets upTo, long maxEvents) throws IOException {
    return planner.plan(from, upTo, maxEvents);
  }

  @Override
  public RangeReader<T> read(OffsetRange range) throws IOException {
    EntryCursor cursor = opener.open(range);
    try {
      return new Range(range, cursor);
    } catch (SourceException e) {
      cursor.close();
      throw e;
    }
  }

  @Override
  public void close() {
    try (planner) {
      opener.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private final class Range implements RangeReader<T> {
    private final OffsetRange range;
    private final EntryCursor cursor;
    private final LineReader<T> lines;
    private boolean readToItsEnd;

    Range(OffsetRange range, EntryCursor cursor) {
      this.range = range;
      this.cursor = cursor;
      this.lines = decoder.readerFor(cursor);
    }

    @Override
    public boolean read(EventCollector<? super T> into, int maxEntries) {
      try {
        for (int count = 0; count < maxEntries && cursor.next(range.until()); count++) {
          decoder.decode(cursor.entry(), lines, into);
        }
      } catch (IOException e) {
        throw failures.unreadable(cursor.file(), range, e);
      }
      readToItsEnd = cursor.position() >= range.until();
      return !readToItsEnd;
    }

    @Override
    public void close() {
      try {
        if (readToItsEnd) {
          opener.giveBack(cursor);
        } else {
          cursor.close();
        }
      } catch (IOException e) {
        throw failures.unreadable(cursor.file(), e);
      }
    }
  }
}
