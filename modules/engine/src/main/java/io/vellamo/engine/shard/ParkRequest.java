package io.vellamo.engine.shard;

/**
 * What somebody wants of a parked group.
 *
 * @param kind what is wanted
 * @param afterEpoch the last epoch that was planned before; only a later one does it, so that an
 *     epoch that runs again does what it did
 */
public record ParkRequest(Kind kind, long afterEpoch) {
  /** What can be wanted. */
  public enum Kind {
    /** Call the function with everything that waits. */
    REDRIVE,
    /** Call it with what waits, one event at a time, and leave out those that it throws for. */
    RELEASE
  }
}
