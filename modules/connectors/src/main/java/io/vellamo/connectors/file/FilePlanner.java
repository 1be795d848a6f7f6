package io.vellamo.connectors.file;

import io.vellamo.api.source.OffsetRange;
import io.vellamo.api.source.Offsets;
import io.vellamo.api.source.SourcePartition;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SortedMap;

/** Says where files end and what the next epoch shall read, by counting entries. */
final class FilePlanner implements Closeable {
  // A query that does not end may learn of its files bit by bit; it starts sooner then.
  private static final long BYTES_PER_LOOK = 256L * 1024 * 1024;

  private final InputFiles files;
  private final boolean bounded;
  private final FileExtents extents;
  private final SpareCursor cursors;
  private final FileFailures failures;
  private final Map<SourcePartition, Long> lengths = new HashMap<>();

  FilePlanner(InputFiles files, boolean bounded, int maxBytes, FileFailures failures) {
    this.files = files;
    this.bounded = bounded;
    this.extents = new FileExtents(files.format(), bounded, maxBytes);
    this.cursors = new SpareCursor(files.format(), maxBytes);
    this.failures = failures;
  }

  Offsets latest() throws IOException {
    SortedMap<SourcePartition, Path> present = files.list();
    lengths.keySet().retainAll(present.keySet());
    extents.retain(present.values());
    Map<SourcePartition, Long> ends = new HashMap<>();
    long enough = extents.bytesRead() + BYTES_PER_LOOK;
    for (Map.Entry<SourcePartition, Path> file : present.entrySet()) {
      if (bounded || extents.bytesRead() < enough) {
        OptionalLong end = end(file.getKey(), file.getValue());
        end.ifPresent(offset -> ends.put(file.getKey(), offset));
      }
    }
    return Offsets.of(ends);
  }

  /** Returns empty if the file has vanished since it was listed; it may, once it has been read. */
  private OptionalLong end(SourcePartition partition, Path file) {
    try {
      FileExtent extent = extents.of(file);
      Long before = lengths.put(partition, extent.length());
      if (before != null && extent.length() < before) {
        throw failures.shrunk(file, before);
      }
      return OptionalLong.of(extent.end());
    } catch (NoSuchFileException e) {
      return OptionalLong.empty();
    } catch (IOException e) {
      throw failures.unreadable(file, e);
    }
  }

  List<OffsetRange> plan(Offsets from, Offsets upTo, long maxEvents) {
    List<OffsetRange> ranges = new ArrayList<>();
    long left = maxEvents;
    for (Map.Entry<SourcePartition, Long> end : upTo.asMap().entrySet()) {
      SourcePartition partition = end.getKey();
      long start = from.of(partition).orElse(0);
      if (start > lengths.getOrDefault(partition, start)) {
        throw failures.shrunk(files.file(partition), start);
      }
      if (start < end.getValue() && left > 0) {
        OffsetRange rest = new OffsetRange(partition, start, end.getValue());
        left -= addPart(rest, left, ranges);
      }
    }
    return ranges;
  }

  /** Adds as much of a range as has so many entries, and returns how many it has. */
  private long addPart(OffsetRange rest, long maxEvents, List<OffsetRange> into) {
    Path file = files.file(rest.partition());
    try {
      EntryCursor cursor = cursors.take(file, rest.from());
      long count = cursor.skip(maxEvents, rest.until());
      long until = Math.min(cursor.position(), rest.until());
      cursors.giveBack(cursor);
      into.add(new OffsetRange(rest.partition(), rest.from(), until));
      return count;
    } catch (IOException e) {
      throw failures.unreadable(file, rest, e);
    }
  }

  @Override
  public void close() throws IOException {
    cursors.close();
  }
}
