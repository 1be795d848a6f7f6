package io.vellamo.benchmarks.workload;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/** A writer of a data set's files. */
final class DataSetWriter {
  private final DataSet data;

  DataSetWriter(DataSet data) {
    this.data = data;
  }

  /** Writes the files below a directory of data sets, each atomically. */
  void write(Path root) throws IOException {
    Files.createDirectories(data.directory(root));
    List<Path> unfinished = new ArrayList<>();
    List<OutputStream> parts = new ArrayList<>();
    try {
      for (int part = 0; part < DataSet.PARTS; part++) {
        Path file = Files.createTempFile(data.directory(root), "part-", ".tmp");
        unfinished.add(file);
        parts.add(new BufferedOutputStream(Files.newOutputStream(file)));
      }
      write(parts);
    } finally {
      for (OutputStream part : parts) {
        part.close();
      }
    }
    for (int part = 0; part < DataSet.PARTS; part++) {
      Files.move(unfinished.get(part), data.part(root, part), StandardCopyOption.ATOMIC_MOVE);
    }
  }

  private void write(List<OutputStream> parts) throws IOException {
    DrawnEvents events = new DrawnEvents(data);
    ByteBuffer bytes = ByteBuffer.allocate(PartReader.RECORD_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    while (events.hasNext()) {
      Event event = events.next();
      bytes.clear();
      bytes.putLong(event.key()).putLong(event.timeMillis());
      bytes.putInt(event.value()).putInt(event.seq());
      parts.get(DataSet.partOf(event.key())).write(bytes.array());
    }
  }
}
