package io.vellamo.connectors.file;

import io.vellamo.api.sink.EpochRows;
import io.vellamo.api.sink.SinkException;
import io.vellamo.api.sink.SinkWriter;
import java.io.IOException;
import java.io.UncheckedIOException;

/** A writer of one part file for each epoch with rows, or for each whole result. */
final class FileSinkWriter<U> implements SinkWriter<U> {
  private final PartDirectory parts;
  private final RowEncoder encoder;
  private final String sink;
  private final boolean writesEmpty;

  /**
   * Creates a writer.
   *
   * @param writesEmpty whether an epoch without rows has a file too, as it is a whole result
   */
  FileSinkWriter(PartDirectory parts, RowEncoder encoder, String sink, boolean writesEmpty) {
    this.parts = parts;
    this.encoder = encoder;
    this.sink = sink;
    this.writesEmpty = writesEmpty;
  }

  @Override
  public void write(EpochRows<? extends U> rows) {
    if (rows.size() == 0 && !writesEmpty) {
      return;
    }
    try {
      parts.write(rows.epoch(), out -> encoder.write(rows, out));
    } catch (IOException e) {
      throw new SinkException(
          sink,
          "Directory of sink [%s] must have room and permission for epoch [%d], failed with [%s: %s];"
                  .formatted(sink, rows.epoch(), e.getClass().getSimpleName(), e.getMessage())
              + " make room and restart the query",
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
