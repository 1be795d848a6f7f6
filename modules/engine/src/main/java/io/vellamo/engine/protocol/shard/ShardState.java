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
  /** Requests to parked groups are being written. */
  REQUESTING,
  /** Parts of a snapshot are being written. */
  SNAPSHOTTING
}
