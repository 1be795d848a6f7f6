package io.vellamo.engine.protocol.query;

import io.vellamo.api.query.HotKeys;
import io.vellamo.api.query.Outage;
import io.vellamo.api.query.StreamingQueryProgress;
import io.vellamo.api.query.WatermarkReport;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** What a query tells its observers. */
public sealed interface QueryNews {
  /**
   * The journal has been read.
   *
   * @param id the query's identity
   */
  record Started(UUID id) implements QueryNews {}

  /**
   * What the query does now.
   *
   * @param message what it does
   * @param isDataAvailable whether there is input
   * @param isTriggerActive whether an epoch is prepared or runs
   */
  record Status(String message, boolean isDataAvailable, boolean isTriggerActive)
      implements QueryNews {}

  /**
   * An epoch was committed.
   *
   * @param progress its report
   */
  record Progress(StreamingQueryProgress progress) implements QueryNews {}

  /**
   * What the watermark is and what holds it back.
   *
   * @param report the report
   */
  record WatermarkMoved(WatermarkReport report) implements QueryNews {}

  /**
   * There are new reports of the groups with the largest shares of events and time.
   *
   * @param reports a report of each stateful operator
   */
  record HotKeysFound(List<HotKeys> reports) implements QueryNews {
    /** Copies the reports. */
    public HotKeysFound {
      reports = List.copyOf(reports);
    }
  }

  /** The query has looked for data and found none. */
  record Idle() implements QueryNews {}

  /**
   * The clock shows less than the processing time, which goes on ahead of it.
   *
   * @param shown the clock
   * @param processingTime the processing time
   */
  record ClockBehind(Instant shown, Instant processingTime) implements QueryNews {
    /** Returns how far processing time is ahead. */
    public Duration ahead() {
      return Duration.between(shown, processingTime);
    }
  }

  /**
   * The clock has caught up with processing time.
   *
   * @param shown the clock
   */
  record ClockCaughtUp(Instant shown) implements QueryNews {}

  /**
   * A call of a source or sink has failed and will be made again.
   *
   * @param outage the outage so far
   */
  record CallFailed(Outage outage) implements QueryNews {}

  /**
   * A call that had failed has succeeded.
   *
   * @param outage the outage when the call last failed
   * @param lasted its duration
   */
  record OutageEnded(Outage outage, Duration lasted) implements QueryNews {}

  /**
   * A shard has stopped and is started again.
   *
   * @param shard the shard
   * @param operator the name of its operator
   * @param reason why it stopped
   * @param backoff when it is started again
   */
  record ShardRestarting(int shard, String operator, String reason, Duration backoff)
      implements QueryNews {}
}
