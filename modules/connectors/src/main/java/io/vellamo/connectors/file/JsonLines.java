package io.vellamo.connectors.file;

import java.nio.file.Path;

/**
 * Files with one JSON value per line.
 *
 * <pre>{@code
 * vellamo.query("sessions")
 *     .from(JsonLines.source(events, GitHubEvent.class))
 *     .to(JsonLines.sink(out));
 * }</pre>
 *
 * <p>Events and rows are records or other classes that Jackson can bind; {@code java.time} values
 * are ISO text, and {@code Optional} properties may be missing or null. Properties that the class
 * does not have are ignored. A primitive property must be present, and a decimal number is not
 * accepted for an integer; Jackson's own defaults would supply a 0 and truncate the fraction.
 * Numeric times require a unit, see {@link FileSource#withNumericTimes}. A text with an unpaired
 * surrogate, such as {@code "\\ud83d"}, is refused.
 *
 * @since 0.1
 */
public final class JsonLines {
  private JsonLines() {}

  /**
   * Returns a source.
   *
   * @param path a file, or a folder whose {@code *.jsonl}, {@code *.json} and {@code *.ndjson}
   *     files are read, plain or with {@code .gz}
   * @param eventClass the class of the events
   * @param <T> the events
   * @return the source
   */
  public static <T> FileSource<T> source(Path path, Class<T> eventClass) {
    return FileSource.of(TextFormat.JSON_LINES, path, eventClass);
  }

  /**
   * Returns a sink.
   *
   * @param directory the directory of the part files; created if missing
   * @param <U> the rows
   * @return the sink
   */
  public static <U> FileSink<U> sink(Path directory) {
    return new FileSink<>(
        TextFormat.JSON_LINES, directory, Object.class, Mappers.json(NumericTimes.REFUSED));
  }
}
