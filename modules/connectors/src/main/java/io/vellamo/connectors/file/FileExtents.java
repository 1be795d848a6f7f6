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
 * Measures files, and again only when they have changed.
 *
 * <p>Where the last line of plain text ends is seen from its end. CSV is read on from where it was
 * measured to, since a line feed may stand between quotes; compressed text is read as a whole.
 */
final class FileExtents {
  private final TextFormat format;
  private final boolean bounded;
  private final int maxBytes;
  private final Map<SourcePartition, FileExtent> measured = new HashMap<>();
  // The last stamps of compressed files that end too early, as while they are being copied.
  private final Map<SourcePartition, Stamp> incomplete = new HashMap<>();
  private long bytesRead;

  FileExtents(TextFormat format, boolean bounded, int maxBytes) {
    this.format = format;
    this.bounded = bounded;
    this.maxBytes = maxBytes;
  }

  /** Returns how many bytes have been read for measuring so far. */
  long bytesRead() {
    return bytesRead;
  }

  /** Forgets all files but some. */
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

  /** Returns false while an incomplete file still changes; it would be inflated in vain. */
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
