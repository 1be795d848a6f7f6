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

  byte[] write(ShardAnswer answer) {
    BinaryOutput out = new BinaryOutput();
    out.writeBytes(replies.write(answer.reply()));
    out.writeBytes(
        answer.output() == null
            ? new byte[0]
            : epochs.writeOutput(answer.reply().shard(), answer.output()));
    return out.toByteArray();
  }

  ShardAnswer read(int shard, byte[] bytes) {
    BinaryInput in = new BinaryInput(bytes);
    byte[] reply = in.readBytes();
    byte[] output = in.readBytes();
    return new ShardAnswer(
        replies.read(reply), output.length == 0 ? null : epochs.readOutput(shard, output), null);
  }
}
