package io.vellamo.actors.shard;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.pekko.actor.typed.ActorRef;

/**
 * A collector of the results of many groups. It tells the shard once, when the last result has
 * come: one message a round instead of one from each group.
 *
 * <p><b>Threading</b> Each place is written by one thread; the counter publishes all to the last
 * thread.
 */
final class StepGather {
  private final StepResult[] results;
  private final AtomicInteger missing;
  private final ActorRef<? super ShardCommand.Stepped> shard;

  StepGather(int calls, ActorRef<? super ShardCommand.Stepped> shard) {
    this.results = new StepResult[calls];
    this.missing = new AtomicInteger(calls);
    this.shard = shard;
  }

  void put(int place, StepResult result) {
    results[place] = result;
    if (missing.decrementAndGet() == 0) {
      List<StepResult> all = Arrays.asList(results);
      shard.tell(new ShardCommand.Stepped(all));
    }
  }
}
