package io.vellamo.engine.protocol.query;

import io.vellamo.api.query.Trigger;
import io.vellamo.api.query.WatermarkPolicy;
import io.vellamo.engine.group.GroupKey;
import io.vellamo.engine.group.TestCodecs;
import io.vellamo.engine.journal.JournalRecord.QueryCreated;
import io.vellamo.engine.journal.JournalRecord.QueryResumed;
import io.vellamo.engine.journal.QueryState;
import io.vellamo.engine.protocol.Fence;
import io.vellamo.engine.protocol.ShardFailure;
import io.vellamo.engine.protocol.ShardReply;
import io.vellamo.engine.protocol.query.QueryWalk.Ahead;
import io.vellamo.engine.shard.NextDue;
import io.vellamo.engine.shard.ParkRequest;
import io.vellamo.engine.shard.ShardDigest;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** The inputs of the table in {@code QueryMachine.md}: of each row, how a machine gets it. */
final class QueryTableInputs {
  /** An input, and the way to where the machine gets it. */
  record Row(QueryWalk walk, Consumer<MachineRun> give) {}

  private static final Trigger TIMED = Trigger.processingTime(Duration.ofSeconds(10));
  private static final Problem PROBLEM = new Problem(1, "broken");
  private static final Problem PASSING =
      new Problem(1, "refused", new Problem.Unavailable("sink", "java.net.ConnectException"));
  private static final QueryRequest.Park PARK = park(5);
  private static final Map<String, Row> ROWS = new LinkedHashMap<>();

  static {
    beginning();
    offers();
    failedOffers();
    offersAhead();
    users();
    reading();
    rowsAndSink();
    RangeTableInputs.addTo(ROWS);
    opened();
    done();
    pages();
    otherReplies();
    lost();
  }

  private QueryTableInputs() {}

  /** Returns the inputs, in the order of the table. */
  static Map<String, Row> rows() {
    return ROWS;
  }

  private static void beginning() {
    add("recovered", run -> run.on(new QueryInput.Recovered(run.durable)));
    add("recovered, refused", run -> run.on(new QueryInput.Recovered(ofThreeShards())));
    add("journaled", MachineRun::journaled);
    add("journaled, with initial states", QueryWalk::initialStates, MachineRun::journaled);
    add("journaled, a commit and a plan", QueryWalk::second, MachineRun::journaled);
    add(
        "journaled, groups wait for the commit",
        walk -> walk.second().toJournaling(GroupTableInputs::journalWithGroups),
        MachineRun::journaled);
    add(
        "journaled, a commit only",
        walk -> walk.second().toJournaling(run -> run.offer(10, 10)),
        MachineRun::journaled);
    add(
        "journaled, the query stops",
        walk -> walk.second().toJournaling(QueryTableInputs::stop),
        MachineRun::journaled);
    add(
        "journaled, next epoch is being read ahead",
        walk -> walk.second().full(Ahead.PLANNED),
        MachineRun::journaled);
    add(
        "journaled, next epoch was read ahead",
        walk -> walk.second().full(Ahead.READ),
        MachineRun::journaled);
    add(
        "journaled, next epoch could not be read ahead",
        walk -> walk.second().full(Ahead.FAILED),
        MachineRun::journaled);
    add(
        "journaled, next epoch is to be read again",
        walk -> walk.second().full(Ahead.UNAVAILABLE),
        MachineRun::journaled);
    add(
        "journaled, the source is to be asked again",
        walk -> walk.second().toJournaling(run -> run.on(new QueryInput.OfferFailed(PASSING))),
        MachineRun::journaled);
    add("opened", run -> run.on(new QueryInput.Opened()));
    add("opened, no groups", walk -> walk.operators(0), run -> run.on(new QueryInput.Opened()));
    add(
        "opened, after a failure",
        walk -> walk.failsOnceIn("OPENING", new QueryInput.OpenFailed(PASSING)),
        run -> run.on(new QueryInput.Opened()));
    add("open failed", run -> run.on(new QueryInput.OpenFailed(PROBLEM)));
    add("open failed, to be made again", run -> run.on(new QueryInput.OpenFailed(PASSING)));
    add(
        "open failed, for too long",
        walk -> walk.failsOnceIn("OPENING", new QueryInput.OpenFailed(PASSING)),
        run -> giveUp(run, new QueryInput.OpenFailed(PASSING)));
  }

