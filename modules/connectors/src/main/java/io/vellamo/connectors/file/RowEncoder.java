package io.vellamo.connectors.file;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SequenceWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.dataformat.csv.CsvGenerator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import io.vellamo.api.sink.EpochRows;
import io.vellamo.api.sink.SinkException;
import io.vellamo.connectors.file.WholeCharacters.HalfPairException;
import java.io.IOException;
import java.io.OutputStream;
import java.util.stream.Collectors;

/** An encoder of rows as lines. */
record RowEncoder(ObjectWriter writer, boolean endsLastLine, String sink) {
  static RowEncoder create(ObjectMapper mapper, TextFormat format, Class<?> rowClass, String sink) {
    CsvDialect dialect = format.dialect();
    if (dialect != null && mapper instanceof CsvMapper csv) {
      CsvSchema schema = dialect.schema(csv.schemaFor(rowClass).withHeader());
      ObjectWriter writer = csv.writerFor(rowClass).with(schema);
      return new RowEncoder(prepared(writer), true, sink);
    }
    return new RowEncoder(prepared(mapper.writer()).withRootValueSeparator("\n"), false, sink);
  }

  private static ObjectWriter prepared(ObjectWriter writer) {
    return writer
        .without(SerializationFeature.INDENT_OUTPUT)
        .without(SerializationFeature.FLUSH_AFTER_WRITE_VALUE)
        .without(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
  }

  void write(EpochRows<?> rows, OutputStream out) throws IOException {
    try (JsonGenerator generator = generator(out);
        SequenceWriter lines = writer.writeValues(generator)) {
      for (int i = 0; i < rows.size(); i++) {
        write(rows.row(i), lines);
      }
    }
    if (!endsLastLine && rows.size() > 0) {
      out.write('\n');
    }
  }

  /**
   * Returns a generator. For CSV it checks surrogate pairs: unlike JSON, CSV can't escape an
   * unpaired surrogate.
   */
  private JsonGenerator generator(OutputStream out) throws IOException {
    JsonGenerator generator = writer.createGenerator(out);
    return generator instanceof CsvGenerator ? new WholeCharacters(generator) : generator;
  }

  private void write(Object row, SequenceWriter lines) throws IOException {
    try {
      lines.write(row);
    } catch (JsonProcessingException e) {
      if (e.getCause() instanceof HalfPairException || e instanceof HalfPairException) {
        throw halfPair(row, e);
      }
      throw new SinkException(
          sink,
          "Row of class [%s] must be one that Jackson can write in the format of sink [%s]; use a"
                  .formatted(row.getClass().getName(), sink)
              + " record, or add what the cause asks for",
          e);
    }
  }

  private SinkException halfPair(Object row, JsonProcessingException cause) {
    String property =
        cause instanceof JsonMappingException mapping
            ? mapping.getPath().stream()
                .map(step -> String.valueOf(step.getFieldName()))
                .collect(Collectors.joining("."))
            : "";
    return new SinkException(
        sink,
        "Row of class [%s] must hold whole characters for sink [%s], property [%s] has half of a surrogate pair; cut text only between code points"
            .formatted(row.getClass().getName(), sink, property),
        cause);
  }
}
