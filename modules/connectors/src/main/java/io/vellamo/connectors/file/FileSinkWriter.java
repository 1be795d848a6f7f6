package io.vellamo.connectors.file;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.vellamo.api.sink.EpochRows;
import io.vellamo.api.sink.SinkException;
import io.vellamo.api.sink.SinkWriter;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Writes one part file for each epoch with rows. */
final class FileSinkWriter<U> implements SinkWriter<U> {
  private final PartDirectory parts;
  private final RowEncoder encoder;
  private final String sink;

  FileSinkWriter(PartDirectory parts, RowEncoder encoder, String sink) {
    this.parts = parts;
    this.encoder = encoder;
    this.sink = sink;
  }

  @Override
  public void write(EpochRows<? extends U> rows) {
    if (rows.size() == 0) {
      return;
    }
    try {
      parts.write(rows.epoch(), out -> encoder.write(rows, out));
    } catch (JsonProcessingException e) {
      throw new SinkException(
          sink,
          "Rows of class [%s] must be ones that Jackson can write in the format of sink [%s]; use a record, or add what the cause asks for"
              .formatted(rows.row(0).getClass().getName(), sink),
          e);
    } catch (IOException e) {
      throw new SinkException(
          sink,
          "Directory of sink [%s] must have room and permission for epoch [%d], failed with [%s: %s]; make room and restart the query"
              .formatted(sink, rows.epoch(), e.getClass().getSimpleName(), e.getMessage()),
          e);
    }
  }

  @Override
  public void close() {
    try {
      parts.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
