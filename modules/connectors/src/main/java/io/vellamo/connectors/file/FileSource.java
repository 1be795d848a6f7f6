package io.vellamo.connectors.file;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import io.vellamo.api.source.EventSource;
import io.vellamo.api.source.SourceContext;
import io.vellamo.api.source.SourceException;
import io.vellamo.api.source.SourceReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A source that reads a text file, or the files directly in a folder, and notices when they grow or
 * when new ones come.
 *
 * <p>Of a folder, the files that have the format's names are read, except those whose names begin
 * with a dot or an underscore. Each is a source partition; its offsets count the bytes of its text.
 * Gzip is recognized by the file's first bytes. Files are read in the order of their names: an
 * epoch takes from the first one until it is full. A last line without line end waits for its rest,
 * unless the query ends when it has read what is there. A gzip file that ends too early, as while
 * it is being copied, is waited for in the same way, and is an error in a query that ends.
 *
 * <p>A file is recognized by the text that has been read of it and by its key in the file system.
 * It may be renamed, or compressed under its name with an addition such as {@code .1.gz}, within
 * its folder; the file that takes its name is a new one, whose partition is called {@code name#2}.
 *
 * <p>A line that is no event goes to the dead letters with its position and a reason that names
 * column or property and what kind of value was found, but no content. Text must be UTF-8 without
 * halves of surrogate pairs. Blank lines are skipped.
 *
 * <p><b>Threading</b> Immutable; safe to share.
 *
 * <p><b>Failure</b> A missing path fails the query when it starts. So does, whenever it is noticed,
 * a file that no longer holds what was read of it, see {@link #whenReplaced}, one that vanished
 * before it was read, and a gzip file with other bytes after its last member. A file may vanish
 * when it has been read to its end.
 *
 * <p><b>Cost</b> Plain JSON Lines are looked at twice, once for counting lines and once for reading
 * them. CSV and gzip files are read once more to see where they end. A folder is listed at each
 * look for news. A file that has changed is opened to compare 2 KiB of it.
 *
 * @param <T> the events
 * @since 0.1
 */
public final class FileSource<T> implements EventSource<T> {
  private static final Duration DEFAULT_POLL_INTERVAL = Duration.ofMillis(500);
  private static final int DEFAULT_MAX_LINE_BYTES = 16 * 1024 * 1024;

  private final InputFiles files;
  private final Class<T> eventClass;
  private final Options options;

  private FileSource(InputFiles files, Class<T> eventClass, Options options) {
    this.files = files;
    this.eventClass = eventClass;
    this.options = options;
  }

  static <T> FileSource<T> of(TextFormat format, Path path, Class<T> eventClass) {
    requireNonNull(path, "path");
    requireNonNull(eventClass, "eventClass");
    return new FileSource<>(new InputFiles(format, path), eventClass, Options.DEFAULT);
  }

  private FileSource<T> with(Options changed) {
    return new FileSource<>(files, eventClass, changed);
  }

  /**
   * Sets how often an idle query looks for new files and lines. Defaults to 500 ms: an idle query
   * with one file then costs about half a per cent of a core more than one without.
   *
   * @param interval positive
   * @return a source with it
   * @throws IllegalArgumentException if {@code interval} is not positive
   */
  public FileSource<T> withPollInterval(Duration interval) {
    requireNonNull(interval, "interval");
    if (interval.isNegative() || interval.isZero()) {
      throw new IllegalArgumentException("interval must be positive, was [%s]".formatted(interval));
    }
    return with(options.withPollInterval(interval));
  }

  /**
   * Sets the mapper that reads events, with limits of its own for texts and numbers. By default it
   * knows records, {@code java.time} and {@code Optional}, and is strict as the class that made
   * this source says.
   *
   * @param mapper used as it is, except that anything behind a line's value is refused; for CSV a
   *     {@link CsvMapper}
   * @return a source with it
   * @throws IllegalArgumentException if {@code mapper} does not fit the format
   */
  public FileSource<T> withMapper(ObjectMapper mapper) {
    return with(options.withMapper(files.format().checked(mapper)));
  }

  /**
   * Sets the most bytes of a line; a longer one goes to the dead letters without its content, so
   * that a file without line feeds can't fill the memory. Defaults to 16 MiB.
   *
   * @param bytes from 1 to 1 GiB
   * @return a source with it
   * @throws IllegalArgumentException if {@code bytes} is out of range
   */
  public FileSource<T> withMaxLineBytes(int bytes) {
    if (bytes < 1 || bytes > 1 << 30) {
      throw new IllegalArgumentException(
          "bytes must be from 1 to 1073741824, was [%d]".formatted(bytes));
    }
    return with(options.withMaxLineBytes(bytes));
  }

  /**
   * Sets the unit of times that stand as numbers in the files: {@code Instant}, {@code
   * OffsetDateTime}, {@code ZonedDateTime}, {@code Duration}, {@code Date} and {@code Calendar}. A
   * text of digits is a number as well. Times as ISO text are read with any unit. Defaults to
   * {@link NumericTimes#REFUSED}: a line with a time as a number goes to the dead letters.
   *
   * @param times the unit
   * @return a source with it
   * @throws IllegalArgumentException if {@link #withMapper} has been called: that mapper decides
   */
  public FileSource<T> withNumericTimes(NumericTimes times) {
    requireNonNull(times, "times");
    if (options.mapper != null) {
      throw new IllegalArgumentException(
          "times [%s] must be left to the mapper of withMapper; configure the mapper"
              .formatted(times));
    }
    return with(options.withTimes(times));
  }

  /**
   * Sets what happens when a file no longer holds the text that was read of it: it was overwritten,
   * truncated, or another file took its name and it is not in the folder under another one.
   * Defaults to {@link WhenReplaced#FAIL}.
   *
   * @param reaction what happens
   * @return a source with it
   */
  public FileSource<T> whenReplaced(WhenReplaced reaction) {
    return with(options.withWhenReplaced(requireNonNull(reaction, "reaction")));
  }

  @Override
  public String description() {
    return files.format().title() + "[" + files.path() + "]";
  }

  @Override
  public Optional<Duration> pollInterval() {
    return Optional.of(options.pollInterval);
  }

  @Override
  public SourceReader<T> open(SourceContext context) throws IOException {
    if (!files.exist()) {
      throw new SourceException(
          description(),
          "Path of source [%s] must be a file or a folder, found neither; create it or correct the"
                  .formatted(description())
              + " path",
          null);
    }
    FileFailures failures = new FileFailures(description());
    int maxLineBytes = options.maxLineBytes;
    EntryDecoder<T> decoder =
        new EntryDecoder<>(
            options.mapper(files.format()), files.format(), eventClass, maxLineBytes, failures);
    FileTracker tracker = new FileTracker(files, options.whenReplaced, failures);
    tracker.learn(context.committed());
    FilePlanner planner =
        new FilePlanner(tracker, files.format(), context.bounded(), maxLineBytes, failures);
    SpareCursor cursors = new SpareCursor(files.format(), maxLineBytes);
    return new FileReader<>(planner, decoder, new FileOpener(tracker, cursors, failures), failures);
  }

  /** Everything that a source may be told. */
  private record Options(
      @Nullable ObjectMapper mapper,
      NumericTimes times,
      Duration pollInterval,
      int maxLineBytes,
      WhenReplaced whenReplaced) {
    static final Options DEFAULT =
        new Options(
            null,
            NumericTimes.REFUSED,
            DEFAULT_POLL_INTERVAL,
            DEFAULT_MAX_LINE_BYTES,
            WhenReplaced.FAIL);

    ObjectMapper mapper(TextFormat format) {
      if (mapper != null) {
        return mapper;
      }
      return format.isCsv() ? Mappers.csv(times) : Mappers.json(times);
    }

    Options withMapper(@Nullable ObjectMapper changed) {
      return new Options(changed, times, pollInterval, maxLineBytes, whenReplaced);
    }

    Options withTimes(NumericTimes changed) {
      return new Options(mapper, changed, pollInterval, maxLineBytes, whenReplaced);
    }

    Options withPollInterval(Duration changed) {
      return new Options(mapper, times, changed, maxLineBytes, whenReplaced);
    }

    Options withMaxLineBytes(int changed) {
      return new Options(mapper, times, pollInterval, changed, whenReplaced);
    }

    Options withWhenReplaced(WhenReplaced changed) {
      return new Options(mapper, times, pollInterval, maxLineBytes, changed);
    }
  }
}
