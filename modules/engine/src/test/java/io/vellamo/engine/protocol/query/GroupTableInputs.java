package io.vellamo.engine.protocol.query;

import io.vellamo.engine.protocol.ShardReply;
import io.vellamo.engine.protocol.ShardReply.GroupsRead.Found;
import io.vellamo.engine.protocol.query.QueryTableInputs.Row;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** The inputs of the table in {@code QueryMachine.md} that concern users' requests for groups. */
final class GroupTableInputs {
  private static final Consumer<MachineRun> ASK = run -> run.request(read(1));

  private GroupTableInputs() {}

  static void addRequests(Map<String, Row> rows) {
    QueryTableInputs.add(rows, "requested, read group", walk -> walk, ASK);
    QueryTableInputs.add(
        rows,
        "requested, read group, the shard has one under way",
        walk -> walk.atLast(ASK),
        run -> run.request(read(2)));
  }

  static void addReplies(Map<String, Row> rows) {
    QueryTableInputs.add(rows, "shard's groups", walk -> walk.atLast(ASK), run -> reply(run, 0));
    QueryTableInputs.add(
        rows,
        "shard's groups, others wait",
        walk -> walk.atLast(ASK.andThen(run -> run.request(read(2)))),
        run -> reply(run, 0));
    QueryTableInputs.add(
        rows, "shard's groups, not committed", walk -> walk.atLast(ASK), run -> reply(run, 9));
    QueryTableInputs.add(rows, "shard's groups, not asked", walk -> walk, run -> reply(run, 0));
  }

  /** Lets a query journal its first commit while the groups of that epoch wait for it. */
  static void journalWithGroups(MachineRun run) {
    run.request(read(1));
    reply(run, 1);
    run.offer(10, 20);
  }

  private static QueryRequest.ReadGroup read(long id) {
    return new QueryRequest.ReadGroup(id, 0, QueryTableInputs.keyOfFirstShard());
  }

  private static void reply(MachineRun run, long epoch) {
    List<Found> nothing = List.of(new Found(List.of(), true));
    run.reply(new ShardReply.GroupsRead(0, run.request(0), epoch, nothing));
  }
}
