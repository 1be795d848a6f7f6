package io.vellamo.persistence.message;

import io.vellamo.api.group.GroupStateTimeout;
import io.vellamo.api.query.ParkedGroup;
import io.vellamo.api.query.WatermarkPolicy;
import io.vellamo.api.source.OffsetRange;
import io.vellamo.api.source.SourcePartition;
import io.vellamo.engine.group.GroupKey;
import io.vellamo.engine.journal.JournalRecord.CreatedOperator;
import io.vellamo.engine.journal.JournalRecord.QueryCreated;
import io.vellamo.engine.protocol.Fence;
import io.vellamo.engine.protocol.HotGroup;
import io.vellamo.engine.protocol.ShardFailure;
import io.vellamo.engine.protocol.ShardFailure.EventPosition;
import io.vellamo.engine.protocol.ShardReply;
import io.vellamo.engine.protocol.ShardReply.GroupsRead.Found;
import io.vellamo.engine.protocol.ShardRequest;
import io.vellamo.engine.protocol.ShardRequest.ReadGroups.Following;
import io.vellamo.engine.protocol.ShardRequest.ReadGroups.Read;
import io.vellamo.engine.protocol.ShardRequest.ReadGroups.Single;
import io.vellamo.engine.protocol.ShardRequest.RequestParks.Requested;
import io.vellamo.engine.protocol.ShardSize;
import io.vellamo.engine.protocol.ShardWork;
import io.vellamo.engine.protocol.query.Problem;
import io.vellamo.engine.protocol.query.QueryRequest;
import io.vellamo.engine.shard.NextDue;
import io.vellamo.engine.shard.ParkRequest;
import io.vellamo.engine.shard.ShardDigest;
import io.vellamo.engine.time.EpochTimes;
import io.vellamo.engine.time.Watermark;
import io.vellamo.engine.variable.CreatedVariable;
import io.vellamo.engine.variable.SlotType;
import io.vellamo.persistence.message.ExampleQuery.Place;
import java.util.List;

/** Requests and replies of every kind, with components that a seed draws. */
final class DrawnMessages {
  private final Draw draw;

  DrawnMessages(Draw draw) {
    this.draw = draw;
  }

  List<ShardRequest> requests() {
    Fence fence = fence();
    return List.of(
        new ShardRequest.Open(draw.number(), draw.chance(), draw.some(draw::text)),
        new ShardRequest.RunEpoch(
            fence, times(fence.epoch()), draw.some(this::range), draw.chance()),
        new ShardRequest.NextPage(fence(), draw.count()),
        new ShardRequest.SendRows(fence()),
        new ShardRequest.ListParked(fence()),
        new ShardRequest.RequestParks(
            fence(), draw.some(() -> new Requested(key(), parkRequest()))),
        new ShardRequest.Digest(draw.number()),
        new ShardRequest.ReadGroups(fence(), draw.some(this::read)));
  }

  List<ShardReply> replies() {
    int shard = draw.count();
    return List.of(
        new ShardReply.Opened(shard, draw.number(), draw.number(), due(), size()),
        new ShardReply.Page(shard, fence(), draw.count()),
        new ShardReply.Done(
            shard,
            fence(),
            draw.number(),
            draw.number(),
            due(),
            size(),
            draw.number(),
            draw.number(),
            new ShardWork(
                draw.number(),
                draw.signed(),
                draw.signed(),
                draw.number(),
                draw.number(),
                draw.some(() -> new HotGroup(key(), draw.number(), draw.signed())))),
        new ShardReply.NotOpened(shard, fence()),
        new ShardReply.Parked(shard, fence(), draw.some(this::parkedGroup)),
        new ShardReply.ParksRequested(shard, fence(), draw.some(draw::chance), due()),
        new ShardReply.Digested(
            shard,
            draw.number(),
            new ShardDigest(draw.number(), draw.number(), draw.signed(), draw.signed())),
        new ShardReply.Failed(shard, draw.chance() ? null : fence(), failure()));
  }

  ShardReply groupsRead() {
    DrawnGroups groups = new DrawnGroups(draw);
    return new ShardReply.GroupsRead(
        draw.count(),
        fence(),
        draw.number(),
        draw.some(() -> new Found(draw.some(groups::group), draw.chance())));
  }

  List<QueryRequest> queryRequests() {
    return List.of(
        new QueryRequest.Settle(draw.number()),
        new QueryRequest.AwaitIdle(draw.number()),
        new QueryRequest.ListParked(draw.number()),
        new QueryRequest.Park(draw.number(), draw.count(), key(), parkRequest().kind()),
        new QueryRequest.ReadGroup(draw.number(), draw.count(), key()),
        new QueryRequest.ListGroups(
            draw.number(), draw.count(), new DrawnGroups(draw).position(), draw.count()));
  }

  ParkedGroup parkedGroup() {
    boolean isByPlace = draw.chance();
    return new ParkedGroup(
        isByPlace ? "byPlace" : "totals",
        isByPlace ? new Place(draw.text()) : draw.maybe(draw::signed).orElse(null),
        draw.number(),
        draw.text(),
        draw.maybe(draw::text),
        draw.number());
  }

  ShardFailure failure() {
    return new ShardFailure(
        draw.text(),
        draw.chance() ? null : new EventPosition(draw.count() - 2, draw.number()),
        draw.text());
  }

  Problem problem() {
    return new Problem(
        draw.number(),
        draw.text(),
        draw.chance() ? null : new Problem.Unavailable(draw.text(), draw.text()));
  }

  QueryCreated created() {
    return new QueryCreated(
        draw.uuid(),
        draw.count(),
        draw.some(this::operator),
        draw.count(),
        draw.one(List.of(WatermarkPolicy.values())));
  }

  private CreatedOperator operator() {
    return new CreatedOperator(
        draw.text(),
        draw.one(List.of(GroupStateTimeout.values())),
        draw.chance(),
        draw.some(
            () ->
                new CreatedVariable(
                    draw.text(), new SlotType(SlotType.Kind.LIST, null), draw.chance())));
  }

  EpochTimes times(long epoch) {
    return new EpochTimes(
        epoch, draw.signed(), Watermark.of(draw.signed()), Watermark.of(draw.signed()));
  }

  OffsetRange range() {
    long from = draw.number() / 2;
    return new OffsetRange(
        new SourcePartition("p" + draw.text()),
        from,
        from + draw.number() / 2,
        draw.text(),
        draw.some(() -> new SourcePartition("f" + draw.text())));
  }

  private Read read() {
    return draw.chance()
        ? new Single(key())
        : new Following(draw.chance() ? null : key(), draw.count());
  }

  private Fence fence() {
    return new Fence(draw.number(), draw.number(), draw.number(), draw.number());
  }

  private NextDue due() {
    return new NextDue(draw.nullable(), draw.nullable());
  }

  private ShardSize size() {
    return new ShardSize(draw.number(), draw.number(), draw.number(), draw.number());
  }

  private GroupKey key() {
    return GroupKey.of(draw.bytes());
  }

  private ParkRequest parkRequest() {
    return new ParkRequest(draw.one(List.of(ParkRequest.Kind.values())), draw.number());
  }
}
