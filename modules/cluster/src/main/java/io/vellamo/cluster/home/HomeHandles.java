package io.vellamo.cluster.home;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;

/**
 * The handles of a query that ask for it to run, and those that have not confirmed yet that it has
 * ended.
 */
final class HomeHandles {
  /** The number of attempts to tell the other handles before the one that asked for the end. */
  private static final int PATIENCE = 20;

  private static final int ENDED_RUNS = 100;

  /** A handle that has not confirmed the end of its run. */
  private record Unaware(
      UUID run, HandleCommand.RunEnded end, ActorRef<HandleCommand> handle, boolean hasAsked) {}

  private final Map<UUID, ActorRef<HandleCommand>> active = new LinkedHashMap<>();
  private final Map<UUID, Unaware> unaware = new LinkedHashMap<>();
  private final Map<UUID, HandleCommand.RunEnded> ended =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<UUID, HandleCommand.RunEnded> eldest) {
          return size() > ENDED_RUNS;
        }
      };
  private int attempts;

  /** Adds a handle; returns whether it is new. */
  boolean add(UUID handle, ActorRef<HandleCommand> ref) {
    return active.put(handle, ref) == null;
  }

  /** Forgets a handle. */
  void remove(UUID handle) {
    active.remove(handle);
    unaware.remove(handle);
  }

  boolean isEmpty() {
    return active.isEmpty();
  }

  boolean contains(UUID handle) {
    return active.containsKey(handle);
  }

  @Nullable ActorRef<HandleCommand> of(UUID handle) {
    return active.get(handle);
  }

  /** Tells all handles that ask for the query to run. */
  void tell(HandleCommand message) {
    active.values().forEach(handle -> handle.tell(message));
  }

  /** Returns the end of a run, or null if it has not ended. */
  HandleCommand.@Nullable RunEnded end(@Nullable UUID run) {
    return run == null ? null : ended.get(run);
  }

  /**
   * Notes that the query has ended for all handles, and tells them.
   *
   * @param asked the handles that asked for the end. They are told last: a user whose call has
   *     returned can rely on it that no other node starts the same run again
   */
  void end(UUID run, HandleCommand.RunEnded end, Collection<UUID> asked) {
    ended.put(run, end);
    active.forEach(
        (id, handle) -> unaware.put(id, new Unaware(run, end, handle, asked.contains(id))));
    active.clear();
    attempts = 0;
    tellEnd();
  }

  /** Tells the handles that have not confirmed the end; returns whether there are any. */
  boolean tellEnd() {
    attempts++;
    List<Unaware> all = new ArrayList<>(unaware.values());
    for (Unaware each : all) {
      if (!each.hasAsked() || attempts > PATIENCE || isLast(each.run())) {
        each.handle().tell(each.end());
      }
    }
    return !unaware.isEmpty();
  }

  private boolean isLast(UUID run) {
    return unaware.values().stream().allMatch(each -> each.hasAsked() || !each.run().equals(run));
  }
}
