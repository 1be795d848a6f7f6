package io.vellamo.persistence.message;

import io.vellamo.api.SerializationException;
import io.vellamo.engine.journal.JournalRecord.QueryCreated;
import io.vellamo.engine.journal.ShardLayout;
import io.vellamo.persistence.journal.BinaryInput;
import io.vellamo.persistence.journal.BinaryOutput;
import io.vellamo.persistence.journal.OperatorFormat;

/** The binary form of what a query was created with, in the layout of the journal. */
public final class QueryCreatedForm {
  private static final String WHAT = "description of a query";
  private static final int FORM = 1;

  private QueryCreatedForm() {}

  /** Returns the bytes of a description. */
  public static byte[] write(QueryCreated created) {
    return FormBytes.write(created, QueryCreatedForm::write);
  }

  /**
   * Returns the description of some bytes.
   *
   * @throws SerializationException if they are damaged, or the form is not known
   */
  public static QueryCreated read(byte[] bytes) {
    return FormBytes.read(WHAT, bytes, QueryCreatedForm::read);
  }

  private static void write(QueryCreated created, BinaryOutput out) {
    out.writeByte(FORM);
    OperatorFormat.writeCreated(created, out);
    out.writeUnsigned(created.layout().generation());
    out.writeUnsigned(created.layout().beginsWith());
  }

  private static QueryCreated read(BinaryInput in) {
    int form = in.readByte();
    if (form != FORM) {
      throw FormBytes.unknown(WHAT, form);
    }
    QueryCreated created = OperatorFormat.readCreated(in);
    int generation = ShardValues.readInt(in);
    return created.with(new ShardLayout(generation, created.shards(), in.readUnsigned()));
  }
}