  private static void offers() {
    add("offered, nothing", run -> run.offer(0, 0));
    add("offered, something", run -> run.offer(0, 10));
    add("offered, the end", walk -> walk.trigger(Trigger.availableNow()), run -> run.offer(0, 0));
    add(
        "offered, nothing, and woken meanwhile",
        walk -> walk.atLastIn("ASKING", run -> run.on(new QueryInput.Woken())),
        run -> run.offer(0, 0));
    add(
        "offered, nothing, and a request to settle since",
        walk -> walk.atLastIn("ASKING", run -> run.request(new QueryRequest.Settle(1))),
        run -> run.offer(0, 0));
    add(
        "offered, nothing, before the commit",
        walk -> walk.second().toJournaling(QueryTableInputs::stop),
        run -> run.offer(10, 10));
    add(
        "offered, something, before the commit",
        walk -> walk.second().toJournaling(QueryTableInputs::stop),
        run -> run.offer(10, 20));
    add(
        "offered, the end, before the commit",
        walk -> walk.second().trigger(Trigger.availableNow()).toJournaling(QueryTableInputs::stop),
        run -> run.offer(10, 10));
    add(
        "offered, although only the offer ahead is awaited",
        walk -> walk.second().full(Ahead.ASKED),
        run -> run.offer(10, 20));
  }

  private static void failedOffers() {
    add("offer failed", run -> run.on(new QueryInput.OfferFailed(PROBLEM)));
    add("offer failed, to be made again", run -> run.on(new QueryInput.OfferFailed(PASSING)));
    UnaryOperator<QueryWalk> beforeCommit =
        walk -> walk.second().toJournaling(QueryTableInputs::stop);
    add(
        "offer failed, before the commit",
        beforeCommit,
        run -> run.on(new QueryInput.OfferFailed(PROBLEM)));
    add(
        "offer failed, to be made again, before the commit",
        beforeCommit,
        run -> run.on(new QueryInput.OfferFailed(PASSING)));
  }

  private static void offersAhead() {
    add("offered ahead, not asked", run -> offerAhead(run, 20));
    add("offered ahead, something", walk -> walk.full(Ahead.ASKED), run -> offerAhead(run, 20));
    add("offered ahead, nothing", walk -> walk.full(Ahead.ASKED), run -> offerAhead(run, 10));
    add(
        "offered ahead, source failed",
        walk -> walk.full(Ahead.ASKED),
        run -> run.on(new QueryInput.OfferedAhead(null)));
    UnaryOperator<QueryWalk> awaited =
        walk -> walk.second().full(Ahead.ASKED).toJournaling(QueryTableInputs::stop);
    add("offered ahead, awaited, something", awaited, run -> offerAhead(run, 20));
    add("offered ahead, awaited, nothing", awaited, run -> offerAhead(run, 10));
    add(
        "offered ahead, awaited, source failed",
        awaited,
        run -> run.on(new QueryInput.OfferedAhead(null)));
    add("offered ahead, abandoned", walk -> walk.full(Ahead.ABANDONED), run -> offerAhead(run, 20));
  }

  private static void users() {
    add("woken", run -> run.on(new QueryInput.Woken()));
    for (String call : List.of("write", "read", "ask", "open")) {
      add(
          "woken, to %s again".formatted(call),
          walk -> walk.retries(call),
          QueryTableInputs::wakeWhenDue);
    }
    add(
        "woken, the trigger forbids an epoch",
        walk -> walk.trigger(TIMED),
        run -> run.on(new QueryInput.Woken()));
    add("requested, settle", run -> run.request(new QueryRequest.Settle(1)));
    add("requested, await idleness", run -> run.request(new QueryRequest.AwaitIdle(1)));
    add(
        "requested, await idleness, the trigger forbids an epoch",
        walk -> walk.trigger(TIMED),
        run -> run.request(new QueryRequest.AwaitIdle(1)));
    add("requested, list parked", run -> run.request(new QueryRequest.ListParked(1)));
    add(
        "requested, list parked, a listing is under way",
        walk -> walk.atLast(run -> run.request(new QueryRequest.ListParked(1))),
        run -> run.request(new QueryRequest.ListParked(2)));
    add("requested, park", run -> run.request(PARK));
    add(
        "requested, park, the shard has one under way",
        walk -> walk.atLast(run -> run.request(PARK)),
        run -> run.request(park(6)));
    add(
        "requested, list parked and park, no groups",
        walk -> walk.operators(0),
        run -> run.request(new QueryRequest.ListParked(1), PARK));
    GroupTableInputs.addRequests(ROWS);
    add("failed", run -> run.on(new QueryInput.Failed("telling", PROBLEM)));
    add(
        "failed, before the commit",
        QueryWalk::second,
        run -> run.on(new QueryInput.Failed("telling", PROBLEM)));
    add("stop", QueryTableInputs::stop);
    add("stop, before the commit", QueryWalk::second, QueryTableInputs::stop);
  }

