package io.vellamo.persistence.message;

import io.vellamo.api.SerializationException;
import io.vellamo.api.source.Offsets;
import io.vellamo.api.source.SourcePartition;
import io.vellamo.persistence.journal.BinaryInput;
import io.vellamo.persistence.journal.BinaryOutput;
import java.util.Map;
import java.util.TreeMap;

/** The binary form of offsets. */
public final class OffsetsForm {
  private static final String WHAT = "offsets";
  private static final int FORM = 1;

  private OffsetsForm() {}

  /** Returns the bytes of offsets. */
  public static byte[] write(Offsets offsets) {
    return FormBytes.write(offsets, OffsetsForm::write);
  }

  /**
   * Returns the offsets of some bytes.
   *
   * @throws SerializationException if they are damaged, or the form is not known
   */
  public static Offsets read(byte[] bytes) {
    return FormBytes.read(WHAT, bytes, OffsetsForm::read);
  }

  private static void write(Offsets offsets, BinaryOutput out) {
    out.writeByte(FORM);
    Map<SourcePartition, Long> all = offsets.asMap();
    out.writeUnsigned(all.size());
    all.forEach(
        (partition, offset) -> {
          out.writeText(partition.name());
          out.writeUnsigned(offset);
          out.writeText(offsets.mark(partition));
        });
  }

  private static Offsets read(BinaryInput in) {
    int form = in.readByte();
    if (form != FORM) {
      throw FormBytes.unknown(WHAT, form);
    }
    Map<SourcePartition, Long> offsets = new TreeMap<>();
    Map<SourcePartition, String> marks = new TreeMap<>();
    for (int left = in.readCount(); left > 0; left--) {
      SourcePartition partition = new SourcePartition(in.readText());
      offsets.put(partition, in.readUnsigned());
      marks.put(partition, in.readText());
    }
    return Offsets.of(offsets, marks);
  }
}
