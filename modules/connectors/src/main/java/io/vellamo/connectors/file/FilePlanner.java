package io.vellamo.connectors.file;

import io.vellamo.api.source.OffsetRange;
import io.vellamo.api.source.Offsets;
import io.vellamo.api.source.SourcePartition;
import io.vellamo.connectors.file.FileTracker.Located;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/**
 * A planner that determines the ends of files and, by counting entries, the ranges of the next
 * epoch.
 */
final class FilePlanner implements Closeable {
  // An unbounded query measures its files in steps of this size, so that it starts sooner.
  private static final long BYTES_PER_LOOK = 256L * 1024 * 1024;

  private final FileTracker tracker;
  private final boolean bounded;
  private final FileExtents extents;
  private final FileOpener opener;
  private final FileFailures failures;

  FilePlanner(
      FileTracker tracker,
      TextFormat format,
      boolean bounded,
      int maxBytes,
      FileFailures failures) {
    this.tracker = tracker;
    this.bounded = bounded;
    this.extents = new FileExtents(format, bounded, maxBytes);
    this.opener = new FileOpener(tracker, new SpareCursor(format, maxBytes), failures);
    this.failures = failures;
  }

  Offsets latest() throws IOException {
    List<Located> present = tracker.look();
    extents.retain(present.stream().map(Located::partition).toList());
    Map<SourcePartition, Long> ends = new HashMap<>();
    long enough = extents.bytesRead() + BYTES_PER_LOOK;
    for (Located file : present) {
      if (bounded || extents.bytesRead() < enough) {
        end(file).ifPresent(offset -> ends.put(file.partition(), offset));
      }
    }
    return Offsets.of(ends);
  }

  /**
   * Returns the end of a file; empty if it has vanished since it was listed, which is allowed once
   * it has been read.
   */
  private OptionalLong end(Located located) {
    try {
      return OptionalLong.of(extents.of(located.partition(), located.file()).end());
    } catch (NoSuchFileException e) {
      return OptionalLong.empty();
    } catch (IOException e) {
      throw failures.unreadable(located.file().path(), e);
    }
  }

  List<OffsetRange> plan(Offsets from, Offsets upTo, long maxEvents) throws IOException {
    Set<SourcePartition> others = tracker.learn(from);
    List<OffsetRange> ranges = new ArrayList<>();
    long left = maxEvents;
    for (SourcePartition partition : tracker.ordered(upTo.asMap().keySet())) {
      long start = from.of(partition).orElse(0);
      long end = upTo.of(partition).orElse(0);
      // The end offsets of these partitions were measured on other files.
      if (start < end && left > 0 && !others.contains(partition)) {
        OffsetRange rest = new OffsetRange(partition, start, end, from.mark(partition), List.of());
        left -= addPart(rest, left, ranges);
      }
    }
    return ranges;
  }

  /** Adds the part of a range with at most that many entries, and returns its number of entries. */
  private long addPart(OffsetRange rest, long maxEvents, List<OffsetRange> into)
      throws IOException {
    FileOpener.Opened opened = opener.openAt(rest);
    EntryCursor cursor = opened.cursor();
    try {
      long count = cursor.skip(maxEvents, rest.until());
      long until = Math.min(cursor.position(), rest.until());
      FileMark mark = FileMark.of(opened.file(), cursor.text(), until);
      opener.giveBack(cursor);
      tracker.planned(rest.partition(), until, mark);
      List<SourcePartition> forgotten = into.isEmpty() ? tracker.forgetSome() : List.of();
      into.add(new OffsetRange(rest.partition(), rest.from(), until, mark.text(), forgotten));
      return count;
    } catch (IOException e) {
      throw failures.unreadable(cursor.file(), rest, e);
    }
  }

  @Override
  public void close() throws IOException {
    opener.close();
  }
}
