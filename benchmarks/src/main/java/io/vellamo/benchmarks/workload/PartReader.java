package io.vellamo.benchmarks.workload;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A reader of the events of a data set's part, in order, from any event on.
 *
 * <p>A record is 24 bytes, little endian: key, time, value, {@code seq}.
 */
public final class PartReader implements SequenceReader<Event> {
  static final int RECORD_BYTES = 2 * Long.BYTES + 2 * Integer.BYTES;

  private static final int SEQ_AT = RECORD_BYTES - Integer.BYTES;
  private static final int RECORDS_AT_ONCE = 2048;

  private final FileChannel file;
  private final ByteBuffer buffer =
      ByteBuffer.allocate(RECORDS_AT_ONCE * RECORD_BYTES).order(ByteOrder.LITTLE_ENDIAN).limit(0);
  // The file position from which the buffer is filled next.
  private long position;

  private PartReader(FileChannel file) {
    this.file = file;
  }

  /** Opens a part at the first event whose {@code seq} is not smaller than the given one. */
  public static PartReader open(Path part, int seq) throws IOException {
    FileChannel file = FileChannel.open(part);
    try {
      PartReader reader = new PartReader(file);
      reader.position = RECORD_BYTES * reader.find(seq);
      return reader;
    } catch (IOException e) {
      file.close();
      throw e;
    }
  }

  @Override
  public int nextSeq() throws IOException {
    return fill() ? buffer.getInt(buffer.position() + SEQ_AT) : -1;
  }

  @Override
  public @Nullable Event next() throws IOException {
    if (!fill()) {
      return null;
    }
    return new Event(buffer.getLong(), buffer.getLong(), buffer.getInt(), buffer.getInt());
  }

  @Override
  public void close() throws IOException {
    file.close();
  }

  private boolean fill() throws IOException {
    if (buffer.hasRemaining()) {
      return true;
    }
    buffer.clear();
    while (buffer.position() % RECORD_BYTES != 0 || buffer.position() == 0) {
      int read = file.read(buffer, position);
      if (read < 0) {
        break;
      }
      position += read;
    }
    buffer.flip();
    if (buffer.limit() % RECORD_BYTES != 0) {
      throw new EOFException(
          "a part must hold whole records, it ends within one at [%d]".formatted(position));
    }
    return buffer.hasRemaining();
  }

  private long find(int seq) throws IOException {
    long low = 0;
    long high = file.size() / RECORD_BYTES;
    while (low < high) {
      long middle = (low + high) >>> 1;
      if (seqAt(middle) < seq) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private int seqAt(long record) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    long at = record * RECORD_BYTES + SEQ_AT;
    while (bytes.hasRemaining()) {
      if (file.read(bytes, at + bytes.position()) < 0) {
        throw new EOFException(
            "a part must not shrink while it is read, it ends at [%d]".formatted(at));
      }
    }
    return bytes.getInt(0);
  }
}
