package io.vellamo.actors.shard;

import io.vellamo.actors.calls.UserCalls;
import io.vellamo.api.query.ErrorPolicy;
import io.vellamo.engine.failure.Failures;
import io.vellamo.engine.group.GroupOperator;
import io.vellamo.engine.group.ValueCodec;
import io.vellamo.persistence.journal.JournalOptions;
import java.util.concurrent.Executor;

/**
 * The configuration of a shard.
 *
 * @param query the query's name
 * @param index the shard's number among those that run, by the operators' places, from 0
 * @param journalIndex its number in the journal, by the operators' numbers
 * @param count how many shards the query has
 * @param operator the operator whose groups it holds
 * @param operatorName the operator's name
 * @param eventCodec writes and reads the events that are kept
 * @param errorPolicy what is done when the function throws
 * @param journal where and how it is journaled
 * @param hosting how groups are called
 * @param failures describes exceptions of functions
 * @param dispatcher the dispatcher of the query's functions, where groups run
 * @param functions the same dispatcher, for tasks
 * @param calls tracks calls of the function
 * @param activeGroups how many groups are kept live
 */
public record ShardConfig(
    String query,
    int index,
    int journalIndex,
    int count,
    GroupOperator<?, ?, ?, ?> operator,
    String operatorName,
    ValueCodec eventCodec,
    ErrorPolicy errorPolicy,
    JournalOptions journal,
    Hosting hosting,
    Failures failures,
    String dispatcher,
    Executor functions,
    UserCalls calls,
    ActiveGroups activeGroups) {}
