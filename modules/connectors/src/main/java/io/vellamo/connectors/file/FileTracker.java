package io.vellamo.connectors.file;

import io.vellamo.api.source.OffsetRange;
import io.vellamo.api.source.Offsets;
import io.vellamo.api.source.SourceException;
import io.vellamo.api.source.SourcePartition;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The mapping of partitions to files across renames, rotation and restarts.
 *
 * <p>A partition's file is the one with the same text before the offset: with the same name and
 * file system key, else with the same key, the same name, or a name that rotation gives.
 *
 * <p><b>Threading</b> Safe to share.
 */
final class FileTracker {
  /** Maximum number of vanished files that are remembered in case they reappear. */
  static final int MAX_GONE = 1_000;

  private static final String GZIP_SUFFIX = ".gz";

  private final InputFiles files;
  private final WhenReplaced whenReplaced;
  private final FileFailures failures;
  private final Map<SourcePartition, TrackedFile> tracked = new HashMap<>();

  FileTracker(InputFiles files, WhenReplaced whenReplaced, FileFailures failures) {
    this.files = files;
    this.whenReplaced = whenReplaced;
    this.failures = failures;
  }

  /**
   * Updates the offsets up to which partitions have been read.
   *
   * @return the partitions whose file differs from the one assumed before
   */
  synchronized Set<SourcePartition> learn(Offsets offsets) throws IOException {
    Map<SourcePartition, InputFile> before = new HashMap<>();
    for (Map.Entry<SourcePartition, Long> entry : offsets.asMap().entrySet()) {
      SourcePartition partition = entry.getKey();
      TrackedFile known = tracked.get(partition);
      InputFile file = known == null ? null : known.file;
      if (learn(partition, entry.getValue(), offsets.mark(partition)) && file != null) {
        before.put(partition, file);
      }
    }
    if (before.isEmpty()) {
      return Set.of();
    }
    look();
    before.entrySet().removeIf(each -> each.getValue().equals(file(each.getKey())));
    return before.keySet();
  }

  private boolean learn(SourcePartition partition, long offset, String mark) {
    TrackedFile known = tracked.computeIfAbsent(partition, TrackedFile::of);
    boolean isNews = known.mark == null && (offset > known.offset || !mark.isEmpty());
    if (isNews) {
      known.offset = offset;
      known.mark = mark.isEmpty() ? null : FileMark.parse(mark);
      known.file = null; // a file assumed by name only, before anything was read
      known.located = false;
    }
    return isNews;
  }

  private @Nullable InputFile file(SourcePartition partition) {
    TrackedFile known = tracked.get(partition);
    return known == null ? null : known.file;
  }

  /** Detects changes and returns the existing files in reading order. */
  synchronized List<Located> look() throws IOException {
    NavigableMap<String, InputFile> listed = files.list();
    Set<String> claimed = locate(listed);
    listed.keySet().removeAll(claimed);
    if (!listed.isEmpty()) {
      addAll(listed.values());
    }
    List<Located> found = new ArrayList<>();
    for (TrackedFile each : inOrder(TrackedFile.ORDER)) {
      if (each.file != null) {
        found.add(new Located(each.partition, each.file));
      }
    }
    return found;
  }

  /** Finds the file of each partition, and returns the names of those files. */
  private Set<String> locate(NavigableMap<String, InputFile> listed) throws IOException {
    Set<String> claimed = new HashSet<>();
    List<TrackedFile> unsettled = new ArrayList<>();
    for (TrackedFile each : inOrder(TrackedFile.ORDER.reversed())) {
      InputFile there = listed.get(each.name());
      if (each.file != null && there != null && there.stamp().equals(each.file.stamp())) {
        claimed.add(there.name());
      } else if (!each.isGone()) {
        unsettled.add(each);
      }
    }
    Folder folder = new Folder(listed);
    List<TrackedFile> missing = new ArrayList<>();
    for (TrackedFile each : unsettled) {
      InputFile found = find(each, folder, claimed);
      if (found == null) {
        missing.add(each);
      } else {
        each.file = found;
        each.located = true;
        claimed.add(found.name());
      }
    }
    for (TrackedFile each : missing) {
      lose(each, listed, claimed);
    }
    return claimed;
  }