  private static void reading() {
    add("initial states read", run -> run.on(new QueryInput.InitialStatesRead(Set.of(0))));
    add("epoch read, this attempt", run -> run.read(1, run.attempt(1), 0));
    add("epoch read, full", run -> run.read(1, run.attempt(1), 0, 1));
    add("epoch read, no shard has to run it", run -> run.read(1, run.attempt(1)));
    add(
        "epoch read, the whole result is needed",
        QueryWalk::wholeResult,
        run -> run.read(1, run.attempt(1), 0));
    add(
        "epoch read, a shard is lost",
        walk -> walk.atLastIn("READING", run -> run.lost(1)),
        run -> run.read(1, run.attempt(1), 0));
    add("epoch read, another attempt", run -> run.read(1, 77L, 0));
    add(
        "epoch read, read ahead",
        walk -> walk.full(Ahead.PLANNED),
        run -> run.read(2, run.attempt(2), 0));
    add(
        "epoch read, read ahead, again",
        walk -> walk.full(Ahead.READ),
        run -> run.read(2, run.attempt(2), 0));
    add("read failed, this attempt", run -> readFailed(run, 1, run.attempt(1)));
    add(
        "read failed, to be made again",
        run -> run.on(new QueryInput.ReadFailed(1, run.attempt(1), PASSING)));
    add("read failed, another attempt", run -> readFailed(run, 1, 77));
    add(
        "read failed, read ahead",
        walk -> walk.full(Ahead.PLANNED),
        run -> readFailed(run, 2, run.attempt(2)));
  }

  private static void rowsAndSink() {
    add("rows routed", run -> run.routed(1, 0, 2));
    add("rows routed, no shard has to run", run -> run.routed(1, 0));
    add(
        "rows routed, another attempt",
        run -> run.on(new QueryInput.RowsRouted(1, 77, MachineRun.summary(0, 2))));
    add("sink written", run -> run.on(new QueryInput.SinkWritten(1, 1)));
    add(
        "sink written, the trigger forbids an epoch",
        walk -> walk.trigger(TIMED),
        run -> run.on(new QueryInput.SinkWritten(1, 1)));
    add(
        "sink written, source asked ahead",
        walk -> walk.full(Ahead.ASKED),
        run -> run.on(new QueryInput.SinkWritten(1, 1)));
    add(
        "sink written, next epoch planned ahead",
        walk -> walk.full(Ahead.PLANNED),
        run -> run.on(new QueryInput.SinkWritten(1, 1)));
    add("sink written, another epoch", run -> run.on(new QueryInput.SinkWritten(2, 1)));
    UnaryOperator<QueryWalk> failed =
        walk -> walk.failsOnceIn("SINK", new QueryInput.WriteFailed(1, PASSING));
    add("sink written, after a failure", failed, run -> run.on(new QueryInput.SinkWritten(1, 1)));
    add("write failed", run -> run.on(new QueryInput.WriteFailed(1, PROBLEM)));
    add("write failed, to be made again", run -> run.on(new QueryInput.WriteFailed(1, PASSING)));
    add(
        "write failed, for too long",
        failed,
        run -> giveUp(run, new QueryInput.WriteFailed(1, PASSING)));
    add("write failed, another epoch", run -> run.on(new QueryInput.WriteFailed(2, PASSING)));
  }

  private static void opened() {
    add("shard opened, others are not", walk -> walk.operators(2), run -> run.opened(1, 1));
    add("shard opened, the last", run -> run.opened(1, 1));
    add("shard opened, the last, an epoch is planned", QueryWalk::planned, run -> run.opened(1, 1));
    add("shard opened, for an earlier run", run -> run.opened(0, 0, 2));
    add("shard opened, no loss was reported", run -> run.opened(0, 2));
    add(
        "shard opened, it was lost",
        walk -> walk.atLast(run -> run.lost(0)),
        run -> run.opened(0, 2));
    add(
        "shard opened, it was lost, and so was another",
        walk ->
            walk.atLast(
                run -> {
                  run.lost(0);
                  run.opened(1, 1);
                  run.lost(1);
                }),
        run -> run.opened(0, 2));
    add(
        "shard opened, it was lost, with a plan ahead",
        walk -> walk.full(Ahead.PLANNED).atLast(run -> run.lost(0)),
        run -> run.opened(0, 2));
    add("shard opened, the operator waits for it", QueryWalk::blocked, run -> run.opened(1, 2));
    add(
        "shard opened, it was lost, with requests unanswered",
        walk ->
            walk.atLast(
                run -> {
                  run.request(new QueryRequest.ListParked(1), PARK);
                  run.lost(0);
                }),
        run -> run.opened(0, 2));
  }

