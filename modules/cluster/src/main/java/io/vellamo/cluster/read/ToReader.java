package io.vellamo.cluster.read;

import io.vellamo.actors.io.ShareRequest;
import io.vellamo.api.source.Offsets;
import io.vellamo.cluster.message.ClusterMessage;
import org.apache.pekko.actor.typed.ActorRef;

/** A message of a coordinator to a reader. It may be lost, and may arrive twice. */
public sealed interface ToReader extends ReaderMessage, ClusterMessage {
  /**
   * Request to read a share of an epoch.
   *
   * @param incarnation the run of the query
   * @param request the share
   * @param link the coordinator's end of the link, which gets the answer
   */
  record Read(long incarnation, ShareRequest request, ActorRef<FromReader> link)
      implements ToReader {}

  /**
   * Notification that the query has committed everything before some offsets.
   *
   * @param incarnation the run of the query
   * @param offsets the offsets
   */
  record Committed(long incarnation, Offsets offsets) implements ToReader {}

  /**
   * Notification that nobody needs what was read of an attempt any more.
   *
   * @param incarnation the run of the query
   * @param epoch the epoch
   * @param attempt the attempt
   */
  record Discard(long incarnation, long epoch, long attempt) implements ToReader {}
}
