package io.vellamo.engine.local;

import io.vellamo.engine.protocol.ShardReply;
import io.vellamo.engine.protocol.query.QueryEffects;
import io.vellamo.engine.protocol.shard.ShardEffects;
import io.vellamo.engine.protocol.shard.ShardInput;
import org.jspecify.annotations.Nullable;

/**
 * A replacement of the effects that machines use and of the inputs that they get, for observation,
 * for simulated and for planted faults.
 */
public interface EffectFilter {
  /** No replacement. */
  EffectFilter NONE = new EffectFilter() {};

  /** Returns the effects that the machine of a query uses. */
  default QueryEffects ofQuery(LocalRun run, QueryEffects actual) {
    return actual;
  }

  /**
   * Returns another activation of a shard that gets a request of a run too, as it does when the
   * shard has moved; null if there is none.
   */
  default @Nullable LocalShard alsoReceives(LocalRun run, LocalShard own) {
    return null;
  }

  /**
   * Returns whether a message to or from an activation is lost, given that the activation has ended
   * since the message was sent. No other messages are lost.
   */
  default boolean isLost(LocalShard ended) {
    return false;
  }

  /** Returns the input that the machine of a shard gets in place of one; usually the same. */
  default ShardInput input(LocalShard shard, ShardInput input) {
    return input;
  }

  /** Returns the reply of a shard that its run gets in place of one; usually the same. */
  default ShardReply reply(LocalShard shard, ShardReply reply) {
    return reply;
  }

  /** Returns the effects that the machine of a shard uses. */
  default ShardEffects ofShard(LocalShard shard, ShardEffects actual) {
    return actual;
  }
}
