package io.vellamo.actors.shard;

import io.vellamo.engine.group.GroupChange;
import io.vellamo.engine.group.GroupChange.Effect;
import io.vellamo.engine.group.GroupKey;
import io.vellamo.engine.group.GroupStep;
import io.vellamo.engine.shard.EpochCall;
import io.vellamo.engine.time.EpochTimes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
  private final Map<GroupKey, LiveGroup> active;

  /** Creates a host that keeps the live states of at most {@code maxActive} groups. */
  InlineGroupHost(
      ActorRef<? super ShardCommand.Stepped> shard, GroupStep<?, ?, ?, ?> step, int maxActive) {
    this.shard = shard;
    this.step = step;
    this.active =
        new LinkedHashMap<>(16, 0.75f, true) {
          private static final long serialVersionUID = 1;

          @Override
          protected boolean removeEldestEntry(Map.Entry<GroupKey, LiveGroup> eldest) {
            return size() > maxActive;
          }
        };
  }

  @Override
  public void call(List<EpochCall> calls, EpochTimes times) {
    List<StepResult> results = new ArrayList<>(calls.size());
    for (EpochCall call : calls) {
      LiveGroup group = active.computeIfAbsent(call.key(), unknown -> new LiveGroup());
      results.add(group.run(step, call, times));
    }
    shard.tell(new ShardCommand.Stepped(results));
  }

  @Override
  public void epochEnded(List<GroupChange> changes) {
    for (GroupChange change : changes) {
      if (change.effect() == Effect.REMOVED) {
        active.remove(change.key());
      }
    }
  }
}
