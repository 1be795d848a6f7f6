package io.vellamo.engine.io;

import io.vellamo.api.sink.DeadLetter;
import io.vellamo.api.sink.LateEvent;
import java.util.List;
import java.util.SortedMap;

/**
 * The data of an epoch that goes to the sinks. Shards are numbered across all operators.
 *
 * @param epoch the epoch's number
 * @param rows the rows of the operators that lead to the sink, by shard, before the stages between
 *     operator and sink; of an operator that emits the whole result, the changes of the result
 * @param result the whole result of the shards that were asked for it, by shard
 * @param rowsWithoutShard the rows that no group emitted, which go from the sources to the sink
 * @param deadLetters the dead letters of groups, by shard
 * @param deadLettersWithoutShard source entries that can't be read, and events for which a stage
 *     threw
 * @param lateEvents the late events, and the rows that were late at the next operator; empty if the
 *     query has no late output
 */
public record EpochResults(
    long epoch,
    SortedMap<Integer, List<Object>> rows,
    SortedMap<Integer, List<Object>> result,
    List<Object> rowsWithoutShard,
    SortedMap<Integer, List<DeadLetter>> deadLetters,
    List<DeadLetter> deadLettersWithoutShard,
    List<LateEvent> lateEvents) {}
