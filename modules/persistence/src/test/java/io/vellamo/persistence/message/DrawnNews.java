package io.vellamo.persistence.message;

import io.vellamo.api.query.EpochPhases;
import io.vellamo.api.query.EventCounts;
import io.vellamo.api.query.EventTimeStats;
import io.vellamo.api.query.HotKeys;
import io.vellamo.api.query.HotKeys.HotKey;
import io.vellamo.api.query.OperatorProgress;
import io.vellamo.api.query.Outage;
import io.vellamo.api.query.ShardProgress;
import io.vellamo.api.query.ShardSkew;
import io.vellamo.api.query.SourceProgress;
import io.vellamo.api.query.StreamingQueryProgress;
import io.vellamo.api.query.StreamingQueryProgress.StateCounts;
import io.vellamo.api.query.WatermarkReport;
import io.vellamo.api.query.WatermarkReport.Input;
import io.vellamo.api.query.WatermarkReport.NewestEvent;
import io.vellamo.api.query.WatermarkReport.Partition;
import io.vellamo.engine.protocol.query.QueryNews;
import java.util.List;
import java.util.Map;

/** News of every kind, with components that a seed draws. */
final class DrawnNews {
  private final Draw draw;

  DrawnNews(Draw draw) {
    this.draw = draw;
  }

  List<QueryNews> all() {
    return List.of(
        new QueryNews.Started(draw.uuid()),
        new QueryNews.Status(draw.text(), draw.chance(), draw.chance()),
        new QueryNews.Progress(progress()),
        new QueryNews.WatermarkMoved(
            new WatermarkReport(draw.maybe(draw::time), draw.some(this::input))),
        new QueryNews.Idle(),
        new QueryNews.ClockBehind(draw.time(), draw.time()),
        new QueryNews.ClockCaughtUp(draw.time()),
        new QueryNews.CallFailed(outage()),
        new QueryNews.OutageEnded(outage(), draw.duration()),
        new QueryNews.HotKeysFound(
            draw.some(
                () ->
                    new HotKeys(
                        draw.text(), draw.time(), draw.some(this::hot), draw.some(this::hot)))),
        new QueryNews.ShardRestarting(draw.count(), draw.text(), draw.text(), draw.duration()));
  }

  private StreamingQueryProgress progress() {
    return new StreamingQueryProgress(
        draw.uuid(),
        draw.uuid(),
        draw.text(),
        draw.number(),
        draw.time(),
        draw.duration(),
        counts(),
        counts(),
        draw.maybe(draw::time),
        eventTimes(),
        state(),
        draw.some(this::operator),
        draw.some(this::source),
        draw.text(),
        metrics(),
        draw.number(),
        draw.number(),
        new EpochPhases(
            draw.duration(),
            draw.duration(),
            draw.duration(),
            draw.duration(),
            draw.duration(),
            draw.duration()));
  }

  EventCounts counts() {
    return new EventCounts(draw.number(), draw.number(), draw.number());
  }

  EventTimeStats eventTimes() {
    return new EventTimeStats(
        draw.maybe(draw::time), draw.maybe(draw::time), draw.maybe(draw::time), draw.number());
  }

  private StateCounts state() {
    return new StateCounts(
        draw.number(), draw.number(), draw.number(), draw.number(), draw.number(), draw.number());
  }

  private OperatorProgress operator() {
    return new OperatorProgress(
        draw.text(),
        draw.number(),
        draw.number(),
        draw.number(),
        draw.number(),
        state(),
        draw.number(),
        draw.duration(),
        draw.duration(),
        new ShardSkew(draw.number(), 1 / 3.0, 0, draw.number()),
        draw.some(this::shard));
  }

  private HotKey hot() {
    return new HotKey(draw.text(), draw.number(), draw.number(), 1 / 3.0);
  }

  private ShardProgress shard() {
    return new ShardProgress(
        draw.count(),
        draw.number(),
        draw.number(),
        draw.number(),
        draw.number(),
        draw.number(),
        draw.number(),
        draw.duration(),
        draw.duration());
  }

  private SourceProgress source() {
    return new SourceProgress(
        draw.text(), draw.some(new DrawnMessages(draw)::range), metrics(), metrics());
  }

  private Map<String, Long> metrics() {
    return draw.chance() ? Map.of() : Map.of("a" + draw.text(), draw.signed(), "lag", 4L);
  }

  private Outage outage() {
    return new Outage(
        draw.text(), draw.time(), draw.count(), draw.time(), draw.text(), draw.text());
  }

  private Input input() {
    return new Input(
        draw.text(),
        draw.maybe(draw::time),
        draw.duration(),
        draw.maybe(
            () ->
                new NewestEvent(
                    draw.time(), draw.text(), draw.number(), draw.number(), draw.time())),
        draw.number(),
        draw.number(),
        draw.chance(),
        draw.some(() -> new Partition(draw.text(), draw.maybe(draw::time), draw.chance())));
  }
}
