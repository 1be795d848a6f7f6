package io.vellamo.actors.observe;

import io.vellamo.actors.calls.UserCalls;
import io.vellamo.api.query.StreamingQueryStatus;
import io.vellamo.api.query.StreamingQueryStatus.CallInProgress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The calls under way in a query's status. */
final class StatusCalls {
  /** Shorter calls are in the status, but not in its message. */
  private static final Duration WORTH_A_WORD = Duration.ofSeconds(1);

  private StatusCalls() {}

  /** Adds the calls under way, and long ones to the message too, for tools that show only that. */
  static StreamingQueryStatus added(StreamingQueryStatus known, UserCalls underWay, Instant now) {
    List<CallInProgress> all = new ArrayList<>();
    StringBuilder message = new StringBuilder(known.message());
    for (UserCalls.InProgress call : underWay.inProgress()) {
      CallInProgress shown =
          new CallInProgress(call.description(), now.minus(call.elapsed()), call.thread());
      all.add(shown);
      if (call.elapsed().compareTo(WORTH_A_WORD) >= 0) {
        message.append("; ").append(shown.description()).append(" since ").append(shown.since());
      }
    }
    return new StreamingQueryStatus(
        message.toString(), known.isDataAvailable(), known.isTriggerActive(), all, known.outage());
  }
}
