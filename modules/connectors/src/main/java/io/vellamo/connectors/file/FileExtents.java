package io.vellamo.connectors.file;

import io.vellamo.connectors.file.FileExtent.Stamp;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
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
  private final Map<Path, FileExtent> measured = new HashMap<>();
  // The last stamps of compressed files that end too early, as while they are being copied.
  private final Map<Path, Stamp> incomplete = new HashMap<>();
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
  void retain(Collection<Path> present) {
    measured.keySet().retainAll(present);
    incomplete.keySet().retainAll(present);
  }

  FileExtent of(Path file) throws IOException {
    Stamp stamp = Stamp.of(Files.readAttributes(file, BasicFileAttributes.class));
    FileExtent known = measured.get(file);
    if (known != null && (known.stamp().equals(stamp) || !isSettled(file, stamp))) {
      return known;
    }
    FileExtent extent = measure(file, stamp, known);
    measured.put(file, extent);
    return extent;
  }

  /** Returns false while an incomplete file still changes; it would be inflated in vain. */
  private boolean isSettled(Path file, Stamp stamp) {
    Stamp before = incomplete.get(file);
    if (before == null) {
      return true;
    }
    incomplete.put(file, stamp);
    return before.equals(stamp);
  }

  private FileExtent measure(Path file, Stamp stamp, @Nullable FileExtent known)
      throws IOException {
    try (FileText text = FileText.open(file)) {
      FileExtent extent = measure(text, stamp, known);
      incomplete.remove(file);
      return extent;
    } catch (EOFException e) {
      if (bounded) {
        throw e;
      }
      incomplete.put(file, stamp);
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
