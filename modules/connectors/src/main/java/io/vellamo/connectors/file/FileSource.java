package io.vellamo.connectors.file;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import io.vellamo.api.query.NodeAccess;
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
 * A source that reads a text file, or the files directly in a folder, and detects growth and new
 * files.
 *
 * <p>In a folder, the files with the format's extensions are read, except those whose names begin
 * with a dot or an underscore. Each file is a source partition; its offsets count the bytes of its
 * text. Gzip is recognized by the file's first bytes. Files are read in the order of their names:
 * an epoch takes events from the first file, then from the next, until it is full. A last line
 * without line end stays pending until it is complete, except in a bounded query, which reads it. A
 * gzip file that ends too early, for example while it is being copied, stays pending too, and is an
 * error in a bounded query.
 *
 * <p>A file is recognized by the text that has been read from it and by its key in the file system.
 * Within its folder it may be renamed, or compressed under its name with a suffix such as {@code
 * .1.gz}; a file that takes over its name is a new file, whose partition is called {@code name#2}.
 *
 * <p>A line that is not a valid event becomes a dead letter with its position and a reason that
 * names the column or property and the kind of value found, but no content. Text must be UTF-8
 * without unpaired surrogates. Blank lines are skipped.
 *
 * <p><b>Threading</b> Immutable; safe to share.
 *
 * <p><b>Failure</b> A missing path fails the query when it starts. The query also fails when it
 * detects a file that no longer holds the text read from it, see {@link #whenReplaced}, a file that
 * vanished before it was read, or a gzip file with other bytes after its last member. A file may be
 * deleted once it has been read to its end.
 *
 * <p><b>Cost</b> Uncompressed JSON Lines are read twice, once to count lines and once to decode
 * them. CSV and gzip files are read once more to find their end. A folder is listed at each poll. A
 * changed file is opened to compare 2 KiB of it.
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
   * Sets how often an idle query looks for new files and lines. Defaults to 500 ms: with one file,
   * polling then costs about half a per cent of a core.
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
   * Sets the mapper that reads events; its own limits for texts and numbers apply. The default
   * supports records, {@code java.time} and {@code Optional}, and is strict as described in {@link
   * JsonLines} and {@link Csv}.
   *
   * @param mapper used unchanged, except that content after a line's value is refused; for CSV a
   *     {@link CsvMapper}
   * @return a source with it
   * @throws IllegalArgumentException if {@code mapper} does not fit the format
   */
  public FileSource<T> withMapper(ObjectMapper mapper) {
    return with(options.withMapper(files.format().checked(mapper)));
  }

  /**
   * Sets the maximum number of bytes of a line; a longer line becomes a dead letter without its
   * content, so that a file without line feeds can't exhaust the memory. Defaults to 16 MiB.
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
   * Sets the unit of times that are numbers in the files: {@code Instant}, {@code OffsetDateTime},
   * {@code ZonedDateTime}, {@code Duration}, {@code Date} and {@code Calendar}. A text of digits
   * counts as a number. Times in ISO format are read with any unit. Defaults to {@link
   * NumericTimes#REFUSED}: a line with a numeric time becomes a dead letter.
   *
   * @param times the unit
   * @return a source with it
   * @throws IllegalArgumentException if {@link #withMapper} has been called, since that mapper
   *     determines the unit
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
   * Sets the reaction to a file that no longer holds the text read from it: the file was
   * overwritten, truncated, or replaced by another of that name without being in the folder under
   * another name. Defaults to {@link WhenReplaced#FAIL}.
   *
   * @param reaction the reaction
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
  public NodeAccess nodeAccess() {
    return NodeAccess.oneNode(
        "its files are on the disk of one machine; use a source that every machine reaches, such as a Kafka topic or a database table");
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

  /** The options of a source. */
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
