package io.vellamo.engine.local;

import io.vellamo.engine.protocol.query.QueryEffects;
import io.vellamo.engine.protocol.shard.ShardEffects;
import org.jspecify.annotations.Nullable;

/** A replacement of the effects that machines use, for observation and for planted faults. */
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

  /** Returns the effects that the machine of a shard uses. */
  default ShardEffects ofShard(LocalShard shard, ShardEffects actual) {
    return actual;
  }
}
