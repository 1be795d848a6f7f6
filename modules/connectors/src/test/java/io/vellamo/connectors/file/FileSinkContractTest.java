package io.vellamo.connectors.file;

import io.vellamo.api.sink.RowSink;
import io.vellamo.testkit.contract.SinkContract;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

final class FileSinkContractTest {
  record Row(int number, String text) {}

  @TempDir Path folder;

  private static Row rowOf(int number) {
    return new Row(number, "\"r\", ö\n" + number);
  }

  @Nested
  final class JsonLinesFiles extends SinkContract<Row> {
    @Override
    protected RowSink<Row> createSink() {
      return JsonLines.sink(folder);
    }

    @Override
    protected Row row(int number) {
      return rowOf(number);
    }

    @Override
    protected List<Row> written() throws Exception {
      return Opened.bounded(JsonLines.source(folder, Row.class)).everything().events;
    }
  }

  @Nested
  final class CsvFiles extends SinkContract<Row> {
    @Override
    protected RowSink<Row> createSink() {
      return Csv.sink(folder, Row.class);
    }

    @Override
    protected Row row(int number) {
      return rowOf(number);
    }

    @Override
    protected List<Row> written() throws Exception {
      return Opened.bounded(Csv.source(folder, Row.class)).everything().events;
    }
  }
}
