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
import io.vellamo.engine.protocol.ShardRequest.ReadGroups.Single;
import io.vellamo.engine.protocol.ShardRequest.RequestParks.Requested;
import io.vellamo.engine.protocol.ShardSize;
import io.vellamo.engine.protocol.ShardWork;
import io.vellamo.engine.protocol.query.GroupPosition;
import io.vellamo.engine.protocol.query.QueryRequest;
import io.vellamo.engine.shard.NextDue;
import io.vellamo.engine.shard.ParkRequest;
import io.vellamo.engine.shard.ShardDigest;
import io.vellamo.engine.time.EpochTimes;
import io.vellamo.engine.time.Watermark;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** A request and a reply of every kind, by the name of its golden file. */
final class SampleMessages {
  private static final Fence FENCE = new Fence(300, 7, 129, 2);
  private static final NextDue DUE = new NextDue(-5L, null);
  private static final ShardSize SIZE = new ShardSize(1_000_000, 2, 300, 1L << 40);
  private static final GroupKey KEY = GroupKey.of(new byte[] {1, -1});

  static final EpochTimes TIMES =
      new EpochTimes(129, 1_700_000_000_123L, Watermark.of(-1), Watermark.NONE);
  static final List<OffsetRange> RANGES =
      List.of(
          new OffsetRange(
              new SourcePartition("a.jsonl#2"),
              0,
              127,
              "key/ä.jsonl",
              List.of(new SourcePartition("ä"))),
          new OffsetRange(new SourcePartition("b"), 128, Long.MAX_VALUE));
  static final ShardFailure FAILURE =
      new ShardFailure("shard [3] failed", new EventPosition(1, 300), " with [E]");
  static final QueryCreated CREATED =
      new QueryCreated(
          UUID.fromString("00112233-4455-6677-8899-aabbccddeeff"),
          300,
          List.of(new CreatedOperator("byPlace", GroupStateTimeout.EVENT_TIME)),
          2,
          WatermarkPolicy.MAX);

  static final Map<String, ShardRequest> REQUESTS =
      Map.of(
          "1-open", new ShardRequest.Open(300, true, List.of("{a:int}", "{b:text}")),
          "2-run-epoch", new ShardRequest.RunEpoch(FENCE, TIMES, RANGES, true),
          "3-next-page", new ShardRequest.NextPage(FENCE, 300),
          "4-send-rows", new ShardRequest.SendRows(FENCE),
          "5-list-parked", new ShardRequest.ListParked(FENCE),
          "6-request-parks", requestParks(),
          "7-digest", new ShardRequest.Digest(300),
          "8-read-groups", readGroups());

  private static final ShardWork WORK =
      new ShardWork(300, 1_234_567, 1_234_566, 89, 129, List.of(new HotGroup(KEY, 7, 300)));

  static final Map<String, ShardReply> REPLIES =
      Map.of(
          "1-opened", new ShardReply.Opened(3, 300, 7, DUE, SIZE),
          "2-page", new ShardReply.Page(3, FENCE, 300),
          "10-done", new ShardReply.Done(3, FENCE, 10, 1, DUE, SIZE, 4, 300, WORK),
          "4-not-opened", new ShardReply.NotOpened(3, FENCE),
          "5-parked", new ShardReply.Parked(3, FENCE, List.of(parked())),
          "6-parks-requested", new ShardReply.ParksRequested(3, FENCE, List.of(true, false), DUE),
          "7-digested", new ShardReply.Digested(3, 300, new ShardDigest(129, 5, -1, 1)),
          "8-failed", new ShardReply.Failed(3, FENCE, FAILURE),
          "8-failed-open", new ShardReply.Failed(3, null, ShardFailure.of("why")),
          "9-groups-read", groupsRead());

  static final Map<String, QueryRequest> QUERY_REQUESTS =
      Map.of(
          "1-settle", new QueryRequest.Settle(300),
          "2-await-idle", new QueryRequest.AwaitIdle(300),
          "3-list-parked", new QueryRequest.ListParked(300),
          "4-park", new QueryRequest.Park(300, 1, KEY, ParkRequest.Kind.RELEASE),
          "5-read-group", new QueryRequest.ReadGroup(300, 1, KEY),
          "6-list-groups", new QueryRequest.ListGroups(300, 1, new GroupPosition(2, KEY), 1_000));

  private SampleMessages() {}

  private static ShardRequest requestParks() {
    return new ShardRequest.RequestParks(
        FENCE,
        List.of(
            new Requested(KEY, new ParkRequest(ParkRequest.Kind.REDRIVE, 128)),
            new Requested(KEY, new ParkRequest(ParkRequest.Kind.RELEASE, 129))));
  }

  private static ShardRequest readGroups() {
    return new ShardRequest.ReadGroups(
        FENCE, List.of(new Single(KEY), new Following(KEY, 300), new Following(null, 1)));
  }

  private static ShardReply groupsRead() {
    return new ShardReply.GroupsRead(
        3,
        FENCE,
        129,
        List.of(
            new Found(List.of(SampleGroups.WITH_STATE, SampleGroups.WITH_VARIABLES), false),
            new Found(List.of(SampleGroups.PARKED), true)));
  }

  private static ParkedGroup parked() {
    return new ParkedGroup("totals", 5L, 7, "E at X", Optional.of("why"), 300);
  }
}
