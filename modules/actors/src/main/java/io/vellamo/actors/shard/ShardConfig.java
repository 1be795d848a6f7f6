package io.vellamo.actors.shard;

import io.vellamo.actors.calls.UserCalls;
import io.vellamo.api.query.QueryClock;
import io.vellamo.engine.protocol.shard.ShardSpec;
import io.vellamo.persistence.journal.JournalOptions;
import java.util.concurrent.Executor;
import org.apache.pekko.persistence.typed.PersistenceId;

/**
 * The configuration of a shard's actor.
 *
 * @param spec what the shard is to do
 * @param id the owner of its journal
 * @param journal where and how it is journaled
 * @param hosting how groups are called
 * @param dispatcher the dispatcher of the query's functions, where groups run
 * @param functions the same dispatcher, for tasks
 * @param calls tracks calls of the function
 * @param activeGroups how many groups are kept live
 * @param clock the query's clock, for durations
 */
public record ShardConfig(
    ShardSpec spec,
    PersistenceId id,
    JournalOptions journal,
    Hosting hosting,
    String dispatcher,
    Executor functions,
    UserCalls calls,
    ActiveGroups activeGroups,
    QueryClock clock) {
  /** Returns whether the time of each call is measured. */
  boolean measuresCalls() {
    return spec.hotGroups() > 0;
  }
}
