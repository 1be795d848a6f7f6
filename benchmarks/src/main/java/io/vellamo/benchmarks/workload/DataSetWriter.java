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
import java.util.SplittableRandom;
import java.util.function.ToIntFunction;

/**
 * Makes the files of a data set.
 *
 * <p>The order in which the random numbers are drawn is part of the workloads' definition.
 */
final class DataSetWriter {
  private static final int VALUES = 1000;
  private static final int KEY_SHIFT = 24;

  private final DataSet data;

  DataSetWriter(DataSet data) {
    this.data = data;
  }

  /** Writes the files below a directory of data sets, each complete or not at all. */
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
    SplittableRandom random = new SplittableRandom(data.seed());
    ToIntFunction<SplittableRandom> ranks = data.skew().ranks((int) data.keys());
    ByteBuffer bytes = ByteBuffer.allocate(PartReader.RECORD_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (int seq = 0; seq < data.events(); seq++) {
      long key = Mix64.of(ranks.applyAsInt(random) + 1L) >>> KEY_SHIFT;
      long newest = DataSet.EPOCH_MILLIS + seq * data.interval().toMillis() / data.keys();
      long time = newest - random.nextLong(DataSet.OUT_OF_ORDER.toMillis() + 1);
      int value = random.nextInt(VALUES);
      bytes.clear().putLong(key).putLong(time).putInt(value).putInt(seq);
      parts.get(DataSet.partOf(key)).write(bytes.array());
    }
  }
}
