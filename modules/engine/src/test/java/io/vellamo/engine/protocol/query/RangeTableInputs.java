package io.vellamo.engine.protocol.query;

import io.vellamo.engine.protocol.ShardReply;
import io.vellamo.engine.protocol.query.QueryTableInputs.Row;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** The inputs of the table in {@code QueryMachine.md} that concern sinks written in ranges. */
final class RangeTableInputs {
  private static final Problem PROBLEM = new Problem(1, "broken");
  private static final Problem PASSING =
      new Problem(1, "refused", new Problem.Unavailable("sink", "java.net.ConnectException"));

  private final Map<String, Row> rows;

  private RangeTableInputs(Map<String, Row> rows) {
    this.rows = rows;
  }

  static void addTo(Map<String, Row> rows) {
    RangeTableInputs inputs = new RangeTableInputs(rows);
    inputs.calls();
    inputs.failures();
  }

  private void add(String name, Consumer<MachineRun> give) {
    add(name, walk -> walk, give);
  }

  private void add(String name, UnaryOperator<QueryWalk> walk, Consumer<MachineRun> give) {
    QueryTableInputs.add(rows, name, walk, give);
  }

  private void calls() {
    UnaryOperator<QueryWalk> sinkWritten =
        walk -> walk.inRanges().atLastIn("SINK", run -> run.on(new QueryInput.SinkWritten(1, 0)));
    add("shard done, the last, ranges are to be written", QueryWalk::inRanges, run -> run.done(0));
    add(
        "journaled, a commit and a plan, with ranges",
        walk -> walk.inRanges().second(),
        MachineRun::journaled);
    add("sink written, ranges have not", QueryWalk::inRanges, run -> sinkWritten(run, 1));
    add("range written, others have not", sinkWritten, run -> rangeWritten(run, 0, 1));
    add(
        "range written, the last",
        walk ->
            walk.inRanges()
                .atLastIn(
                    "SINK",
                    run -> {
                      sinkWritten(run, 1);
                      rangeWritten(run, 0, 1);
                    }),
        run -> rangeWritten(run, 1, 1));
    add("range written, another epoch", QueryWalk::inRanges, run -> rangeWritten(run, 0, 2));
    add("range committed, others have not", walk -> walk, run -> committed(run, 0, 1));
    add(
        "range committed, the last",
        walk -> walk.atLastIn("COMMITTING", run -> committed(run, 0, 1)),
        run -> committed(run, 1, 1));
    add("range committed, another epoch", walk -> walk, run -> committed(run, 0, 2));
    add("range lacks rows", walk -> walk, run -> run.on(new QueryInput.RangeLacks(0, 1)));
    UnaryOperator<QueryWalk> lacks =
        walk -> walk.atLastIn("COMMITTING", run -> run.on(new QueryInput.RangeLacks(0, 1)));
    add("shard done, rows sent again", lacks, run -> run.done(0));
    add(
        "range written, rows sent again",
        walk ->
            walk.atLastIn(
                "COMMITTING",
                run -> {
                  run.on(new QueryInput.RangeLacks(0, 1));
                  run.done(0);
                }),
        run -> rangeWritten(run, 0, 1));
    add("shard opened, it has yet to send rows again", lacks, run -> run.opened(0, 2));
    add(
        "shard not opened, it has yet to send rows again",
        lacks,
        run -> run.reply(new ShardReply.NotOpened(0, run.fence(0))));
  }

  private void failures() {
    UnaryOperator<QueryWalk> writes = QueryWalk::inRanges;
    UnaryOperator<QueryWalk> writesAgain =
        walk -> walk.inRanges().failsOnceIn("SINK", failed(0, PASSING));
    UnaryOperator<QueryWalk> commitsAgain =
        walk -> walk.failsOnceIn("COMMITTING", failed(0, PASSING));
    UnaryOperator<QueryWalk> waits =
        walk -> walk.atLastIn("COMMITTING", run -> run.on(failed(0, PASSING)));
    UnaryOperator<QueryWalk> rewrites =
        walk ->
            walk.atLastIn(
                "COMMITTING",
                run -> {
                  run.on(new QueryInput.RangeLacks(0, 1));
                  run.done(0);
                });
    add("range failed", run -> run.on(failed(0, PROBLEM)));
    add("range failed, while it writes", writes, run -> run.on(failed(0, PROBLEM)));
    add("range failed, another epoch", run -> run.on(new QueryInput.RangeFailed(0, 2, PASSING)));
    add("range failed, to be made again", run -> run.on(failed(0, PASSING)));
    add(
        "range failed, while it writes, to be made again",
        writes,
        run -> run.on(failed(0, PASSING)));
    add(
        "range failed, rows sent again, to be made again",
        rewrites,
        run -> run.on(failed(0, PASSING)));
    add("range failed, another one has", waits, run -> run.on(failed(1, PASSING)));
    add(
        "range failed, for too long",
        commitsAgain,
        run -> QueryTableInputs.giveUp(run, failed(0, PASSING)));
    add("woken, to commit a range again", waits, QueryTableInputs::wakeWhenDue);
    add(
        "woken, to write a range again",
        walk -> walk.inRanges().atLastIn("SINK", run -> run.on(failed(0, PASSING))),
        QueryTableInputs::wakeWhenDue);
    add(
        "woken, to write rows again that were sent again",
        walk ->
            walk.atLastIn(
                "COMMITTING",
                run -> {
                  run.on(new QueryInput.RangeLacks(0, 1));
                  run.done(0);
                  run.on(failed(0, PASSING));
                }),
        QueryTableInputs::wakeWhenDue);
    add("range written, after a failure", writesAgain, run -> rangeWritten(run, 0, 1));
    add("range committed, after a failure", commitsAgain, run -> committed(run, 0, 1));
    add(
        "range lacks rows, after a failure",
        commitsAgain,
        run -> run.on(new QueryInput.RangeLacks(0, 1)));
    add("stop, a range is to commit again", waits, QueryTableInputs::stop);
    add(
        "requested, await idleness, a range is to commit again",
        waits,
        run -> run.request(new QueryRequest.AwaitIdle(1)));
    add(
        "requested, list parked, a range is to commit again",
        waits,
        run -> run.request(new QueryRequest.ListParked(1)));
  }

  private static QueryInput failed(int range, Problem problem) {
    return new QueryInput.RangeFailed(range, 1, problem);
  }

  private static void sinkWritten(MachineRun run, long epoch) {
    run.on(new QueryInput.SinkWritten(epoch, 0));
  }

  private static void rangeWritten(MachineRun run, int range, long epoch) {
    run.on(new QueryInput.RangeWritten(range, epoch, 1));
  }

  private static void committed(MachineRun run, int range, long epoch) {
    run.on(new QueryInput.RangeCommitted(range, epoch));
  }
}
