package io.vellamo.engine.io;

import io.vellamo.api.sink.DeadLetter;
import io.vellamo.api.sink.LateEvent;
import io.vellamo.engine.protocol.EpochOutput.InPages;
import java.util.List;
import java.util.SortedMap;

/**
 * The data of an epoch that goes to the sinks. Shards are numbered across all operators.
 *
 * @param epoch the epoch's number
 * @param rows the rows of the operators that lead to the sink, by shard, before the stages between
 *     operator and sink; of an operator that emits the whole result, the changes of the result, but
 *     none of the shards whose whole result was taken in pages
 * @param inPages the shards whose whole result was taken in pages
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
    SortedMap<Integer, InPages> inPages,
    List<Object> rowsWithoutShard,
    SortedMap<Integer, List<DeadLetter>> deadLetters,
    List<DeadLetter> deadLettersWithoutShard,
    List<LateEvent> lateEvents) {}
