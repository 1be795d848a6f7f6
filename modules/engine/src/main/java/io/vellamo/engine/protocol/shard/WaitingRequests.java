package io.vellamo.engine.protocol.shard;

import io.vellamo.engine.protocol.Fence;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.function.Consumer;

/**
 * The requests that a shard can't handle yet, in order, with a bound.
 *
 * <p>A request that is made again takes the place of the waiting one, so that a shard that is busy
 * for long keeps one of each, however often it is asked.
 */
final class WaitingRequests {
  /** The most requests that wait; more are refused. */
  static final int MOST = 64;

  private final ShardAnswers answers;
  private final Deque<ShardInput> waiting = new ArrayDeque<>();
  private boolean isDraining;

  WaitingRequests(ShardAnswers answers) {
    this.answers = answers;
  }

  /** Keeps a request, or refuses it. */
  void add(ShardInput request, ShardEffects effects) {
    for (Iterator<ShardInput> each = waiting.iterator(); each.hasNext(); ) {
      ShardInput earlier = each.next();
      if (isAgain(earlier, request)) {
        each.remove();
        effects.ignored(replyTo(earlier));
      }
    }
    if (waiting.size() == MOST) {
      answers.full(request, MOST, effects);
    } else {
      waiting.add(request);
    }
  }

  private static boolean isAgain(ShardInput earlier, ShardInput later) {
    if (earlier instanceof ShardInput.RunRequested one
        && later instanceof ShardInput.RunRequested other) {
      Fence known = one.request().fence();
      Fence asked = other.request().fence();
      return known.equals(asked) || known.isOvertakenBy(asked);
    }
    return earlier instanceof ShardInput.Requested one
        && later instanceof ShardInput.Requested other
        && one.request().equals(other.request());
  }

  private static long replyTo(ShardInput request) {
    return request instanceof ShardInput.RunRequested run
        ? run.replyTo()
        : ((ShardInput.Requested) request).replyTo();
  }

  int size() {
    return waiting.size();
  }

  /**
   * Gives each waiting request its turn, in order; those that can't be handled yet wait on. Returns
   * false if the requests are having their turns already.
   */
  boolean haveTurn(Consumer<ShardInput> machine) {
    if (isDraining) {
      return false;
    }
    isDraining = true;
    for (int left = waiting.size(); left > 0; left--) {
      machine.accept(waiting.remove());
    }
    isDraining = false;
    return true;
  }
}
