package io.vellamo.cluster.home;

import io.vellamo.api.query.StreamingQueryException;
import io.vellamo.cluster.message.ClusterMessage;
import io.vellamo.engine.protocol.query.QueryNews;
import io.vellamo.engine.protocol.query.QueryRequest;
import java.time.Duration;
import java.util.UUID;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;

/** A message to the {@link QueryHome} of a query. Those of handles cross nodes. */
sealed interface HomeCommand {
  /**
   * Request of a handle that the query run, sent again until it is answered, and from time to time
   * after that.
   *
   * @param handle identifies the handle
   * @param run the run that the handle belongs to, null before the first answer
   * @param attempt the number of this request, which the answer repeats
   * @param node the address of the handle's node
   * @param definition the query as that node has defined it
   * @param replyTo the handle
   */
  record Register(
      UUID handle,
      @Nullable UUID run,
      long attempt,
      String node,
      Fingerprint definition,
      ActorRef<HandleCommand> replyTo)
      implements HomeCommand, ClusterMessage {}

  /**
   * User's request to the query, sent again until it is answered.
   *
   * @param handle the user's handle
   * @param lowest the lowest id of that handle's unanswered requests
   * @param request the request, with an id that is unique within the handle
   */
  record Ask(UUID handle, long lowest, QueryRequest request)
      implements HomeCommand, ClusterMessage {}

  /**
   * Request of a handle to end the query.
   *
   * @param handle the handle
   * @param timeout how long calls under way may take
   */
  record StopRun(UUID handle, Duration timeout) implements HomeCommand, ClusterMessage {}

  /**
   * Confirmation of a handle that it has ended.
   *
   * @param handle the handle
   */
  record HeardEnd(UUID handle) implements HomeCommand, ClusterMessage {}

  /**
   * Notification that a handle has stopped, or its node has left the cluster.
   *
   * @param handle the handle
   */
  record HandleGone(UUID handle) implements HomeCommand {}

  /**
   * News of the coordinator.
   *
   * @param start identifies the coordinator's start
   * @param news the news
   */
  record RunTold(UUID start, QueryNews news) implements HomeCommand {}

  /**
   * Notification that the coordinator has ended or was given up.
   *
   * @param start identifies its start
   * @param failure why; null if it was stopped or has done its work
   * @param blockers the calls that had not returned when it was given up, empty if it was not
   */
  record RunOver(UUID start, @Nullable StreamingQueryException failure, String blockers)
      implements HomeCommand {}

  /**
   * Notification that nothing is left of a coordinator, so that the next one can start.
   *
   * @param start identifies its start
   */
  record RunReleased(UUID start) implements HomeCommand {}

  /**
   * The coordinator's answer to a user's request.
   *
   * @param handle the user's handle
   * @param id the request
   * @param answer the answer
   */
  record AnswerKnown(UUID handle, long id, Object answer) implements HomeCommand {}

  /** Command to start the coordinator again after a failure that may have passed. */
  enum StartAgain implements HomeCommand {
    /** The only value. */
    INSTANCE
  }

  /** Command to tell handles again that the query has ended. */
  enum TellAgain implements HomeCommand {
    /** The only value. */
    INSTANCE
  }

  /** Command of Pekko to end the coordinator, as the home moves to another node. */
  enum HandOver implements HomeCommand {
    /** The only value. */
    INSTANCE
  }
}
