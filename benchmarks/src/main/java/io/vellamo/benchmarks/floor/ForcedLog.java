package io.vellamo.benchmarks.floor;

import io.vellamo.benchmarks.workload.KeyState;
import io.vellamo.benchmarks.workload.Row;
import io.vellamo.benchmarks.workload.RowTally;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A log file of all rows and changes of states. It counts rows only once the file has been forced
 * to the disk.
 */
final class ForcedLog implements LoopOutput, Closeable {
  private static final int BUFFER_BYTES = 1 << 19;

  private final FileChannel file;
  private final RowTally tally;
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
  private final List<Row> waiting = new ArrayList<>();

  ForcedLog(Path path, RowTally tally) throws IOException {
    this.file = FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    this.tally = tally;
  }

  @Override
  public void row(Row row) throws IOException {
    makeRoom();
    buffer.putLong(row.a()).putLong(row.b()).putLong(row.c()).putLong(row.d()).putLong(row.e());
    waiting.add(row);
  }

  @Override
  public void state(long key, @Nullable KeyState state) throws IOException {
    makeRoom();
    buffer.putLong(key);
    if (state != null) {
      state.writeTo(buffer);
    }
  }

  /** Forces the log to the disk and counts the rows in it. */
  void force() throws IOException {
    write();
    file.force(false);
    waiting.forEach(tally::add);
    waiting.clear();
  }

  private void makeRoom() throws IOException {
    if (buffer.remaining() < Long.BYTES + KeyState.MOST_BYTES) {
      write();
    }
  }

  private void write() throws IOException {
    buffer.flip();
    while (buffer.hasRemaining()) {
      file.write(buffer);
    }
    buffer.clear();
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