  private static void done() {
    add("shard done, the last", run -> run.done(0));
    add("shard done, others are not", walk -> walk.full(Ahead.ASKED), run -> run.done(0));
    add("shard done, the last, rows to route", walk -> walk.operators(2), run -> run.done(0));
    add(
        "shard done, the last, no rows to route",
        walk -> walk.operators(2),
        run -> run.done(0, run.fence(0), 0));
    add(
        "shard done, again",
        walk -> walk.full(Ahead.ASKED).atLast(run -> run.done(0)),
        run -> run.done(0));
    add(
        "shard done, although taken for lost",
        walk -> walk.atLast(run -> run.lost(0)),
        run -> run.done(0));
    add("shard done, another attempt", run -> run.done(0, stale(run), 1));
  }

  private static void pages() {
    UnaryOperator<QueryWalk> hasPage = walk -> walk.wholeResult().atLast(run -> run.page(0, 0));
    UnaryOperator<QueryWalk> isBeingTaken =
        walk -> walk.wholeResult().atLastIn("OPERATOR", run -> run.page(0, 0));
    add("shard page", QueryWalk::wholeResult, run -> run.page(0, 0));
    add(
        "shard page, although taken for lost",
        walk -> walk.wholeResult().atLast(run -> run.lost(0)),
        run -> run.page(0, 0));
    add("shard page, the last one has not been taken", hasPage, run -> run.page(0, 1));
    add("shard page, again", hasPage, run -> run.page(0, 0));
    add("shard page, not the next one", QueryWalk::wholeResult, run -> run.page(0, 1));
    add(
        "shard page, another attempt",
        QueryWalk::wholeResult,
        run -> run.reply(new ShardReply.Page(0, stale(run), 0)));
    add("shard done, a page has not been taken", hasPage, run -> run.done(0));
    add("page taken", isBeingTaken, run -> pageTaken(run, 0));
    add(
        "page taken, its shard is lost",
        walk ->
            walk.wholeResult()
                .atLastIn(
                    "OPERATOR",
                    run -> {
                      run.page(0, 0);
                      run.lost(0);
                    }),
        run -> pageTaken(run, 0));
    add("page taken, another page", isBeingTaken, run -> pageTaken(run, 1));
    add(
        "page taken, another attempt",
        isBeingTaken,
        run -> run.on(new QueryInput.PageTaken(0, 1, 77, 0)));
  }

  private static void pageTaken(MachineRun run, int number) {
    run.on(new QueryInput.PageTaken(0, 1, run.attempt(1), number));
  }

  private static void otherReplies() {
    add("shard not opened", run -> run.reply(new ShardReply.NotOpened(0, run.fence(0))));
    add(
        "shard not opened, another attempt",
        run -> run.reply(new ShardReply.NotOpened(0, stale(run))));
    add(
        "shard failed",
        run -> run.reply(new ShardReply.Failed(0, run.fence(0), ShardFailure.of("it threw"))));
    add(
        "shard failed, another attempt",
        run -> run.reply(new ShardReply.Failed(0, stale(run), ShardFailure.of("it threw"))));
    add(
        "shard failed, not for an epoch",
        run -> run.reply(new ShardReply.Failed(0, null, ShardFailure.of("unreadable"))));
    add(
        "shard's parked groups, the last",
        walk ->
            walk.atLast(
                run -> {
                  run.request(new QueryRequest.ListParked(1));
                  parked(run, 1);
                }),
        run -> parked(run, 0));
    add(
        "shard's parked groups, others are awaited",
        walk -> walk.atLast(run -> run.request(new QueryRequest.ListParked(1))),
        run -> parked(run, 0));
    add(
        "shard's parked groups, the last, another listing waits",
        walk ->
            walk.atLast(
                run -> {
                  run.request(new QueryRequest.ListParked(1));
                  parked(run, 1);
                  run.request(new QueryRequest.ListParked(2));
                }),
        run -> parked(run, 0));
    add(
        "shard's parked groups, again",
        walk ->
            walk.atLast(
                run -> {
                  run.request(new QueryRequest.ListParked(1));
                  parked(run, 0);
                }),
        run -> parked(run, 0));
    add("shard's parked groups, not asked", run -> parked(run, 0));
    add(
        "shard has park requests",
        walk -> walk.atLast(run -> run.request(PARK)),
        run -> parksRequested(run, run.request(0)));
    add(
        "shard has park requests, others wait",
        walk ->
            walk.atLast(
                run -> {
                  run.request(PARK);
                  run.request(park(6));
                }),
        run -> parksRequested(run, run.request(0)));
    add(
        "shard has park requests, of an earlier activation",
        walk -> walk.atLast(run -> run.request(PARK)),
        run -> parksRequested(run, new Fence(1, 1, 0, 77)));
    add("shard has park requests, not asked", run -> parksRequested(run, new Fence(1, 1, 0, 77)));
    GroupTableInputs.addReplies(ROWS);
    add(
        "shard's digest",
        run -> run.reply(new ShardReply.Digested(0, 1, new ShardDigest(1, 1, 1, 1))));
  }

