package io.vellamo.actors.shard;

import io.vellamo.engine.shard.EpochCall;
import io.vellamo.engine.shard.ShardLedger;
import io.vellamo.engine.time.EpochTimes;
import java.util.List;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.Props;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Adapter;

/**
 * Hosts each active group as an actor of its own: a slow function holds up only its own group, and
 * the groups of a shard run side by side.
 *
 * <p>Actors are started on demand. That of a group that is removed or passivated serves the next
 * group that comes; between epochs, those beyond a bound are stopped.
 */
final class ActorGroupHost implements GroupHost {
  private final ActorContext<ShardCommand> context;
  private final Seats<ActorSeat> seats;

  /** Creates a host that keeps as many actors between epochs as may be live. */
  ActorGroupHost(
      ActorContext<ShardCommand> context,
      GroupCalls calls,
      ActiveGroups active,
      String dispatcher) {
    this.context = context;
    Props props = GroupActor.props(calls).withDispatcher(dispatcher);
    this.seats =
        new Seats<>(
            active::mostOfAShard,
            () -> new ActorSeat(Adapter.actorOf(context, props)),
            seat -> Adapter.stop(context, seat.actor()));
  }

  @Override
  public void call(ShardLedger ledger, List<EpochCall> calls, EpochTimes times) {
    seats.nextRound(ledger);
    StepGather gather = new StepGather(calls.size(), context.getSelf());
    for (int place = 0; place < calls.size(); place++) {
      EpochCall call = calls.get(place);
      seats
          .of(call, ledger)
          .actor()
          .tell(new GroupActor.Step(call, times, gather, place), ActorRef.noSender());
    }
  }

  @Override
  public void epochEnded(ShardLedger ledger) {
    seats.epochEnded(ledger);
  }
}
