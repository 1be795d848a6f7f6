package io.vellamo.cluster.home;

import io.vellamo.engine.protocol.query.QueryNews;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The last news of each kind that tells a query's state, for handles that missed them. */
final class LastNews {
  private final KnownShards shards = new KnownShards();
  private QueryNews.@Nullable Started started;
  private QueryNews.@Nullable WatermarkMoved watermark;
  private QueryNews.@Nullable HotKeysFound hotKeys;
  private QueryNews.@Nullable Progress progress;
  private QueryNews.@Nullable Status status;

  /** Takes news. */
  void add(QueryNews news) {
    if (news instanceof QueryNews.Started id) {
      started = id;
    } else if (news instanceof QueryNews.WatermarkMoved moved) {
      watermark = moved;
    } else if (news instanceof QueryNews.HotKeysFound found) {
      hotKeys = found;
    } else if (news instanceof QueryNews.Progress report) {
      progress = report;
      shards.add(report.progress());
    } else if (news instanceof QueryNews.Status now) {
      status = now;
    }
  }

  /** Returns the last news, in the order in which a handle has to take them. */
  List<QueryNews> all() {
    List<QueryNews> known = new ArrayList<>();
    QueryNews.Progress report =
        progress == null ? null : new QueryNews.Progress(shards.with(progress.progress()));
    Stream.<@Nullable QueryNews>of(started, watermark, hotKeys, report, status)
        .forEach(
            news -> {
              if (news != null) {
                known.add(news);
              }
            });
    return known;
  }
}
