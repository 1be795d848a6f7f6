package io.vellamo.engine.protocol.shard;

import io.vellamo.api.query.ErrorPolicy;
import io.vellamo.api.query.ParkedGroup;
import io.vellamo.engine.failure.Failures;
import io.vellamo.engine.group.GroupKey;
import io.vellamo.engine.group.GroupOperator;
import io.vellamo.engine.group.ValueCodec;
import io.vellamo.engine.journal.JournalLimits;
import io.vellamo.engine.shard.ParkedEntry;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntSupplier;

/**
 * What a shard is to do, apart from its inputs.
 *
 * @param query the query's name
 * @param index the shard's number among all shards of the query, from 0
 * @param count the number of shards of the query
 * @param operator the operator whose groups it holds
 * @param operatorName the operator's name
 * @param eventCodec the codec of the events that are kept
 * @param keyText returns a readable form of a key, always the same one
 * @param errorPolicy what is done when the function throws
 * @param limits the limits of what is journaled
 * @param failures describes exceptions of functions
 * @param mostCalls supplies the maximum number of calls in a round, so that not all groups are live
 *     at once; it may change
 * @param hotGroups the number of parts of its events, and of its function's time, of which a group
 *     must have more than one to be reported; 0 if no group is reported
 */
public record ShardSpec(
    String query,
    int index,
    int count,
    GroupOperator<?, ?, ?, ?> operator,
    String operatorName,
    ValueCodec eventCodec,
    Function<GroupKey, String> keyText,
    ErrorPolicy errorPolicy,
    JournalLimits limits,
    Failures failures,
    IntSupplier mostCalls,
    int hotGroups) {
  /** Creates the specification of a shard that reports no groups. */
  public ShardSpec(
      String query,
      int index,
      int count,
      GroupOperator<?, ?, ?, ?> operator,
      String operatorName,
      ValueCodec eventCodec,
      Function<GroupKey, String> keyText,
      ErrorPolicy errorPolicy,
      JournalLimits limits,
      Failures failures,
      IntSupplier mostCalls) {
    this(
        query,
        index,
        count,
        operator,
        operatorName,
        eventCodec,
        keyText,
        errorPolicy,
        limits,
        failures,
        mostCalls,
        0);
  }

  /** Returns a parked group as users see it. */
  ParkedGroup parked(ParkedEntry group) {
    return new ParkedGroup(
        operatorName,
        operator.keyCodec().read(group.key()),
        group.reason().sinceEpoch(),
        group.reason().error(),
        Optional.ofNullable(group.reason().message()),
        group.events().size());
  }
}
