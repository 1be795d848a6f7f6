package io.vellamo.benchmarks.flink;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.flink.api.connector.source.SourceSplit;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/**
 * The unread rest of a part.
 *
 * @param part the number of the part
 * @param nextSeq the {@code seq} of the next event to read
 */
record PartSplit(int part, int nextSeq) implements SourceSplit {
  @Override
  public String splitId() {
    return Integer.toString(part);
  }

  /** A serializer of splits for checkpoints. */
  static final class Serializer implements SimpleVersionedSerializer<PartSplit> {
    private static final int VERSION = 1;

    @Override
    public int getVersion() {
      return VERSION;
    }

    @Override
    public byte[] serialize(PartSplit split) {
      return ByteBuffer.allocate(2 * Integer.BYTES)
          .putInt(split.part)
          .putInt(split.nextSeq)
          .array();
    }

    @Override
    public PartSplit deserialize(int version, byte[] serialized) throws IOException {
      if (version != VERSION) {
        throw new IOException("version must be [%d], was [%d]".formatted(VERSION, version));
      }
      ByteBuffer bytes = ByteBuffer.wrap(serialized);
      return new PartSplit(bytes.getInt(), bytes.getInt());
    }
  }
}
