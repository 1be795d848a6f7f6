package io.vellamo.persistence.message;

import io.vellamo.api.SerializationException;
import io.vellamo.engine.protocol.ShardFailure;
import io.vellamo.persistence.journal.BinaryInput;
import io.vellamo.persistence.journal.BinaryOutput;

/** The binary form of the reason why a shard failed. */
public final class ShardFailureForm {
  private static final String WHAT = "failure of a shard";
  private static final int FORM = 1;

  private ShardFailureForm() {}

  /** Returns the bytes of a failure. */
  public static byte[] write(ShardFailure failure) {
    return FormBytes.write(failure, ShardFailureForm::write);
  }

  /**
   * Returns the failure of some bytes.
   *
   * @throws SerializationException if they are damaged, or the form is not known
   */
  public static ShardFailure read(byte[] bytes) {
    return FormBytes.read(WHAT, bytes, ShardFailureForm::read);
  }

  private static void write(ShardFailure failure, BinaryOutput out) {
    out.writeByte(FORM);
    ShardValues.write(failure, out);
  }

  private static ShardFailure read(BinaryInput in) {
    int form = in.readByte();
    if (form != FORM) {
      throw FormBytes.unknown(WHAT, form);
    }
    return ShardValues.readFailure(in);
  }
}
