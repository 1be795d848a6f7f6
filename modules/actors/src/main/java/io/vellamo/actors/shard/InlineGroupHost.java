package io.vellamo.actors.shard;

import io.vellamo.actors.calls.CallSlot;
import io.vellamo.engine.protocol.shard.CallResult;
import io.vellamo.engine.shard.EpochCall;
import io.vellamo.engine.shard.ShardLedger;
import io.vellamo.engine.time.EpochTimes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Executor;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;

/**
 * A host that calls a shard's groups one after the other, in one task a round. It needs no actor
 * and no message for a group, but a slow function holds up all groups of its shard.
 *
 * <p>The task runs on the query's function threads, and tells the shard once, so the shard itself
 * is never held up. Live states, if any, are kept as long as the actors of {@link ActorGroupHost}
 * are: reading a small state each time costs less than an object for each group.
 */
final class InlineGroupHost implements GroupHost {
  private final ActorRef<? super ShardMessage.Stepped> shard;
  private final GroupCalls groupCalls;
  private final Executor functions;
  // Null if no state is kept live.
  private final @Nullable HostHandles<LiveGroup> handles;

  /**
   * Creates a host.
   *
   * @param functions runs the calls
   * @param active bounds the groups whose states are kept live; null to keep none
   */
  InlineGroupHost(
      ActorRef<? super ShardMessage.Stepped> shard,
      GroupCalls groupCalls,
      Executor functions,
      @Nullable ActiveGroups active) {
    this.shard = shard;
    this.groupCalls = groupCalls;
    this.functions = functions;
    this.handles =
        active == null
            ? null
            : new HostHandles<>(active::mostOfAShard, LiveGroup::new, group -> {});
  }

  @Override
  public void call(ShardLedger ledger, List<EpochCall> calls, EpochTimes times) {
    LiveGroup[] groups = new LiveGroup[calls.size()];
    if (handles == null) {
      Arrays.fill(groups, new LiveGroup());
    } else {
      liveGroups(handles, ledger, calls, groups);
    }
    functions.execute(() -> call(groups, calls, times));
  }

  /** Finds all groups first, so that the processor loads several of them at once. */
  private static void liveGroups(
      HostHandles<LiveGroup> handles,
      ShardLedger ledger,
      List<EpochCall> calls,
      LiveGroup[] groups) {
    handles.nextRound(ledger);
    for (int place = 0; place < groups.length; place++) {
      LiveGroup group = handles.of(calls.get(place), ledger);
      if (group.isOfNewGroup()) {
        group.forget();
      }
      groups[place] = group;
    }
  }

  /** Calls groups on a function thread; tells the shard nothing if the query is stopping. */
  private void call(LiveGroup[] groups, List<EpochCall> calls, EpochTimes times) {
    CallSlot slot = groupCalls.enter();
    if (slot == null) {
      return;
    }
    List<CallResult> results = new ArrayList<>(groups.length);
    try {
      for (int place = 0; place < groups.length; place++) {
        int weight = groupCalls.weight(place, groups.length, times);
        CallResult result = groupCalls.call(slot, groups[place], calls.get(place), times, weight);
        if (result == null) {
          return;
        }
        results.add(result);
      }
    } finally {
      slot.exit();
    }
    shard.tell(new ShardMessage.Stepped(results));
  }

  @Override
  public void epochEnded(ShardLedger ledger) {
    if (handles != null) {
      handles.epochEnded(ledger);
    }
  }
}
