package io.vellamo.connectors.file;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SequenceWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import io.vellamo.api.sink.EpochRows;
import java.io.IOException;
import java.io.OutputStream;

/** Writes rows as lines. */
record RowEncoder(ObjectWriter writer, boolean endsLastLine) {
  static RowEncoder create(ObjectMapper mapper, Class<?> rowClass) {
    if (mapper instanceof CsvMapper csv) {
      ObjectWriter writer = csv.writerFor(rowClass).with(csv.schemaFor(rowClass).withHeader());
      return new RowEncoder(prepared(writer), true);
    }
    return new RowEncoder(prepared(mapper.writer()).withRootValueSeparator("\n"), false);
  }

  private static ObjectWriter prepared(ObjectWriter writer) {
    return writer
        .without(SerializationFeature.INDENT_OUTPUT)
        .without(SerializationFeature.FLUSH_AFTER_WRITE_VALUE)
        .without(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
  }

  void write(EpochRows<?> rows, OutputStream out) throws IOException {
    try (SequenceWriter lines = writer.writeValues(out)) {
      for (int i = 0; i < rows.size(); i++) {
        lines.write(rows.row(i));
      }
    }
    if (!endsLastLine) {
      out.write('\n');
    }
  }
}
