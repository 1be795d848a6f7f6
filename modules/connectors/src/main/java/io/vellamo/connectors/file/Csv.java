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
 * <p>Every file begins with a header line, and its names say which column is which property, so
 * files of one folder may order their columns differently. A field that is empty and not quoted is
 * null or an empty {@code Optional}, and not allowed for a primitive property.
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
    return FileSource.of(TextFormat.CSV, path, eventClass, Mappers.csv());
  }

  /**
   * Returns a sink. Lines end in a line feed alone.
   *
   * @param directory where part files go; created if missing
   * @param rowClass the class of the rows; its properties are the columns, in their order, and none
   *     has properties of its own
   * @param <U> the rows
   * @return the sink
   */
  public static <U> FileSink<U> sink(Path directory, Class<U> rowClass) {
    return new FileSink<>(TextFormat.CSV, directory, rowClass, Mappers.csv());
  }
}
