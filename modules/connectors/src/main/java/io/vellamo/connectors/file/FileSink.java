package io.vellamo.connectors.file;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import io.vellamo.api.sink.RowSink;
import io.vellamo.api.sink.SinkContext;
import io.vellamo.api.sink.SinkGuarantee;
import io.vellamo.api.sink.SinkWriter;
import java.nio.file.Path;

/**
 * A sink that writes the rows of each epoch to a file of its own, named {@code
 * <query>-<epoch>.jsonl} or {@code .csv} with ten digits for the epoch. Epochs without rows write
 * nothing.
 *
 * <p>A file appears under its name when it is complete and on the disk; until then it has a hidden
 * name. An epoch written again replaces its file, so that every row is there exactly once.
 *
 * <p>Each query needs a directory, or at least a name, of its own. A hidden file {@code
 * .<query>.vellamo} keeps whose files they are, and is locked while the query runs.
 *
 * <p><b>Failure</b> Opening fails if the directory holds files that this query's next epochs would
 * mix with: of another run under the same name, or of epochs that it has not committed. Rows that
 * Jackson can't write, and a directory without room or permission, fail the query.
 *
 * @param <U> the rows
 * @since 0.1
 */
public final class FileSink<U> implements RowSink<U> {
  private final TextFormat format;
  private final Path directory;
  private final Class<?> rowClass;
  private final ObjectMapper mapper;

  FileSink(TextFormat format, Path directory, Class<?> rowClass, ObjectMapper mapper) {
    this.format = format;
    this.directory = requireNonNull(directory, "directory");
    this.rowClass = requireNonNull(rowClass, "rowClass");
    this.mapper = mapper;
  }

  /**
   * Sets the mapper that writes rows. By default it knows records, {@code java.time} and {@code
   * Optional}.
   *
   * @param mapper used as it is, but never over several lines a row; for CSV a {@link CsvMapper}
   * @return a sink with it
   * @throws IllegalArgumentException if {@code mapper} does not fit the format
   */
  public FileSink<U> withMapper(ObjectMapper mapper) {
    return new FileSink<>(format, directory, rowClass, format.checked(mapper));
  }

  @Override
  public String description() {
    return format.title() + "[" + directory + "]";
  }

  @Override
  public SinkGuarantee guarantee() {
    return SinkGuarantee.IDEMPOTENT;
  }

  @Override
  public SinkWriter<U> open(SinkContext context) {
    PartNames names = PartNames.of(context.queryName(), format.suffix());
    PartDirectory parts = PartDirectory.open(directory, names, context, description());
    return new FileSinkWriter<>(
        parts, RowEncoder.create(mapper, format, rowClass, description()), description());
  }
}
