package io.vellamo.connectors.file;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import io.vellamo.api.query.NodeAccess;
import io.vellamo.api.query.OutputMode;
import io.vellamo.api.sink.RowSink;
import io.vellamo.api.sink.SinkContext;
import io.vellamo.api.sink.SinkGuarantee;
import io.vellamo.api.sink.SinkWriter;
import java.nio.file.Path;

/**
 * A sink that writes the rows of each epoch to a separate file, named {@code <query>-<epoch>.jsonl}
 * or {@code .csv} with ten digits for the epoch. Epochs without rows write nothing.
 *
 * <p>A file appears under its name when it is complete and synced; until then it has a hidden name.
 * An epoch written again replaces its file, so that every row exists exactly once.
 *
 * <p>In {@link OutputMode#COMPLETE}, each file is a whole result, and the file of the last epoch is
 * the newest one; older files stay until somebody deletes them.
 *
 * <p>Each query needs its own directory, or at least its own name. A hidden file {@code
 * .<query>.vellamo} records the owner of the files, and is locked while the query runs.
 *
 * <p><b>Failure</b> Opening fails if the directory holds files that conflict with this query's next
 * epochs: files of another run under the same name, or of epochs later than the next one. Rows that
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
   * Sets the mapper that writes rows. The default supports records, {@code java.time} and {@code
   * Optional}.
   *
   * @param mapper used unchanged, except that each row is written on one line; for CSV a {@link
   *     CsvMapper}
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
  public NodeAccess nodeAccess() {
    return NodeAccess.oneNode(
        "its files are on the disk of one machine; use a sink that every machine reaches, such as a Kafka topic or a database table");
  }

  @Override
  public SinkWriter<U> open(SinkContext context) {
    PartNames names = PartNames.of(context.queryName(), format.suffix());
    PartDirectory parts = PartDirectory.open(directory, names, context, description());
    return new FileSinkWriter<>(
        parts,
        RowEncoder.create(mapper, format, rowClass, description()),
        description(),
        context.mode() == OutputMode.COMPLETE);
  }
}