  private List<TrackedFile> inOrder(Comparator<TrackedFile> order) {
    List<TrackedFile> all = new ArrayList<>(tracked.values());
    all.sort(order);
    return all;
  }

  private void lose(
      TrackedFile missing, NavigableMap<String, InputFile> listed, Set<String> claimed) {
    InputFile other = listed.get(missing.name());
    if (whenReplaced == WhenReplaced.FAIL
        && other != null
        && !claimed.contains(other.name())
        && !hasSuccessor(missing)) {
      throw failures.replaced(other.path(), missing.offset);
    }
    missing.file = null;
    missing.located = true;
    if (missing.offset == 0) {
      tracked.remove(missing.partition);
    }
  }

  /** Returns whether a later file had the same name, as after rotation. */
  private boolean hasSuccessor(TrackedFile file) {
    return tracked.values().stream()
        .anyMatch(
            each -> each.firstName.equals(file.firstName) && each.generation > file.generation);
  }

  /** Returns the current file of a partition; null if there is none. */
  private @Nullable InputFile find(TrackedFile wanted, Folder folder, Set<String> claimed)
      throws IOException {
    InputFile sameName = folder.listed().get(wanted.name());
    if (sameName != null && claimed.contains(sameName.name())) {
      sameName = null;
    }
    boolean sameKey = sameName != null && sameName.key().equals(wanted.key());
    if (sameName != null && (sameKey || wanted.key().isEmpty()) && matches(wanted, sameName)) {
      return sameName;
    }
    for (InputFile other : folder.all()) {
      if (other.key().equals(wanted.key())
          && !other.name().equals(wanted.name())
          && !claimed.contains(other.name())
          && matches(wanted, other)) {
        return other;
      }
    }
    if (sameName != null && !sameKey && matches(wanted, sameName)) {
      return sameName;
    }
    for (InputFile other : folder.all()) {
      if (wanted.mark != null
          && wanted.mayBeNamed(other.name())
          && !other.name().equals(wanted.name())
          && !claimed.contains(other.name())
          && !isHeld(other)
          && matches(wanted, other)) {
        return other;
      }
    }
    return null;
  }

  /** Returns whether a file, identified by key and name, belongs to a partition already. */
  private boolean isHeld(InputFile file) {
    return tracked.values().stream()
        .anyMatch(
            each ->
                each.file != null
                    && each.file.key().equals(file.key())
                    && each.file.name().equals(file.name()));
  }

