package io.vellamo.actors.shard;

import io.vellamo.engine.protocol.shard.CallResult;
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
  private final CallResult[] results;
  private final AtomicInteger missing;
  private final ActorRef<? super ShardMessage.Stepped> shard;

  StepGather(int calls, ActorRef<? super ShardMessage.Stepped> shard) {
    this.results = new CallResult[calls];
    this.missing = new AtomicInteger(calls);
    this.shard = shard;
  }

  /** Returns the number of calls. */
  int size() {
    return results.length;
  }

  void put(int place, CallResult result) {
    results[place] = result;
    if (missing.decrementAndGet() == 0) {
      List<CallResult> all = Arrays.asList(results);
      shard.tell(new ShardMessage.Stepped(all));
    }
  }
}
