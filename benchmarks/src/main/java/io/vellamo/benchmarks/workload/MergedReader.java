package io.vellamo.benchmarks.workload;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A reader of all events of a data set, merged from its parts in the order of {@code seq}. */
public final class MergedReader implements Closeable {
  private final List<PartReader> parts;

  private MergedReader(List<PartReader> parts) {
    this.parts = parts;
  }

  /** Opens a data set below a directory of data sets. */
  public static MergedReader open(DataSet data, Path root) throws IOException {
    List<PartReader> parts = new ArrayList<>();
    for (int part = 0; part < DataSet.PARTS; part++) {
      parts.add(PartReader.open(data.part(root, part), 0));
    }
    return new MergedReader(parts);
  }

  /** Returns the next event, or null at the end. */
  public @Nullable Event next() throws IOException {
    PartReader first = null;
    int firstSeq = Integer.MAX_VALUE;
    for (PartReader part : parts) {
      int seq = part.nextSeq();
      if (seq >= 0 && seq < firstSeq) {
        first = part;
        firstSeq = seq;
      }
    }
    return first == null ? null : first.next();
  }

  @Override
  public void close() throws IOException {
    for (PartReader part : parts) {
      part.close();
    }
  }
}
