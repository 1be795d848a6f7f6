package io.vellamo.actors.shard;

/** The way in which a shard's groups are called. */
public enum Hosting {
  /** Each active group has an actor of its own. */
  ACTOR,
  /** The shard calls its groups itself, one after the other. */
  INLINE
}
