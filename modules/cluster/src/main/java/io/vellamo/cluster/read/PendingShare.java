package io.vellamo.cluster.read;

import io.vellamo.cluster.chunk.PendingChunks;
import io.vellamo.engine.epoch.EpochShare;
import io.vellamo.engine.pipeline.ShareReport;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;

/**
 * A share of an epoch whose reading was requested.
 *
 * <p><b>Threading</b> Used by the link's actor only.
 */
final class PendingShare {
  final EpochShare share;
  ActorRef<ToReader> reader;
  long askedMillis;
  // Set once the reader has answered.
  FromReader.@Nullable Read read;
  @Nullable PendingChunks chunks;
  // Set once the report is here; it stays when another reader has to read the share again.
  @Nullable ShareReport report;

  PendingShare(EpochShare share, ActorRef<ToReader> reader) {
    this.share = share;
    this.reader = reader;
  }

  /** Returns whether its events are held by its reader, and its report is here. */
  boolean isDone() {
    return read != null && report != null;
  }

  /** Has the share read by another reader. */
  void moveTo(ActorRef<ToReader> other) {
    reader = other;
    read = null;
    chunks = null;
    report = null;
  }
}