  private static boolean matches(TrackedFile wanted, InputFile candidate) throws IOException {
    FileMark mark = wanted.mark;
    if (mark == null) {
      return wanted.offset == 0
          || candidate.stamp().size() >= wanted.offset
          || isCompressed(candidate);
    }
    try (FileText text = FileText.open(candidate.path())) {
      return mark.matches(text, wanted.offset);
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  private static boolean isCompressed(InputFile file) throws IOException {
    try (FileText text = FileText.open(file.path())) {
      return text.isCompressed();
    }
  }

  /** Adds partitions for new files, unless they are reappeared files. */
  private void addAll(Collection<InputFile> unknown) throws IOException {
    List<TrackedFile> gone = new ArrayList<>();
    Map<String, Integer> generations = new HashMap<>();
    Map<String, InputFile> present = new HashMap<>();
    for (TrackedFile each : tracked.values()) {
      generations.merge(each.firstName, each.generation, Math::max);
      if (each.isGone() && each.mark != null) {
        gone.add(each);
      }
      if (each.file != null) {
        present.put(each.file.name(), each.file);
      }
    }
    gone.sort(TrackedFile.ORDER);
    for (InputFile file : unknown) {
      if (!isBeingCompressed(file, present) && !isBack(file, gone)) {
        int generation = generations.getOrDefault(file.name(), 0) + 1;
        TrackedFile added = TrackedFile.of(file.name(), generation);
        added.file = file;
        added.located = true;
        tracked.put(added.partition, added);
        present.put(file.name(), file);
      }
    }
  }

  private static boolean isBack(InputFile file, List<TrackedFile> gone) throws IOException {
    for (TrackedFile each : gone) {
      boolean candidate =
          each.key().equals(file.key())
              || each.name().equals(file.name())
              || each.mayBeNamed(file.name());
      if (candidate && each.file == null && matches(each, file)) {
        each.file = file;
        return true;
      }
    }
    return false;
  }

  /** Returns whether a file is gzip's output for another one that still exists. */
  private static boolean isBeingCompressed(InputFile file, Map<String, InputFile> present)
      throws IOException {
    String name = file.name();
    InputFile plain =
        name.endsWith(GZIP_SUFFIX)
            ? present.get(name.substring(0, name.length() - GZIP_SUFFIX.length()))
            : null;
    if (plain == null) {
      return false;
    }
    try (FileText compressed = FileText.open(file.path());
        FileText text = FileText.open(plain.path())) {
      return compressed.isCompressed() && isSameText(text, compressed);
    } catch (NoSuchFileException e) {
      return true; // one has just vanished; the next call decides
    }
  }

  private static boolean isSameText(FileText plain, FileText compressed) throws IOException {
    int length = (int) Math.min(FileText.HEAD_BYTES, plain.length());
    try {
      return Arrays.equals(plain.bytes(0, length), compressed.bytes(0, length))
          && compressed.length() == plain.length();
    } catch (EOFException e) {
      return true; // still being written
    }
  }

  /** Returns the last known file of a range. */
  synchronized @Nullable InputFile file(OffsetRange range, long markedAt) throws IOException {
    learn(range.partition(), markedAt, range.mark());
    TrackedFile known = tracked.get(range.partition());
    if (known == null) {
      return null;
    }
    if (!known.located) {
      relocate(known);
    }
    return known.file;
  }

  /** Searches for the file of a partition again, after it was not found at its last known path. */
  synchronized @Nullable InputFile fileAgain(SourcePartition partition) throws IOException {
    TrackedFile known = tracked.get(partition);
    if (known == null) {
      return null;
    }
    relocate(known);
    return known.file;
  }

  private void relocate(TrackedFile known) throws IOException {
    NavigableMap<String, InputFile> listed = files.list();
    known.file = find(known, new Folder(listed), Set.of());
    known.located = known.file != null;
  }

  /** Returns the exception for a partition whose file is missing. */
  synchronized SourceException missing(SourcePartition partition) throws IOException {
    TrackedFile known = tracked.getOrDefault(partition, TrackedFile.of(partition));
    InputFile other = files.list().get(known.name());
    return other == null
        ? failures.gone(path(known))
        : failures.replaced(other.path(), known.offset);
  }

  private String path(TrackedFile file) {
    return Files.isDirectory(files.path())
        ? files.path() + "/" + file.name()
        : files.path().toString();
  }

  /** Updates the offset up to which a partition has been planned. */
  synchronized void planned(SourcePartition partition, long offset, FileMark mark) {
    TrackedFile known = tracked.get(partition);
    if (known != null && (offset >= known.offset || known.mark == null)) {
      known.offset = offset;
      known.mark = mark;
    }
  }

  /** Returns partitions in reading order. */
  synchronized List<SourcePartition> ordered(Collection<SourcePartition> partitions) {
    return partitions.stream()
        .map(partition -> tracked.getOrDefault(partition, TrackedFile.of(partition)))
        .sorted(TrackedFile.ORDER)
        .map(each -> each.partition)
        .toList();
  }

  /** Removes the first vanished files if there are too many, and returns their partitions. */
  synchronized List<SourcePartition> forgetSome() {
    List<TrackedFile> gone = new ArrayList<>(tracked.values());
    gone.removeIf(each -> !each.isGone());
    gone.sort(TrackedFile.ORDER);
    List<SourcePartition> forgotten =
        gone.subList(0, Math.max(0, gone.size() - MAX_GONE)).stream()
            .map(each -> each.partition)
            .toList();
    tracked.keySet().removeAll(forgotten);
    return forgotten;
  }

  /** A partition and its file. */
  record Located(SourcePartition partition, InputFile file) {}

  /** The files of the folder; other names are listed only if a file is not found by name. */
  private final class Folder {
    private final NavigableMap<String, InputFile> listed;
    private @Nullable Collection<InputFile> all;

    Folder(NavigableMap<String, InputFile> listed) {
      this.listed = listed;
    }

    NavigableMap<String, InputFile> listed() {
      return listed;
    }

    Collection<InputFile> all() throws IOException {
      if (all == null) {
        all = files.listAll().values();
      }
      return all;
    }
  }
}
