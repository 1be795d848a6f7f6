package io.vellamo.connectors.file;

import java.nio.file.Path;

/**
 * Files of comma-separated values, as in RFC 4180: a header line, fields quoted where needed, line
 * feeds allowed between quotes.
 *
 * <pre>{@code
 * vellamo.query("hourly")
 *     .from(Csv.source(readings, Reading.class))
 *     .to(Csv.sink(out, Hourly.class));
 * }</pre>
 *
 * <p>Every file begins with a header line, whose names map columns to properties, so files of one
 * folder may order their columns differently. Columns without a name are skipped, as are empty
 * fields after the last column. A line that repeats the header is a dead letter. A line ends in a
 * line feed, a carriage return, or both. An empty unquoted field is null or an empty {@code
 * Optional}, and is an error for a primitive property.
 *
 * @since 0.1
 */
public final class Csv {
  private Csv() {}

  /**
   * Returns a source.
   *
   * @param path a file, or a folder whose {@code *.csv} files are read, plain or with {@code .gz}
   * @param eventClass the class of the events
   * @param <T> the events
   * @return the source
   */
  public static <T> FileSource<T> source(Path path, Class<T> eventClass) {
    return source(path, eventClass, CsvDialect.RFC_4180);
  }

  /**
   * Returns a source of files with another delimiter, quote or escape.
   *
   * @param path a file, or a folder whose {@code *.csv} files are read, plain or with {@code .gz}
   * @param eventClass the class of the events
   * @param dialect the characters that separate and enclose fields
   * @param <T> the events
   * @return the source
   */
  public static <T> FileSource<T> source(Path path, Class<T> eventClass, CsvDialect dialect) {
    return FileSource.of(TextFormat.csv(dialect), path, eventClass);
  }

  /**
   * Returns a sink. Lines end in a single line feed.
   *
   * @param directory the directory of the part files; created if missing
   * @param rowClass the class of the rows; its properties are the columns, in their order, and none
   *     has properties of its own
   * @param <U> the rows
   * @return the sink
   */
  public static <U> FileSink<U> sink(Path directory, Class<U> rowClass) {
    return sink(directory, rowClass, CsvDialect.RFC_4180);
  }

  /**
   * Returns a sink of files with another delimiter or quote.
   *
   * @param directory the directory of the part files; created if missing
   * @param rowClass the class of the rows; its properties are the columns, in their order, and none
   *     has properties of its own
   * @param dialect the characters that separate and enclose fields
   * @param <U> the rows
   * @return the sink
   * @throws IllegalArgumentException if the dialect has no quote, or an escape
   */
  public static <U> FileSink<U> sink(Path directory, Class<U> rowClass, CsvDialect dialect) {
    if (dialect.quote() == null || dialect.escape() != null) {
      throw new IllegalArgumentException(
          "dialect of a sink must have a quote and no escape, so that every text can be read back, was [%s]"
              .formatted(dialect));
    }
    return new FileSink<>(
        TextFormat.csv(dialect), directory, rowClass, Mappers.csv(NumericTimes.REFUSED));
  }
}
