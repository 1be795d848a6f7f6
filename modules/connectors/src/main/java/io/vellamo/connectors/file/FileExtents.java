package io.vellamo.connectors.file;

import io.vellamo.api.source.SourcePartition;
import io.vellamo.connectors.file.InputFile.Stamp;
import java.io.EOFException;
import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The extents of files, measured again only when a file has changed.
 *
 * <p>Uncompressed JSON Lines are searched backwards for the last line end. CSV is read from the
 * last measured end, since quotes may contain line feeds; compressed text is read completely.
 */
final class FileExtents {
  private final TextFormat format;
  private final boolean bounded;
  private final int maxBytes;
  private final Map<SourcePartition, FileExtent> measured = new HashMap<>();
  // The last stamps of compressed files that end too early, for example while they are being
  // copied.
  private final Map<SourcePartition, Stamp> incomplete = new HashMap<>();
  private long bytesRead;

  FileExtents(TextFormat format, boolean bounded, int maxBytes) {
    this.format = format;
    this.bounded = bounded;
    this.maxBytes = maxBytes;
  }

  /** Returns the number of bytes read for measuring so far. */
  long bytesRead() {
    return bytesRead;
  }

  /** Removes all files except the given ones. */
  void retain(Collection<SourcePartition> present) {
    measured.keySet().retainAll(present);
    incomplete.keySet().retainAll(present);
  }

  FileExtent of(SourcePartition partition, InputFile file) throws IOException {
    Stamp stamp = file.stamp();
    FileExtent known = measured.get(partition);
    if (known != null && (known.stamp().equals(stamp) || !isSettled(partition, stamp))) {
      return known;
    }
    FileExtent extent = measure(partition, file, known);
    measured.put(partition, extent);
    return extent;
  }

  /**
   * Returns whether to measure a file. An incomplete file is not inflated while it still changes.
   */
  private boolean isSettled(SourcePartition partition, Stamp stamp) {
    Stamp before = incomplete.get(partition);
    if (before == null) {
      return true;
    }
    incomplete.put(partition, stamp);
    return before.equals(stamp);
  }

  private FileExtent measure(SourcePartition partition, InputFile file, @Nullable FileExtent known)
      throws IOException {
    Stamp stamp = file.stamp();
    try (FileText text = FileText.open(file.path())) {
      FileExtent extent = measure(text, stamp, known);
      incomplete.remove(partition);
      return extent;
    } catch (EOFException e) {
      if (bounded) {
        throw e;
      }
      incomplete.put(partition, stamp);
      return known == null ? new FileExtent(stamp, 0, 0) : known;
    }
  }

  private FileExtent measure(FileText text, Stamp stamp, @Nullable FileExtent known)
      throws IOException {
    if (bounded) {
      long length = text.length();
      return new FileExtent(stamp, length, length);
    }
    if (!text.isCompressed() && !format.isCsv()) {
      long end = text.lastLineStart();
      return new FileExtent(stamp, end, text.length());
    }
    EntryScanner scanner = new EntryScanner(text, format.entryEnd(), maxBytes);
    if (known != null && !text.isCompressed() && known.length() <= stamp.size()) {
      scanner.seek(known.end());
    }
    long start = scanner.position();
    long end = start;
    while (scanner.next() && scanner.isTerminated()) {
      end = scanner.position();
    }
    bytesRead += text.position() - start;
    return new FileExtent(stamp, end, text.length());
  }
}
