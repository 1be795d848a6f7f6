package io.vellamo.actors.query;

import io.vellamo.actors.io.IoObserver;
import io.vellamo.actors.query.CoordinatorMessage.Happened;
import io.vellamo.actors.query.CoordinatorMessage.InitialStates;
import io.vellamo.actors.query.CoordinatorMessage.Routed;
import io.vellamo.engine.pipeline.RoutedEpoch;
import io.vellamo.engine.protocol.query.Problem;
import io.vellamo.engine.protocol.query.QueryInput;
import io.vellamo.engine.shard.InitialGroups;
import java.util.List;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;

/**
 * The outcomes of input and output as messages to the coordinator.
 *
 * <p><b>Threading</b> Safe to share.
 */
final class IoMessages implements IoObserver {
  private final ActorRef<CoordinatorMessage> coordinator;
  private final ProblemCauses causes;

  IoMessages(ActorRef<CoordinatorMessage> coordinator, ProblemCauses causes) {
    this.coordinator = coordinator;
    this.causes = causes;
  }

  @Override
  public void happened(QueryInput input) {
    coordinator.tell(new Happened(input));
  }

  @Override
  public void routed(RoutedEpoch routed, long attempt) {
    coordinator.tell(new Routed(routed, attempt));
  }

  @Override
  public void readFailed(long epoch, long attempt, Throwable cause) {
    happened(new QueryInput.ReadFailed(epoch, attempt, causes.problem(cause)));
  }

  @Override
  public void initialStates(List<InitialGroups> states) {
    coordinator.tell(new InitialStates(states));
  }

  @Override
  public void failed(Function<Problem, QueryInput> input, Throwable cause) {
    happened(input.apply(causes.problem(cause)));
  }
}
