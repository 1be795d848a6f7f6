package io.vellamo.samples.run;

import io.vellamo.api.query.EventCounts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The directory from which a sample resumes. It holds the journal, the options that it was made
 * with, and the counts of events.
 *
 * <p><b>Failure</b> A directory made with other options is rejected, since its journal holds
 * results that those options would change.
 */
public final class DataDirectory implements AutoCloseable {
  private final SampleSettings settings;
  private final DataLock lock;
  private final Path input;
  // Null if the directories stay.
  private final @Nullable TemporaryDirectory parent;

  private DataDirectory(
      SampleSettings settings, DataLock lock, Path input, @Nullable TemporaryDirectory parent) {
    this.settings = settings;
    this.lock = lock;
    this.input = input;
    this.parent = parent;
  }

  /**
   * Opens the directory of a run, and creates it if it is missing.
   *
   * @param settings the user's settings
   * @param options further options of the sample that change its results, by name
   * @return the directory, locked until it is closed
   * @throws BadInputException if directory or input can't be used
   */
  public static DataDirectory open(SampleSettings settings, Map<String, String> options) {
    requireFile(settings.input().file());
    try {
      TemporaryDirectory parent = settings.isTemporary() ? TemporaryDirectory.create() : null;
      SampleSettings actual = parent == null ? settings : settings.below(parent.path());
      WritableDirectory.require("--out", actual.out());
      WritableDirectory.require("--data", actual.data());
      return locked(actual, options, DataLock.acquire(actual.data()), parent);
    } catch (IOException e) {
      throw WritableDirectory.refusal("--data", e);
    }
  }

  private static DataDirectory locked(
      SampleSettings settings,
      Map<String, String> options,
      DataLock lock,
      @Nullable TemporaryDirectory parent)
      throws IOException {
    boolean opened = false;
    try {
      Path given = settings.input().file();
      Path input = given == null ? settings.input().bundled().in(settings.data()) : given;
      Map<String, String> all = new TreeMap<>(options);
      all.put("--delay", settings.delay().toString());
      all.put("--input", given == null ? "bundled events" : given.toString());
      all.put("--out", settings.out().toString());
      all.put("size of --input in bytes", Long.toString(Files.size(input)));
      all.put("sample", settings.sample());
      new DataOrigin(settings).require(all);
      opened = true;
      return new DataDirectory(settings, lock, input, parent);
    } finally {
      if (!opened) {
        lock.close();
        if (parent != null) {
          parent.close();
        }
      }
    }
  }

  /** Returns the events to read. */
  public Path input() {
    return input;
  }

  /** Returns the directory of the results. */
  public Path out() {
    return settings.out();
  }

  /** Returns the directory of the dead letters. */
  public Path deadLetters() {
    return settings.out().resolve("dead-letters");
  }

  /** Returns the directory of the journal. */
  public Path journal() {
    return settings.data().resolve("journal");
  }

  /** Returns whether the directories are deleted at the end. */
  boolean isTemporary() {
    return parent != null;
  }

  /** Returns whether and where the run is shown. */
  DashboardOption dashboard() {
    return settings.dashboard();
  }

  /**
   * Returns the counts of all events as the last complete run noted them.
   *
   * @return the counts; empty if there is no note
   * @throws IOException if the note can't be read
   */
  Optional<EventCounts> noted() throws IOException {
    return note().read().map(DataDirectory::counts);
  }

  /**
   * Notes the counts of all events at the end of a run, for a later run without epochs of its own.
   */
  void note(EventCounts counts) throws IOException {
    note()
        .write(
            Map.of(
                "processed", Long.toString(counts.processed()),
                "late", Long.toString(counts.late()),
                "dead-lettered", Long.toString(counts.deadLettered())));
  }

  @Override
  public void close() throws IOException {
    lock.close();
    if (parent != null) {
      parent.close();
    }
  }

  private PropertiesFile note() {
    return new PropertiesFile(settings.data().resolve("events.properties"));
  }

  private static EventCounts counts(Map<String, String> values) {
    return new EventCounts(
        Long.parseLong(values.getOrDefault("processed", "0")),
        Long.parseLong(values.getOrDefault("late", "0")),
        Long.parseLong(values.getOrDefault("dead-lettered", "0")));
  }

  private static void requireFile(@Nullable Path input) {
    if (input != null && !(Files.isRegularFile(input) && Files.isReadable(input))) {
      String found =
          Files.isDirectory(input)
              ? "a directory"
              : Files.exists(input) ? "something unreadable" : "nothing";
      throw new BadInputException(
          "--input must be a readable file, found %s at [%s]; correct the path, or leave --input out for the bundled events"
              .formatted(found, input));
    }
  }
}
