package io.vellamo.persistence.message;

import io.vellamo.api.SerializationException;
import io.vellamo.engine.pipeline.PreparedQuery;
import io.vellamo.engine.protocol.query.GroupAnswer;
import io.vellamo.engine.protocol.query.GroupAnswer.Committed;
import io.vellamo.persistence.journal.BinaryInput;
import io.vellamo.persistence.journal.BinaryOutput;
import io.vellamo.persistence.journal.PlanFormat;
import java.util.Optional;

/**
 * The binary form of the answers to users' requests for groups of a query.
 *
 * <p><b>Threading</b> Safe to share.
 */
public final class GroupAnswerForm {
  private static final String WHAT = "answer to a request for groups";
  private static final int FORM = 1;

  private final GroupContentFormat groups;

  private GroupAnswerForm(GroupContentFormat groups) {
    this.groups = groups;
  }

  /** Returns the form of the answers of a query. */
  public static GroupAnswerForm of(PreparedQuery query) {
    return new GroupAnswerForm(GroupContentFormat.of(query));
  }

  /**
   * Returns the bytes of an answer.
   *
   * @throws SerializationException if the key of a parked group can't be written
   */
  public byte[] write(GroupAnswer answer) {
    return FormBytes.write(answer, this::write);
  }

  /**
   * Returns the answer of some bytes.
   *
   * @throws SerializationException if they are damaged, or the form is not known
   */
  public GroupAnswer read(byte[] bytes) {
    return FormBytes.read(WHAT, bytes, this::read);
  }

  private void write(GroupAnswer answer, BinaryOutput out) {
    out.writeByte(FORM);
    ListFormat.write(answer.groups(), this::writeGroup, out);
    ListFormat.write(Optional.ofNullable(answer.next()), ShardValues::write, out);
  }

  private GroupAnswer read(BinaryInput in) {
    int form = in.readByte();
    if (form != FORM) {
      throw FormBytes.unknown(WHAT, form);
    }
    return new GroupAnswer(
        ListFormat.read(this::readGroup, in),
        ListFormat.readOptional(ShardValues::readPosition, in).orElse(null));
  }

  private void writeGroup(Committed group, BinaryOutput out) {
    PlanFormat.write(group.times(), out);
    groups.write(group.content(), out);
  }

  private Committed readGroup(BinaryInput in) {
    return new Committed(PlanFormat.readTimes(in), groups.read(in));
  }
}
