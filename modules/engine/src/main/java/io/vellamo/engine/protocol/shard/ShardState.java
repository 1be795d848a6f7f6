package io.vellamo.engine.protocol.shard;

/** The state of a shard's machine; {@code ShardMachine.md} has all transitions. */
enum ShardState {
  /** The records in the journal are being applied. */
  RECOVERING,
  /** This activation has not been opened; another one may own the journal. */
  UNOWNED,
  /** The claim of this activation is being written, for the run that opens the shard. */
  CLAIMING,
  /** This activation owns the shard, and nothing is under way. */
  IDLE,
  /** Groups are being called. */
  CALLING,
  /** Calls threw, and are made again after a delay. */
  DELAYING,
  /** The effects of an epoch are being written. */
  WRITING,
  /** A page of the whole result has been sent, and the next one has not been requested. */
  PAGING,
  /** Requests to parked groups are being written. */
  REQUESTING,
  /** Parts of a snapshot are being written. */
  SNAPSHOTTING;

  /** Returns whether this activation owns the shard. */
  boolean isOwned() {
    return this != RECOVERING && this != UNOWNED && this != CLAIMING;
  }

  /** Returns whether a newer run of the query can claim the shard now. */
  boolean mayClaim() {
    return this == UNOWNED || this == IDLE || this == PAGING;
  }
}