  private static void lost() {
    add("shard lost", run -> run.lost(0));
    add("shard lost, not open in this run", run -> run.lost(1));
    add("shard lost, will not pass", run -> run.on(new QueryInput.ShardLost(0, PROBLEM, false)));
    add(
        "shard lost, for too long",
        walk ->
            walk.atLast(
                run -> {
                  run.lost(0);
                  run.elapsedMillis += MachineRun.RESTARTS.giveUpMillis();
                }),
        run -> run.lost(0));
    add(
        "shard restarted",
        walk -> walk.atLast(run -> run.lost(0)),
        run -> run.on(new QueryInput.ShardRestarted(0)));
  }

  private static void add(String name, Consumer<MachineRun> give) {
    add(name, walk -> walk, give);
  }

  private static void add(String name, UnaryOperator<QueryWalk> walk, Consumer<MachineRun> give) {
    add(ROWS, name, walk, give);
  }

  static void add(
      Map<String, Row> rows,
      String name,
      UnaryOperator<QueryWalk> walk,
      Consumer<MachineRun> give) {
    if (rows.put(name, new Row(walk.apply(new QueryWalk()), give)) != null) {
      throw new AssertionError(name);
    }
  }

  /** Lets a call fail again when the query no longer tries. */
  static void giveUp(MachineRun run, QueryInput failure) {
    run.elapsedMillis += MachineRun.RETRY.giveUpAfter().toMillis();
    run.on(failure);
  }

  static void wakeWhenDue(MachineRun run) {
    run.elapsedMillis += MachineRun.RETRY.minBackoff().toMillis();
    run.on(new QueryInput.Woken());
  }

  static void stop(MachineRun run) {
    run.on(new QueryInput.Stop());
  }

  private static void offerAhead(MachineRun run, long until) {
    run.on(new QueryInput.OfferedAhead(MachineRun.ranges(10, until)));
  }

  private static void readFailed(MachineRun run, long epoch, long attempt) {
    run.on(new QueryInput.ReadFailed(epoch, attempt, PROBLEM));
  }

  private static void parked(MachineRun run, int shard) {
    run.reply(new ShardReply.Parked(shard, run.request(shard), List.of()));
  }

  private static void parksRequested(MachineRun run, Fence fence) {
    run.reply(new ShardReply.ParksRequested(0, fence, List.of(true), NextDue.NEVER));
  }

  /** Returns a request to a group of the first shard. */
  private static QueryRequest.Park park(long id) {
    return new QueryRequest.Park(id, 0, keyOfFirstShard(), ParkRequest.Kind.RELEASE);
  }

  static GroupKey keyOfFirstShard() {
    return Stream.of("a", "b", "c", "d", "e", "f")
        .map(TestCodecs::key)
        .filter(each -> each.shard(MachineRun.SHARDS) == 0)
        .findFirst()
        .orElseThrow();
  }

  private static Fence stale(MachineRun run) {
    Fence fence = run.fence(0);
    return new Fence(fence.incarnation(), fence.owner(), fence.epoch(), fence.attempt() + 7);
  }

  private static QueryState ofThreeShards() {
    return QueryState.EMPTY.after(
        List.of(
            new QueryCreated(new UUID(0, 1), 3, List.of(), 1, WatermarkPolicy.MIN),
            new QueryResumed(1, "")));
  }
}
