package io.vellamo.cluster.read;

import io.vellamo.cluster.chunk.GiveInput;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;

/** A message to a {@link QueryReader}: of a coordinator, of a shard, or of its own. */
sealed interface ReaderMessage permits ToReader, ReaderMessage.Give, ReaderMessage.Own {
  /** A message that stays on the node. */
  sealed interface Own extends ReaderMessage {}

  /**
   * A request for chunks.
   *
   * @param request the request
   */
  record Give(GiveInput request) implements ReaderMessage {}

  /**
   * Notification that a share has been read, or can't be.
   *
   * @param share the share
   * @param held what was read; null if it can't be read
   * @param failure why it can't be read; null if it was
   */
  record ShareDone(ShareId share, @Nullable HeldShare held, @Nullable Throwable failure)
      implements Own {}

  /**
   * Notification that a coordinator's end of a link is gone.
   *
   * @param link the end of the link
   */
  record LinkEnded(ActorRef<FromReader> link) implements Own {}

  /** Command to close the sources, as the query is not run from this node any more. */
  enum Close implements Own {
    /** The only value. */
    INSTANCE
  }

  /** Command to end, as the query was defined again. */
  enum End implements Own {
    /** The only value. */
    INSTANCE
  }
}
