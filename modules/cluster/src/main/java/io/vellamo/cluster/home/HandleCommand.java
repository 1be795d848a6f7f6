package io.vellamo.cluster.home;

import io.vellamo.cluster.message.ClusterMessage;
import io.vellamo.engine.protocol.query.QueryNews;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.apache.pekko.actor.typed.ActorRef;

/** A message to the {@link NodeHandle} of a query. Those of the home cross nodes. */
sealed interface HandleCommand {
  /**
   * Answer to a handle that has asked for the query to run.
   *
   * @param attempt the number of the request
   * @param home identifies the home
   * @param run the run that the handle belongs to
   * @param homeRef the home
   * @param news the last news of each kind
   */
  record Registered(
      long attempt, UUID home, UUID run, ActorRef<HomeCommand> homeRef, List<QueryNews> news)
      implements HandleCommand, ClusterMessage {
    public Registered {
      news = List.copyOf(news);
    }
  }

  /**
   * Answer to a handle whose definition of the query is not that of the home.
   *
   * @param message both nodes and the first difference
   */
  record Refused(String message) implements HandleCommand, ClusterMessage {}

  /**
   * News of the query.
   *
   * @param home identifies the home
   * @param news the news
   */
  record Told(UUID home, QueryNews news) implements HandleCommand, ClusterMessage {}

  /**
   * A part of the answer to a user's request.
   *
   * @param id the request
   * @param part the number of the part, from 0
   * @param isLast whether it is the last part
   * @param bytes the part of the answer's bytes, not to be changed
   */
  @SuppressWarnings("ArrayRecordComponent") // bytes of a message, which nobody compares
  record Answered(long id, int part, boolean isLast, byte[] bytes)
      implements HandleCommand, ClusterMessage {}

  /**
   * Notification that the query has ended, sent again until it is confirmed.
   *
   * @param outcome the end
   * @param replyTo the home
   */
  record RunEnded(RunOutcome outcome, ActorRef<HomeCommand> replyTo)
      implements HandleCommand, ClusterMessage {}

  /**
   * User's request to end the query.
   *
   * @param timeout how long calls under way may take
   */
  record StopAsked(Duration timeout) implements HandleCommand {}

  /**
   * The nodes that have defined the query.
   *
   * @param nodes their addresses
   */
  record Defined(Set<String> nodes) implements HandleCommand {
    public Defined {
      nodes = Set.copyOf(nodes);
    }
  }

  /** Command to end the handle, as its node leaves the cluster. */
  enum Leave implements HandleCommand {
    /** The only value. */
    INSTANCE
  }

  /** Notification that users' requests wait in the queue. */
  enum Requested implements HandleCommand {
    /** The only value. */
    INSTANCE
  }

  /** Command to register again. */
  enum RegisterAgain implements HandleCommand {
    /** The only value. */
    INSTANCE
  }

  /**
   * Notification that a home has stopped or its node has left the cluster.
   *
   * @param home identifies the home
   */
  record HomeLost(UUID home) implements HandleCommand {}

  /** Notification that nodes have had enough time to define the query. */
  enum MissingDue implements HandleCommand {
    /** The only value. */
    INSTANCE
  }

  /** Notification that the end that a user requested has not come in time. */
  enum StopOverdue implements HandleCommand {
    /** The only value. */
    INSTANCE
  }
}
