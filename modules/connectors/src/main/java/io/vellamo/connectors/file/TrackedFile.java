package io.vellamo.connectors.file;

import io.vellamo.api.source.SourcePartition;
import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A source partition, and the file that it is at present. Guarded by its {@link FileTracker}.
 *
 * <p>A partition has the name that its file had when it was first seen, with {@code #2}, {@code #3}
 * and so on if an earlier file had that name.
 */
final class TrackedFile {
  /** The order of reading: by name, and of one name the earliest file first. */
  static final Comparator<TrackedFile> ORDER =
      Comparator.<TrackedFile, String>comparing(file -> file.firstName)
          .thenComparing(file -> file.generation);

  private static final Pattern NAME = Pattern.compile("(.*)#(\\d{1,9})", Pattern.DOTALL);

  final SourcePartition partition;
  final String firstName;
  final int generation;
  // How far the file has been planned, and by what it is recognized there; null before that.
  long offset;
  @Nullable FileMark mark;
  // Null if the file has vanished.
  @Nullable InputFile file;
  // Whether the file has been looked for yet.
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

  /** Returns the name that the file had last. */
  String name() {
    if (file != null) {
      return file.name();
    }
    return mark == null ? partition.name() : mark.name();
  }

  /** Returns the key that the file had last; empty if it is not known. */
  String key() {
    if (file != null) {
      return file.key();
    }
    return mark == null ? "" : mark.key();
  }

  boolean isGone() {
    return located && file == null;
  }

  /** Returns whether a name is one that rotation gives to this file: its own with an addition. */
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
