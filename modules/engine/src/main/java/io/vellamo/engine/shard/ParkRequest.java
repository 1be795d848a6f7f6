package io.vellamo.engine.shard;

/**
 * A user's request for a parked group.
 *
 * @param kind the requested action
 * @param afterEpoch the last epoch planned before the request; only later epochs fulfil it, so that
 *     a replayed epoch gives the same result
 */
public record ParkRequest(Kind kind, long afterEpoch) {
  /** The actions that can be requested. */
  public enum Kind {
    /** Calls the function with all pending events. */
    REDRIVE,
    /**
     * Calls the function with the pending events one at a time, and leaves out those it throws for.
     */
    RELEASE
  }
}
