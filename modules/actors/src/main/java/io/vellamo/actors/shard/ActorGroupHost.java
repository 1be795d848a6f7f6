package io.vellamo.actors.shard;

import io.vellamo.engine.shard.EpochCall;
import io.vellamo.engine.shard.ShardLedger;
import io.vellamo.engine.time.EpochTimes;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.Executor;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.Props;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Adapter;

/**
 * A host that runs each active group as an actor of its own: a slow function holds up only its own
 * group, and the groups of a shard run concurrently.
 *
 * <p>Actors are started on demand. The actor of a group that is removed or passivated is reused for
 * another group; between epochs, actors beyond a bound are stopped.
 */
final class ActorGroupHost implements GroupHost {
  private final org.apache.pekko.actor.typed.ActorRef<ShardMessage> shard;
  private final Executor functions;
  private final HostHandles<ActorHandle> handles;

  /**
   * Creates a host that keeps as many actors between epochs as groups may be live.
   *
   * @param dispatcher the dispatcher of the query's functions
   * @param functions the same dispatcher, for tasks
   */
  ActorGroupHost(
      ActorContext<ShardMessage> context,
      GroupCalls calls,
      ActiveGroups active,
      String dispatcher,
      Executor functions) {
    this.shard = context.getSelf();
    this.functions = functions;
    Props props = GroupActor.props(calls).withDispatcher(dispatcher);
    this.handles =
        new HostHandles<>(
            active::mostOfAShard,
            () -> new ActorHandle(Adapter.actorOf(context, props)),
            handle -> Adapter.stop(context, handle.actor()));
  }

  @Override
  public void call(ShardLedger ledger, List<EpochCall> calls, EpochTimes times) {
    handles.nextRound(ledger);
    ActorRef[] groups = new ActorRef[calls.size()];
    BitSet newGroups = new BitSet();
    for (int place = 0; place < groups.length; place++) {
      ActorHandle handle = handles.of(calls.get(place), ledger);
      groups[place] = handle.actor();
      if (handle.isOfNewGroup()) {
        newGroups.set(place);
      }
    }
    // Sent from a function thread: scheduling from within the pool costs less.
    functions.execute(() -> tell(groups, newGroups, calls, times));
  }

  private void tell(ActorRef[] groups, BitSet newGroups, List<EpochCall> calls, EpochTimes times) {
    StepGather gather = new StepGather(calls.size(), shard);
    for (int place = 0; place < groups.length; place++) {
      groups[place].tell(
          new GroupActor.Step(calls.get(place), newGroups.get(place), times, gather, place),
          ActorRef.noSender());
    }
  }

  @Override
  public void epochEnded(ShardLedger ledger) {
    handles.epochEnded(ledger);
  }
}
