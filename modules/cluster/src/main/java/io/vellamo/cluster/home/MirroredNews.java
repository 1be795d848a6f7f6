package io.vellamo.cluster.home;

import io.vellamo.actors.observe.QueryMonitor;
import io.vellamo.api.query.StreamingQueryProgress;
import io.vellamo.engine.protocol.query.QueryNews;

/**
 * The news of a query, as the monitor of a handle takes them: each report of an epoch once, also if
 * it comes again after the query has moved, and with the handle's run.
 */
final class MirroredNews {
  private final QueryMonitor monitor;
  private boolean hasStarted;
  private long lastEpoch;

  MirroredNews(QueryMonitor monitor) {
    this.monitor = monitor;
  }

  /** Passes news on, unless they are stale. */
  void take(QueryNews news) {
    if (news instanceof QueryNews.Started) {
      hasStarted = true;
      monitor.tell(news);
    } else if (news instanceof QueryNews.Status) {
      monitor.tell(news);
    } else if (news instanceof QueryNews.Progress report) {
      take(report.progress());
    } else if (hasStarted) {
      // Before that, the listeners could not be told of which query.
      monitor.tell(news);
    }
  }

  private void take(StreamingQueryProgress progress) {
    if (hasStarted && progress.epoch() > lastEpoch) {
      lastEpoch = progress.epoch();
      monitor.tell(new QueryNews.Progress(ofRun(progress)));
    }
  }

  private StreamingQueryProgress ofRun(StreamingQueryProgress progress) {
    return new StreamingQueryProgress(
        progress.id(),
        monitor.runId(),
        progress.name(),
        progress.epoch(),
        progress.timestamp(),
        progress.duration(),
        progress.events(),
        progress.total(),
        progress.watermark(),
        progress.eventTime(),
        progress.state(),
        progress.operators(),
        progress.sources(),
        progress.sink(),
        progress.sinkMetrics(),
        progress.rows(),
        progress.retries(),
        progress.phases());
  }

  /** Shows what the handle waits for. */
  void waiting(String message) {
    monitor.tell(new QueryNews.Status(message, false, false));
  }
}
