package io.vellamo.cluster.shard;

import io.vellamo.actors.shard.ShardAnswer;
import io.vellamo.engine.pipeline.PreparedQuery;
import io.vellamo.persistence.journal.BinaryInput;
import io.vellamo.persistence.journal.BinaryOutput;
import io.vellamo.persistence.message.EpochForms;
import io.vellamo.persistence.message.ShardReplyForm;

/**
 * The binary form of answers of a query's shards. The exception of a failed call stays where it was
 * thrown; the reply describes it.
 *
 * <p><b>Threading</b> Safe to share.
 */
final class AnswerForm {
  private final ShardReplyForm replies;
  private final EpochForms epochs;

  AnswerForm(PreparedQuery query, EpochForms epochs) {
    this.replies = ShardReplyForm.of(query);
    this.epochs = epochs;
  }

  /**
   * Returns the bytes of an answer.
   *
   * @param operator the index of the shard's operator
   */
  byte[] write(int operator, ShardAnswer answer) {
    BinaryOutput out = new BinaryOutput();
    out.writeBytes(replies.write(answer.reply()));
    out.writeBytes(
        answer.output() == null ? new byte[0] : epochs.writeOutput(operator, answer.output()));
    return out.toByteArray();
  }

  /**
   * Returns the answer of some bytes.
   *
   * @param operator the index of the shard's operator
   */
  ShardAnswer read(int operator, byte[] bytes) {
    BinaryInput in = new BinaryInput(bytes);
    byte[] reply = in.readBytes();
    byte[] output = in.readBytes();
    return new ShardAnswer(
        replies.read(reply), output.length == 0 ? null : epochs.readOutput(operator, output), null);
  }
}
