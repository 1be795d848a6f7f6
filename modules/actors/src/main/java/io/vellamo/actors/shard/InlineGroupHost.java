package io.vellamo.actors.shard;

import io.vellamo.engine.group.GroupStep;
import io.vellamo.engine.shard.EpochCall;
import io.vellamo.engine.shard.ShardLedger;
import io.vellamo.engine.time.EpochTimes;
import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.actor.typed.ActorRef;

/**
 * Calls a shard's groups one after the other on the shard's own thread: no actor and no message for
 * a group, but a slow function holds up its whole shard.
 *
 * <p>Live states are kept as long as the actors of {@link ActorGroupHost} are.
 */
final class InlineGroupHost implements GroupHost {
  private final ActorRef<? super ShardCommand.Stepped> shard;
  private final GroupStep<?, ?, ?, ?> step;
  private final Seats<LiveGroup> seats;

  /** Creates a host that keeps the live states of as many groups as may be live. */
  InlineGroupHost(
      ActorRef<? super ShardCommand.Stepped> shard,
      GroupStep<?, ?, ?, ?> step,
      ActiveGroups active) {
    this.shard = shard;
    this.step = step;
    this.seats = new Seats<>(active::mostOfAShard, LiveGroup::new, group -> {});
  }

  @Override
  public void call(ShardLedger ledger, List<EpochCall> calls, EpochTimes times) {
    seats.nextRound(ledger);
    // All seats first: so the processor waits for several of them at once.
    LiveGroup[] groups = new LiveGroup[calls.size()];
    for (int place = 0; place < groups.length; place++) {
      groups[place] = seats.of(calls.get(place), ledger);
    }
    List<StepResult> results = new ArrayList<>(groups.length);
    for (int place = 0; place < groups.length; place++) {
      results.add(groups[place].run(step, calls.get(place), times));
    }
    shard.tell(new ShardCommand.Stepped(results));
  }

  @Override
  public void epochEnded(ShardLedger ledger) {
    seats.epochEnded(ledger);
  }
}
