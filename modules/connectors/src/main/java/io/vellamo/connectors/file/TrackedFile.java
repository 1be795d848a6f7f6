package io.vellamo.connectors.file;

import io.vellamo.api.source.SourcePartition;
import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A source partition and its current file. Guarded by its {@link FileTracker}.
 *
 * <p>A partition has the name of its file when it was first seen, with {@code #2}, {@code #3} and
 * so on appended if an earlier file had that name.
 */
final class TrackedFile {
  /** The reading order: by name, and for the same name the earliest file first. */
  static final Comparator<TrackedFile> ORDER =
      Comparator.<TrackedFile, String>comparing(file -> file.firstName)
          .thenComparing(file -> file.generation);

  private static final Pattern NAME = Pattern.compile("(.*)#(\\d{1,9})", Pattern.DOTALL);

  final SourcePartition partition;
  final String firstName;
  final int generation;
  // The offset up to which the file has been planned, and the mark that identifies it there, null
  // before the first plan.
  long offset;
  @Nullable FileMark mark;
  // Null if the file has vanished.
  @Nullable InputFile file;
  // True once the file has been searched for.
  boolean located;

  private TrackedFile(SourcePartition partition, String firstName, int generation) {
    this.partition = partition;
    this.firstName = firstName;
    this.generation = generation;
  }

  static TrackedFile of(SourcePartition partition) {
    Matcher name = NAME.matcher(partition.name());
    return name.matches()
        ? new TrackedFile(partition, name.group(1), Integer.parseInt(name.group(2)))
        : new TrackedFile(partition, partition.name(), 1);
  }

  static TrackedFile of(String name, int generation) {
    String partition = generation == 1 ? name : name + "#" + generation;
    return new TrackedFile(new SourcePartition(partition), name, generation);
  }

  /** Returns the last known name of the file. */
  String name() {
    if (file != null) {
      return file.name();
    }
    return mark == null ? partition.name() : mark.name();
  }

  /** Returns the last known key of the file; empty if it is unknown. */
  String key() {
    if (file != null) {
      return file.key();
    }
    return mark == null ? "" : mark.key();
  }

  boolean isGone() {
    return located && file == null;
  }

  /**
   * Returns whether rotation can give a name to this file: its own up to the first dot, with a
   * suffix.
   */
  boolean mayBeNamed(String other) {
    return isExtended(name(), other) || isExtended(firstName, other);
  }

  private static boolean isExtended(String name, String other) {
    int dot = name.indexOf('.', 1);
    String stem = dot < 0 ? name : name.substring(0, dot);
    return other.startsWith(stem)
        && other.length() > stem.length()
        && !Character.isLetterOrDigit(other.charAt(stem.length()));
  }
}
