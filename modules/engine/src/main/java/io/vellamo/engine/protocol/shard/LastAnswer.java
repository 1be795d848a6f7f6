package io.vellamo.engine.protocol.shard;

import io.vellamo.engine.protocol.EpochOutput;
import io.vellamo.engine.protocol.Fence;
import io.vellamo.engine.protocol.ShardReply;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The last answer of a shard whose operator emits the whole result: a page, or the end. It is given
 * again if its request arrives again, since the answer may be lost and the groups are called only
 * once for it.
 *
 * <p><b>Cost</b> Memory of one page, or of the rows that an epoch has changed.
 */
final class LastAnswer {
  private final Fence fence;
  private final int number;
  private final ShardReply reply;
  private final EpochOutput output;

  private LastAnswer(Fence fence, int number, ShardReply reply, EpochOutput output) {
    this.fence = fence;
    this.number = number;
    this.reply = reply;
    this.output = output;
  }

  static LastAnswer page(ShardReply.Page page, List<Object> rows) {
    return new LastAnswer(page.fence(), page.number(), page, new EpochOutput(rows, List.of()));
  }

  /** Returns the answer that ends an epoch; its number is that of the page after the last one. */
  static LastAnswer done(ShardReply.Done done, EpochOutput output) {
    EpochOutput.@Nullable InPages inPages = output.inPages();
    return new LastAnswer(done.fence(), inPages == null ? 0 : inPages.pages(), done, output);
  }

  /** Returns whether it answers a request for a page, or, with number 0, to run the epoch. */
  boolean isTo(Fence requested, int page) {
    return fence.equals(requested) && number == page;
  }

  /** Gives the answer to a request. */
  void give(long replyTo, ShardEffects effects) {
    if (reply instanceof ShardReply.Page page) {
      effects.page(replyTo, page, output.rows());
    } else {
      effects.done(replyTo, (ShardReply.Done) reply, output);
    }
  }
}
