package io.vellamo.actors.io;

import io.vellamo.engine.pipeline.RoutedEpoch;
import io.vellamo.engine.protocol.query.Problem;
import io.vellamo.engine.protocol.query.QueryInput;
import io.vellamo.engine.shard.InitialGroups;
import java.util.List;
import java.util.function.Function;

/**
 * An observer of the outcomes of a query's input and output.
 *
 * <p><b>Threading</b> Called on any thread, possibly before the call that causes an outcome
 * returns; must not wait.
 */
public interface IoObserver {
  /** Takes an outcome without data that the query's machine does not see. */
  void happened(QueryInput input);

  /**
   * Takes an epoch that has been read and routed.
   *
   * @param routed its events
   * @param attempt the attempt to run it
   */
  void routed(RoutedEpoch routed, long attempt);

  /**
   * Takes the failure to read an epoch.
   *
   * @param epoch the epoch's number
   * @param attempt the attempt to run it
   * @param cause the failure
   */
  void readFailed(long epoch, long attempt, Throwable cause);

  /** Takes the initial states that have been read, those of each shard. */
  void initialStates(List<InitialGroups> states);

  /**
   * Takes the failure of a call.
   *
   * @param input the outcome for the query's machine
   * @param cause the failure
   */
  void failed(Function<Problem, QueryInput> input, Throwable cause);

  /**
   * Takes a failure that ends the query.
   *
   * @param doing the action that failed, for a message
   * @param cause the failure
   */
  default void failed(String doing, Throwable cause) {
    failed(problem -> new QueryInput.Failed(doing, problem), cause);
  }
}
